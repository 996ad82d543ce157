/** What is trained: preset, base model, embedding scheme and what the scheme is told. */
import { Box, Input, SegmentedControl, Text } from '@mantine/core';
import { useId } from 'react';
import { SCHEMES } from '../../embedding/catalogue';
import { PRESET_IDS, PRESETS, type PresetId } from '../../experiment/preset-catalogue';
import { isRead } from '../../experiment/read-settings';
import { SETTINGS } from '../../experiment/setting-table';
import { MODELS } from '../../models/catalogue';
import { matchingPreset } from '../../store/draft';
import { useParsedDraft, usePlayground } from '../../store/use-playground';
import { ModelCard } from './ModelCard';
import { Section } from './Section';
import { ChoiceField } from './SettingField';
import { SettingGroup } from './SettingGroup';

const CUSTOM = 'custom';
/** The fields are half as wide as their options' help. */
const WIDE_DROPDOWN = { width: 308, position: 'bottom-start' } as const;

export function MethodSection() {
  const draft = usePlayground((state) => state.draft);
  const { errors } = useParsedDraft();
  const hasGranularity = isRead('granularity', draft);
  const { shape, help } = SETTINGS.granularity.options[draft.granularity];

  return (
    <Section title="Method">
      <PresetControl />
      <Box display="grid" style={{ gridTemplateColumns: '2fr 3fr', gap: 10 }}>
        <ChoiceField
          name="model"
          error={errors.model}
          description={null}
          comboboxProps={WIDE_DROPDOWN}
          renderOption={({ option }) => {
            const { label, name, sentence } = MODELS[option.value as keyof typeof MODELS];
            return <OptionText label={label} help={`${name}. ${sentence}`} />;
          }}
        />
        <ChoiceField
          name="scheme"
          error={errors.scheme}
          description={null}
          comboboxProps={WIDE_DROPDOWN}
          renderOption={({ option }) => (
            <OptionText {...SETTINGS.scheme.options[option.value as keyof typeof SCHEMES]} />
          )}
        />
      </Box>
      <ModelCard />
      <ChoiceField
        name="granularity"
        error={errors.granularity}
        description={
          hasGranularity
            ? `s has shape ${shape}${lettersOf(shape)}. ${help}`
            : SCHEMES[draft.scheme].noThresholds
        }
        disabled={!hasGranularity}
        maxDropdownHeight={340}
        renderOption={({ option }) => (
          <OptionText {...SETTINGS.granularity.options[option.value as typeof draft.granularity]} />
        )}
      />
      <SettingGroup group="scheme" />
    </Section>
  );
}

/** What a shape's letter stands for. */
function lettersOf(shape: string): string {
  if (shape.includes('N')) return ' for N features';
  return shape.includes('F') ? ' for F fields' : '';
}

interface OptionTextProps {
  readonly label: string;
  readonly shape?: string;
  readonly help: string;
}

/** An option is named by its label alone; shape and help are for the eye. */
function OptionText({ label, shape, help }: OptionTextProps) {
  return (
    <div>
      <Text size="xs" fw={550}>
        {label}
        {shape && (
          <Text span size="xs" c="dimmed" ff="monospace" ml={6} aria-hidden>
            {shape}
          </Text>
        )}
      </Text>
      <Text fz={11} c="dimmed" lh={1.35} aria-hidden>
        {help}
      </Text>
    </div>
  );
}

function PresetControl() {
  const draft = usePlayground((state) => state.draft);
  const features = usePlayground((state) => state.dataset?.summary.features ?? null);
  const trainRows = usePlayground((state) => state.dataset?.summary.splitRows.train);
  const choosePreset = usePlayground((state) => state.choosePreset);
  const labelId = useId();
  const preset = matchingPreset(draft, features, trainRows);
  const options = PRESET_IDS.map((id) => ({ value: id as string, label: PRESETS[id].label as string }));
  if (!preset) options.push({ value: CUSTOM, label: 'Custom' });

  return (
    <Input.Wrapper
      label="Preset"
      labelElement="div"
      labelProps={{ id: labelId }}
      description={preset ? PRESETS[preset].help : 'Your own settings. Choose a preset to go back to it.'}
    >
      <SegmentedControl
        fullWidth
        size="xs"
        aria-labelledby={labelId}
        value={preset ?? CUSTOM}
        data={options}
        onChange={(value) => value !== CUSTOM && choosePreset(value as PresetId)}
      />
    </Input.Wrapper>
  );
}
