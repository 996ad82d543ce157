/** Runs side by side: the table of all runs that are kept, and charts across those that are not hidden. */
import { Select, Stack, useComputedColorScheme } from '@mantine/core';
import { useMemo, useState } from 'react';
import { shortFingerprint } from '../../data/fingerprint';
import { dataKey, fullDataName } from '../../experiment/same-data';
import type { SavedRun } from '../../store/saved-run';
import { usePlayground } from '../../store/use-playground';
import grid from '../charts/ChartGrid.module.css';
import { formatCount } from '../format';
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
  const datasets = useMemo(() => datasetsOf(runs), [runs]);
  const [chosen, setChosen] = useState<string | null>(null);
  // Of several data sets the newest: their AUC and their fields cannot be compared.
  const dataset = chosen !== null && datasets.has(chosen) ? chosen : [...datasets.keys()].at(-1);
  const shown = useMemo(() => runs.filter((run) => !run.isHidden && keyOf(run) === dataset), [runs, dataset]);
  const data = fullDataName(shown[0]?.view.start?.dataset);
  return (
    <Stack gap={12}>
      <RunsTable runs={runs} looks={looks} onShow={onShow} />
      {datasets.size > 1 && (
        <Select
          label="Data set of the charts"
          w={360}
          value={dataset ?? null}
          data={[...datasets].map(([value, label]) => ({ value, label }))}
          onChange={setChosen}
        />
      )}
      <TradeOffFigure runs={shown} data={data} colorScheme={colorScheme} />
      <div className={grid.grid}>
        <OverlayFigure runs={shown} data={data} looks={looks} />
        <FieldDimensionsFigure runs={shown} data={data} looks={looks} />
        <OverlapFigure runs={shown} data={data} />
        <FrequencyFigure runs={shown} data={data} looks={looks} />
      </div>
    </Stack>
  );
}

function keyOf({ view }: SavedRun): string {
  return view.start ? dataKey(view.start.dataset) : 'unknown';
}

/** What the data sets of the runs are called, by key, in the order of their first runs. */
function datasetsOf(runs: readonly SavedRun[]): Map<string, string> {
  const datasets = new Map<string, string>();
  for (const run of runs) {
    const key = keyOf(run);
    const dataset = run.view.start?.dataset;
    if (!dataset) {
      datasets.set(key, 'unknown');
      continue;
    }
    const { name, features, fingerprint } = dataset;
    const words = fingerprint === undefined ? 'no fingerprint' : shortFingerprint(fingerprint);
    datasets.set(key, `${name}, ${formatCount(features)} features · ${words}`);
  }
  return datasets;
}
