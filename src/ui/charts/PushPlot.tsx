/** The two pushes on s over the steps, on one log axis. A pure function of its props. */
import { memo, useMemo } from 'react';
import { CartesianGrid, ComposedChart, Line, Tooltip, XAxis, YAxis } from 'recharts';
import { formatSmall } from '../format';
import {
  AXIS_STYLE,
  decadeTicks,
  formatDecade,
  formatShort,
  GRID_STYLE,
  PLOT_HEIGHT,
  roundTicks,
} from './axis';
import { PlotTooltip } from './PlotTooltip';
import type { PushRow } from './pushRows';

interface PushPlotProps {
  readonly rows: readonly PushRow[];
}

const LINE = { strokeWidth: 2, dot: false, isAnimationActive: false } as const;
/** At the start the data's push is smaller than any axis needs to show. */
const LOWEST_PUSH = 1e-12;

export const PushPlot = memo(function PushPlot({ rows }: PushPlotProps) {
  const lastStep = rows[rows.length - 1].step;
  const ticks = useMemo(() => axisTicks(rows), [rows]);
  return (
    <ComposedChart
      responsive
      style={{ width: '100%', height: PLOT_HEIGHT }}
      data={rows}
      margin={{ top: 14, right: 10, bottom: 0, left: 0 }}
    >
      <CartesianGrid {...GRID_STYLE} />
      <XAxis
        {...AXIS_STYLE}
        dataKey="step"
        type="number"
        domain={[0, Math.max(1, lastStep)]}
        ticks={roundTicks(lastStep, 8)}
        tickFormatter={formatShort}
      />
      <YAxis
        {...AXIS_STYLE}
        width={46}
        scale="log"
        domain={[ticks[0], ticks[ticks.length - 1]]}
        ticks={ticks}
        tickFormatter={formatDecade}
        allowDataOverflow
      />
      <Tooltip
        isAnimationActive={false}
        content={({ active, payload }) => {
          const row = payload?.[0]?.payload as PushRow | undefined;
          return active && row ? (
            <PlotTooltip step={row.step} epoch={row.epoch} entries={describe(row)} />
          ) : null;
        }}
      />
      <Line {...LINE} dataKey={({ decay }: PushRow) => decay || null} stroke="var(--chart-threshold)" />
      <Line {...LINE} dataKey={({ data }: PushRow) => data || null} stroke="var(--chart-magnitude)" />
    </ComposedChart>
  );
});

function axisTicks(rows: readonly PushRow[]): number[] {
  const values = rows.flatMap(({ data, decay }) => [data, decay]).filter((value) => value > 0);
  if (values.length === 0) return [LOWEST_PUSH, 1];
  return decadeTicks(Math.max(LOWEST_PUSH, Math.min(...values)), Math.max(LOWEST_PUSH * 10, ...values), 5);
}

function describe({ data, decay, share }: PushRow) {
  return [
    { label: 'weight decay', value: formatSmall(decay), color: 'var(--chart-threshold)' },
    { label: 'data', value: formatSmall(data), color: 'var(--chart-magnitude)' },
    { label: 'share of the data', value: `${(100 * share).toFixed(2)} %`, color: 'transparent' },
  ];
}
