/** Losses on the left axis, validation AUC on the right one. A pure function of its props. */
import { memo, useMemo } from 'react';
import { Line, YAxis } from 'recharts';
import { formatMetric } from '../../experiment/unmeasured';
import { AXIS_STYLE, ticksAround } from './axis';
import { Level } from './Marks';
import type { QualityRow } from './qualityRows';
import { StepChart } from './StepChart';
import { useKept } from './useKept';

interface QualityPlotProps {
  readonly rows: readonly QualityRow[];
  /** AUC of the model that drew the labels; null where nobody knows it. */
  readonly ceiling: number | null;
}

const LINE = { strokeWidth: 2, dot: false, isAnimationActive: false, connectNulls: true } as const;

const LINES = (
  <>
    <Line {...LINE} yAxisId="loss" dataKey="trainLoss" stroke="var(--chart-loss)" strokeWidth={1.5} />
    <Line {...LINE} yAxisId="loss" dataKey="logloss" stroke="var(--chart-logloss)" />
    <Line {...LINE} yAxisId="auc" dataKey="auc" stroke="var(--chart-auc)" />
  </>
);

export const QualityPlot = memo(function QualityPlot({ rows, ceiling }: QualityPlotProps) {
  const domain = useKept(aucDomain(rows, ceiling));
  const ticks = useMemo(() => aucTicks(domain), [domain]);
  return (
    <StepChart rows={rows} hasRightAxis describe={describe}>
      <LossAxis rows={rows} />
      <YAxis
        {...AXIS_STYLE}
        yAxisId="auc"
        orientation="right"
        width={46}
        ticks={ticks}
        domain={domain}
        tickFormatter={formatTick}
      />
      {ceiling !== null && (
        <Level yAxisId="auc" y={ceiling} stroke="var(--chart-auc)" strokeDasharray="4 4" />
      )}
      {LINES}
    </StepChart>
  );
});

/** Round numbers around all losses that are drawn. */
function LossAxis({ rows }: { readonly rows: readonly QualityRow[] }) {
  const ticks = useKept(lossTicks(rows));
  return useMemo(
    () => (
      <YAxis
        {...AXIS_STYLE}
        yAxisId="loss"
        width={46}
        domain={[ticks[0], ticks[ticks.length - 1]]}
        ticks={ticks}
        tickFormatter={ticks[1] - ticks[0] < 0.01 ? formatFineTick : formatTick}
      />
    ),
    [ticks],
  );
}

function lossTicks(rows: readonly QualityRow[]): number[] {
  const values = rows
    .flatMap(({ trainLoss, logloss }) => [trainLoss, logloss])
    .filter((value): value is number => value !== null && Number.isFinite(value));
  return values.length === 0 ? [0, 1] : ticksAround(Math.min(...values), Math.max(...values), 4);
}

/** From guessing (0.5), or lower if need be, to the next twentieth above everything that is drawn. */
function aucDomain(rows: readonly QualityRow[], ceiling: number | null): [number, number] {
  const values = rows.map(({ auc }) => auc).filter((auc) => auc !== null);
  const highest = Math.max(0.6, ceiling ?? 0, ...values);
  const lowest = Math.min(0.5, ...values);
  return [Math.floor(lowest * 10) / 10, Math.min(1, Math.ceil(highest * 20) / 20)];
}

function aucTicks([from, to]: readonly number[]): number[] {
  const ticks = [];
  for (let k = 0; from + k * 0.1 <= to + 1e-9; k++) ticks.push(from + k * 0.1);
  return ticks;
}

function formatTick(value: number): string {
  return Number(value).toFixed(2);
}

function formatFineTick(value: number): string {
  return Number(value).toFixed(3);
}

function describe({ trainLoss, logloss, auc }: QualityRow) {
  return [
    { label: 'train loss', value: formatMetric(trainLoss), color: 'var(--chart-loss)' },
    { label: 'validation logloss', value: formatMetric(logloss), color: 'var(--chart-logloss)' },
    { label: 'validation AUC', value: formatMetric(auc), color: 'var(--chart-auc)' },
  ];
}
