/** Runs side by side: the table of all runs that are kept, and charts across those that are not hidden. */
import { Select, Stack, useComputedColorScheme } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { SavedRun } from '../../store/savedRun';
import { usePlayground } from '../../store/usePlayground';
import grid from '../charts/ChartGrid.module.css';
import { FieldDimensionsFigure } from './FieldDimensionsFigure';
import { FrequencyFigure } from './FrequencyFigure';
import { looksOf } from './looks';
import { OverlapFigure } from './OverlapFigure';
import { OverlayFigure } from './OverlayFigure';
import { RunsTable } from './RunsTable';
import { TradeOffFigure } from './TradeOffFigure';

interface CompareViewProps {
  /** Shows a run in the live charts. */
  onShow(id: string): void;
}

export function CompareView({ onShow }: CompareViewProps) {
  const runs = usePlayground((state) => state.runs);
  const colorScheme = useComputedColorScheme('light');
  const looks = useMemo(() => looksOf(runs, colorScheme), [runs, colorScheme]);
  const datasets = useMemo(() => [...new Set(runs.map(datasetOf))], [runs]);
  const [chosen, setChosen] = useState<string | null>(null);
  // Of several data sets the newest: their AUC and their fields cannot be compared.
  const dataset = chosen !== null && datasets.includes(chosen) ? chosen : datasets.at(-1);
  const shown = useMemo(
    () => runs.filter((run) => !run.isHidden && datasetOf(run) === dataset),
    [runs, dataset],
  );
  return (
    <Stack gap={12}>
      <RunsTable runs={runs} looks={looks} onShow={onShow} />
      {datasets.length > 1 && (
        <Select
          label="Data set of the charts"
          w={280}
          value={dataset ?? null}
          data={datasets}
          onChange={setChosen}
        />
      )}
      <TradeOffFigure runs={shown} colorScheme={colorScheme} />
      <div className={grid.grid}>
        <OverlayFigure runs={shown} looks={looks} />
        <FieldDimensionsFigure runs={shown} looks={looks} />
        <OverlapFigure runs={shown} />
        <FrequencyFigure runs={shown} looks={looks} />
      </div>
    </Stack>
  );
}

/** Name and size, so that two readings of one file are not taken for the same. */
function datasetOf({ view }: SavedRun): string {
  const dataset = view.start?.dataset;
  return dataset ? `${dataset.name}, ${dataset.features.toLocaleString('en-US')} features` : 'unknown';
}
