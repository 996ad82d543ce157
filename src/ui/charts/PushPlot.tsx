/** The two pushes on s over the steps, on one log axis. A pure function of its props. */
import { memo, useMemo } from 'react';
import { Line } from 'recharts';
import { formatPercent, formatSmall } from '../format';
import { decadeTicks } from './axis';
import type { PushRow } from './pushRows';
import { DecadeAxis, StepChart } from './StepChart';

interface PushPlotProps {
  readonly rows: readonly PushRow[];
}

const LINE = { strokeWidth: 2, dot: false, isAnimationActive: false } as const;
/** At the start the data's push is smaller than any axis needs to show. */
const LOWEST_PUSH = 1e-12;

const LINES = (
  <>
    <Line {...LINE} dataKey={({ decay }: PushRow) => decay || null} stroke="var(--chart-threshold)" />
    <Line {...LINE} dataKey={({ data }: PushRow) => data || null} stroke="var(--chart-magnitude)" />
  </>
);

export const PushPlot = memo(function PushPlot({ rows }: PushPlotProps) {
  const ticks = useMemo(() => axisTicks(rows), [rows]);
  return (
    <StepChart rows={rows} stepTicks={8} describe={describe}>
      <DecadeAxis ticks={ticks} />
      {LINES}
    </StepChart>
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
    { label: 'share of the data', value: formatPercent(share, 2), color: 'transparent' },
  ];
}
