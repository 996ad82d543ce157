/** The chosen base model in one sentence, its formula and its parameters beside those of the embedding table. */
import { Stack, Text } from '@mantine/core';
import { modelSettings } from '../../experiment/settings';
import { parameterCount, plannedDimension, plannedSize } from '../../experiment/table-size';
import { MODELS } from '../../models/catalogue';
import type { ModelComponent } from '../../models/settings';
import { useParsedDraft, usePlayground } from '../../store/use-playground';
import { formatCount } from '../format';
import { Formula } from './Formula';

export function ModelCard() {
  const id = usePlayground((state) => state.draft.model);
  const dataset = usePlayground((state) => state.dataset);
  const { config } = useParsedDraft();
  const { name, sentence, formula, symbols } = MODELS[id];
  const parts = dataset &&
    config && {
      table: parameterCount(plannedSize(config, dataset.summary.fields)),
      others: MODELS[id].components(
        {
          features: dataset.summary.features,
          fields: dataset.summary.fields.length,
          dimension: plannedDimension(config, dataset.summary.fields),
        },
        modelSettings(config),
      ),
    };

  return (
    <Stack gap={2} component="section" aria-label="About the base model">
      <Text size="xs">
        <b>{name}.</b> {sentence}
      </Text>
      <Formula lines={formula} label={`Formula of ${name}`} />
      <Text fz={11} lh={1.35} c="dimmed">
        {symbols}
      </Text>
      {parts && (
        <Text size="xs" c="dimmed">
          {describe(parts.table, parts.others)}
        </Text>
      )}
    </Stack>
  );
}

/** "Parameters: 105,152 in the embedding table, 6,573 in the linear term." */
function describe(table: number, others: readonly ModelComponent[]): string {
  const all = others.map(({ name, count }) => `${formatCount(count)} in the ${inSentence(name)}`);
  return `Parameters: ${[`${formatCount(table)} in the embedding table`, ...all].join(', ')}.`;
}

/** "Linear term" → "linear term"; "MLP" stays. */
function inSentence(name: string): string {
  return name === name.toUpperCase() ? name : name.toLowerCase();
}
