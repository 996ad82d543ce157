/** "Embedding dimension per feature": who keeps how many numbers. */
import { SegmentedControl, Text } from '@mantine/core';
import { useMemo, useState } from 'react';
import { describeDifference, fullDataName, mayBeSame } from '../../experiment/same-data';
import { usePlayground } from '../../store/use-playground';
import { ChartFigure } from '../charts/ChartFigure';
import { type Column, DataTable } from '../charts/DataTable';
import { drawnKind, emptyWords } from '../charts/emptyWords';
import { useRunInTurn } from '../charts/useRunInTurn';
import { FieldStrips } from './FieldStrips';
import { type FieldDistribution, fieldDistributions } from './fieldDistributions';
import { MaskPicture } from './MaskPicture';
import { useRamp } from './useRamp';

type View = 'fields' | 'mask';

const CAPTIONS: Record<View, string> = {
  fields: 'Stronger shade: more features. Bar: mean dimensions kept.',
  mask: 'Features across, the popular ones of a field first; dimensions down. Strong colour is kept.',
};
const PLANTED_CAPTION = ' Dots: mean planted rank, the number that the labels were made with.';

const COLUMNS: readonly Column<FieldDistribution>[] = [
  { name: 'Field', read: ({ name }) => name },
  { name: 'Features', read: ({ features }) => features },
  { name: 'Mean dimensions', read: ({ mean }) => mean },
  { name: 'Share at 0', read: ({ shares }) => shares[0] },
  { name: 'Share at d', read: ({ shares }) => shares[shares.length - 1] },
  { name: 'Mean planted rank', read: ({ meanPlantedRank }) => meanPlantedRank },
];

const NO_DISTRIBUTIONS: readonly FieldDistribution[] = [];

export function DimensionsFigure() {
  const loaded = usePlayground((state) => state.dataset);
  const { run, isBehind } = useRunInTurn();
  const { latest: stats, start, status } = run;
  // A stored run may be of another data set: its values and planted ranks are not known here.
  const isOther = !loaded || !start || !mayBeSame(start.dataset, loaded.summary);
  const dataset = isOther ? null : loaded;
  const dimension = start?.config.dimension ?? 0;
  const [view, setView] = useState<View>('fields');
  const ramp = useRamp();
  const distributions = useMemo(() => {
    if (!start || !stats?.dimensions || dimension === 0) return NO_DISTRIBUTIONS;
    const ranks = dataset?.plantedRanks ?? null;
    return fieldDistributions(start.dataset.fields, stats.dimensions, dimension, ranks);
  }, [dataset, start, stats, dimension]);
  const isEmpty = distributions.length === 0;
  const draftScheme = usePlayground((state) => state.draft.scheme);
  const { level, noRows } = drawnKind(start, draftScheme);
  const purpose =
    level === null
      ? 'watch dimensions vanish, feature by feature'
      : 'see how many numbers each feature keeps';
  const caption =
    view === 'fields' && dataset?.plantedRanks ? CAPTIONS.fields + PLANTED_CAPTION : CAPTIONS[view];

  const data = fullDataName(start?.dataset);
  return (
    <ChartFigure
      isBehind={isBehind}
      title="Embedding dimension per feature"
      data={data}
      caption={noRows === null ? caption : ''}
      canBeSaved={false}
      controls={
        !isEmpty && (
          <SegmentedControl
            size="xs"
            aria-label="View"
            styles={{ label: { padding: '1px 8px' } }}
            value={view}
            data={[
              { value: 'fields', label: 'Fields' },
              { value: 'mask', label: 'Picture' },
            ]}
            onChange={(value) => setView(value as View)}
          />
        )
      }
      emptyText={isEmpty ? (noRows ?? emptyWords(status, purpose)) : null}
      renderData={() => (
        <DataTable
          data={data}
          caption={`Dimensions kept per field${stats ? `, step ${stats.step}` : ''}`}
          columns={COLUMNS}
          rows={distributions}
          keyOf={({ name }) => name}
        />
      )}
    >
      {stats && ramp && view === 'fields' && (
        <FieldStrips distributions={distributions} dimension={dimension} ramp={ramp} />
      )}
      {start && !dataset && view === 'mask' && (
        <Text size="sm" c="dimmed">
          The picture needs the run’s data set:{' '}
          {loaded?.summary.name === start.dataset.name
            ? `${describeDifference(start.dataset, loaded.summary)}.`
            : `load ${start.dataset.name}.`}
        </Text>
      )}
      {dataset && stats?.mask && stats.dimensions && ramp && view === 'mask' && (
        <MaskPicture
          dataset={dataset}
          mask={stats.mask}
          dimensions={stats.dimensions}
          dimension={dimension}
          ramp={ramp}
        />
      )}
    </ChartFigure>
  );
}
