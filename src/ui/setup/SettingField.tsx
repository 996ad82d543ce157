/** The field of a setting of each kind: its name, what the user has made of it, its help and why it is refused. */
import {
  Box,
  Checkbox,
  Select,
  type SelectProps,
  TextInput,
  type TextInputProps,
  Tooltip,
} from '@mantine/core';
import { optionsOf, type Setting } from '../../experiment/setting-kinds';
import { type SettingName, settingOf } from '../../experiment/setting-table';
import type { Draft } from '../../store/draft';
import { usePlayground } from '../../store/use-playground';
import { NumberField } from './NumberField';

interface FieldProps {
  readonly name: SettingName;
  readonly error: string | undefined;
}

type SettingOf<Kind extends Setting['kind']> = Extract<Setting, { kind: Kind }>;

export function SettingField({ name, error }: FieldProps) {
  const setting = settingOf(name);
  switch (setting.kind) {
    case 'number':
      return <NumberSettingField name={name} error={error} setting={setting} />;
    case 'list':
      return <ListField name={name} error={error} />;
    case 'choice':
      return <ChoiceField name={name} error={error} />;
    case 'switch':
      return <SwitchField name={name} />;
    default:
      return setting satisfies never;
  }
}

function NumberSettingField({
  name,
  error,
  setting,
}: FieldProps & { readonly setting: SettingOf<'number'> }) {
  const { label, help, min, max, step } = setting;
  const [value, change] = useSetting(name);
  const shared = { label, value: String(value), error, 'aria-description': help };
  return (
    <Tooltip label={help} position="bottom-start">
      <Box>
        {step >= 1 ? (
          <NumberField {...shared} min={min} max={max} step={step} onChange={change} />
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

/** A list of numbers; `own` is what a field has of its own. */
export function ListField({ name, error, ...own }: FieldProps & TextInputProps) {
  const { label, help } = settingOf(name);
  const [value, change] = useSetting(name);
  return (
    <TextInput
      label={label}
      value={String(value)}
      error={error}
      aria-description={help}
      spellCheck={false}
      autoComplete="off"
      onChange={(event) => change(event.currentTarget.value)}
      {...own}
    />
  );
}

/** A choice, with the help of what is chosen; `own` is what a field has of its own. */
export function ChoiceField({ name, error, ...own }: FieldProps & Partial<SelectProps>) {
  const setting = settingOf(name) as SettingOf<'choice'>;
  const [value, change] = useSetting(name);
  return (
    <Select
      label={setting.label}
      description={setting.options[String(value)].help}
      value={String(value)}
      error={error}
      data={optionsOf(setting).map((id) => ({ value: id, label: setting.options[id].label }))}
      onChange={(id) => id && change(id)}
      {...own}
    />
  );
}

function SwitchField({ name }: Pick<FieldProps, 'name'>) {
  const { label, help } = settingOf(name);
  const [value, change] = useSetting(name);
  return (
    <Checkbox
      label={label}
      aria-description={help}
      checked={value === true}
      onChange={(event) => change(event.currentTarget.checked)}
    />
  );
}

function useSetting(name: SettingName) {
  const value = usePlayground((state) => state.draft[name]);
  const edit = usePlayground((state) => state.edit);
  const change = (to: string | boolean) => edit({ [name]: to } as Partial<Draft>);
  return [value, change] as const;
}
