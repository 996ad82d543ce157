/** What is trained: preset, base model, embedding scheme and the shape of the thresholds. */
import { Box, Input, SegmentedControl, Select, Text } from '@mantine/core';
import { useId } from 'react';
import { SCHEME_IDS, SCHEMES } from '../../embedding/catalogue';
import { PRESETS, type PresetId } from '../../experiment/presets';
import { isRead } from '../../experiment/read-settings';
import { GRANULARITIES, type Granularity } from '../../experiment/settings';
import { MODEL_IDS, MODELS } from '../../models/catalogue';
import { matchingPreset } from '../../store/draft';
import { useParsedDraft, usePlayground } from '../../store/use-playground';
import { ModelCard } from './ModelCard';
import { Section } from './Section';

const PRESET_NAMES: Record<PresetId, string> = { fast: 'Fast', paper: 'Paper' };
const CUSTOM = 'custom';
/** The fields are half as wide as their options' help. */
const WIDE_DROPDOWN = { width: 308, position: 'bottom-start' } as const;

const granularityIds = Object.keys(GRANULARITIES) as Granularity[];

export function MethodSection() {
  const draft = usePlayground((state) => state.draft);
  const edit = usePlayground((state) => state.edit);
  const { errors } = useParsedDraft();
  const hasGranularity = isRead('granularity', draft);
  const granularity = GRANULARITIES[draft.granularity];

  return (
    <Section title="Method">
      <PresetControl />
      <Box display="grid" style={{ gridTemplateColumns: '2fr 3fr', gap: 10 }}>
        <Select
          label="Base model"
          value={draft.model}
          error={errors.model}
          data={MODEL_IDS.map((id) => ({ value: id, label: MODELS[id].label }))}
          comboboxProps={WIDE_DROPDOWN}
          renderOption={({ option }) => {
            const { label, name, sentence } = MODELS[option.value];
            return <OptionText label={label} help={`${name}. ${sentence}`} />;
          }}
          onChange={(model) => model && edit({ model })}
        />
        <Select
          label="Embedding scheme"
          value={draft.scheme}
          data={SCHEME_IDS.map((id) => ({ value: id, label: SCHEMES[id].label }))}
          comboboxProps={WIDE_DROPDOWN}
          renderOption={({ option }) => {
            const { label, sentence } = SCHEMES[option.value];
            return <OptionText label={label} help={sentence} />;
          }}
          onChange={(scheme) => scheme && edit({ scheme })}
        />
      </Box>
      <ModelCard />
      <Select
        label="Threshold granularity"
        description={
          hasGranularity
            ? `s has shape ${granularity.shape}${lettersOf(granularity.shape)}. ${granularity.help}`
            : SCHEMES[draft.scheme].noThresholds
        }
        value={draft.granularity}
        disabled={!hasGranularity}
        data={granularityIds.map((id) => ({ value: id, label: GRANULARITIES[id].label }))}
        maxDropdownHeight={340}
        renderOption={({ option }) => <OptionText {...GRANULARITIES[option.value]} />}
        onChange={(id) => id && edit({ granularity: id })}
      />
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
  const presetIds = Object.keys(PRESETS) as PresetId[];
  const options = presetIds.map((id) => ({ value: id as string, label: PRESET_NAMES[id] }));
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
