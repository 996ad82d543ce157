/** One number setting: its field, its help and why it is refused. */
import { Box, TextInput, Tooltip } from '@mantine/core';
import { NUMBER_SETTINGS, type NumberSetting, type NumberSettingName } from '../../experiment/settings';
import { usePlayground } from '../../store/use-playground';
import { NumberField } from './NumberField';

interface NumberSettingFieldProps {
  readonly name: NumberSettingName;
  readonly error: string | undefined;
}

export function NumberSettingField({ name, error }: NumberSettingFieldProps) {
  const setting: NumberSetting = NUMBER_SETTINGS[name];
  const value = usePlayground((state) => state.draft[name]);
  const edit = usePlayground((state) => state.edit);
  const shared = { label: setting.label, value, error, 'aria-description': setting.help };
  const change = (text: string) => edit({ [name]: text });

  return (
    <Tooltip label={setting.help} position="bottom-start">
      <Box>
        {setting.step >= 1 ? (
          <NumberField
            {...shared}
            min={setting.min}
            max={setting.max}
            step={setting.step}
            onChange={change}
          />
        ) : (
          // A plain field takes 0.00001 and 1e-5 alike.
          <TextInput
            {...shared}
            inputMode="decimal"
            spellCheck={false}
            autoComplete="off"
            onChange={(event) => change(event.currentTarget.value)}
          />
        )}
      </Box>
    </Tooltip>
  );
}
