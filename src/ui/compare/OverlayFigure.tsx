/** "Thresholds and sparsity": the curves of several runs over each other. */
import { SegmentedControl } from '@mantine/core';
import { memo, useMemo, useState } from 'react';
import { CartesianGrid, Line, LineChart, Tooltip, XAxis, YAxis } from 'recharts';
import { RUN_KINDS, type RunKindId } from '../../experiment/run-kinds';
import type { SavedRun } from '../../store/saved-run';
import {
  AXIS_STYLE,
  FOOTER_HEIGHT,
  formatShare,
  formatShort,
  GRID_STYLE,
  PLOT_HEIGHT,
  roundTicks,
  STEP_AXIS_STYLE,
} from '../charts/axis';
import { ChartFigure } from '../charts/ChartFigure';
import { type Column, DataTable } from '../charts/DataTable';
import { PlotTooltip } from '../charts/PlotTooltip';
import { formatPercent, formatPercentCell, formatSmall } from '../format';
import { type Looks, legendEntry, lookOf, strokeOf } from './looks';

type Measure = 'sparsity' | 'threshold';

/** More lines are neither readable nor quick. */
export const MAX_LINES = 10;

interface OverlayRow {
  readonly run: SavedRun;
  readonly step: number;
  readonly epoch: number;
  /** Mean g(s); null without thresholds. */
  readonly threshold: number | null;
  /** Share pruned. */
  readonly sparsity: number;
}

const COLUMNS: readonly Column<OverlayRow>[] = [
  { name: 'Run', read: ({ run }) => run.name },
  { name: 'Step', read: ({ step }) => step },
  { name: 'Mean g(s)', read: ({ threshold }) => threshold },
  { name: 'Pruned %', read: ({ sparsity }) => formatPercentCell(sparsity) },
];

interface OverlayFigureProps {
  /** Of one data set, and its name for exports. */
  readonly runs: readonly SavedRun[];
  readonly data: string;
  readonly looks: Looks;
}

export function OverlayFigure({ runs, data, looks }: OverlayFigureProps) {
  const [measure, setMeasure] = useState<Measure>('sparsity');
  // Only a run whose table changes has a curve: retrained masks are level lines.
  const drawn = useMemo(
    () =>
      runs
        .filter(
          ({ view: { start, table } }) => start && isFalling(start.run.scheme) && table.points.length > 1,
        )
        .slice(-MAX_LINES),
    [runs],
  );
  const rows = useMemo(() => drawn.map(rowsOf), [drawn]);
  return (
    <ChartFigure
      title="Thresholds and sparsity"
      data={data}
      caption={
        measure === 'sparsity'
          ? `Share of the table that is pruned, over the steps of each search (the newest ${MAX_LINES}).`
          : `Mean threshold g(s) over the steps of each search (the newest ${MAX_LINES}).`
      }
      legend={drawn.map((run) => legendEntry(run, looks))}
      controls={
        <SegmentedControl
          size="xs"
          aria-label="Curves"
          styles={{ label: { padding: '1px 8px' } }}
          value={measure}
          data={[
            { value: 'sparsity', label: 'Sparsity' },
            { value: 'threshold', label: 'Thresholds' },
          ]}
          onChange={(value) => setMeasure(value as Measure)}
        />
      }
      emptyText={drawn.length === 0 ? 'No search with thresholds is shown.' : null}
      renderData={() => (
        <DataTable
          data={data}
          caption="Mean threshold and sparsity by run and step"
          columns={COLUMNS}
          rows={rows.flat()}
          keyOf={({ run, step }) => `${run.id} ${step}`}
        />
      )}
    >
      <OverlayPlot rows={rows} looks={looks} measure={measure} />
    </ChartFigure>
  );
}

function isFalling(kind: RunKindId): boolean {
  return RUN_KINDS[kind].level === null;
}

interface OverlayPlotProps {
  readonly rows: readonly (readonly OverlayRow[])[];
  readonly looks: Looks;
  readonly measure: Measure;
}

const OverlayPlot = memo(function OverlayPlot({ rows, looks, measure }: OverlayPlotProps) {
  const lastStep = Math.max(1, ...rows.map((line) => line[line.length - 1].step));
  const format = measure === 'sparsity' ? (value: number) => formatPercent(value, 0) : formatSmall;
  return (
    <LineChart
      responsive
      style={{ width: '100%', height: PLOT_HEIGHT + FOOTER_HEIGHT }}
      margin={{ top: 12, right: 10, bottom: 0, left: 0 }}
    >
      <CartesianGrid {...GRID_STYLE} />
      <XAxis
        {...STEP_AXIS_STYLE}
        dataKey="step"
        type="number"
        domain={[0, lastStep]}
        ticks={roundTicks(lastStep, 5)}
        tickFormatter={formatShort}
        allowDuplicatedCategory={false}
      />
      <YAxis
        {...AXIS_STYLE}
        width={50}
        domain={[0, measure === 'sparsity' ? 1 : 'auto']}
        tickFormatter={measure === 'sparsity' ? formatShare : format}
      />
      <Tooltip
        isAnimationActive={false}
        content={({ active, payload }) => {
          const entries = (payload ?? []).map(({ payload: row }) => row as OverlayRow);
          if (!active || entries.length === 0) return null;
          const [{ step, epoch }] = entries;
          return (
            <PlotTooltip
              step={step}
              epoch={epoch}
              entries={entries.map((row) => ({
                label: row.run.name,
                color: lookOf(looks, row.run.id).color,
                value: row[measure] === null ? '–' : format(row[measure] ?? 0),
              }))}
            />
          );
        }}
      />
      {rows.map((line) => (
        <Line
          key={line[0].run.id}
          data={[...line]}
          dataKey={measure}
          {...strokeOf(lookOf(looks, line[0].run.id))}
          dot={false}
          isAnimationActive={false}
        />
      ))}
    </LineChart>
  );
});

function rowsOf(run: SavedRun): OverlayRow[] {
  const tableSize = run.view.start?.tableSize ?? 1;
  return run.view.table.points.map(({ step, epoch, threshold, parameters }) => ({
    run,
    step,
    epoch,
    threshold: threshold?.mean ?? null,
    sparsity: 1 - parameters / tableSize,
  }));
}
