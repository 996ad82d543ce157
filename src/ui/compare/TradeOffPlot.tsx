/** Quality over size on a log axis, with error bars and the Pareto front. A pure function of its props. */
import { memo, useMemo } from 'react';
import { CartesianGrid, ErrorBar, Scatter, ScatterChart, Tooltip, XAxis, YAxis } from 'recharts';
import type { MetricSpread } from '../../experiment/sweep';
import { formatMetric } from '../../experiment/unmeasured';
import type { Mark } from '../../store/comparison';
import { AXIS_STYLE, FOOTER_HEIGHT, formatShort, GRID_STYLE, PLOT_HEIGHT } from '../charts/axis';
import tooltip from '../charts/PlotTooltip.module.css';
import { formatBytes, formatCount } from '../format';
import type { Quality, Size } from './TradeOffFigure';

interface TradeOffPlotProps {
  /** Those that have the quality. */
  readonly marks: readonly Mark[];
  readonly front: readonly Mark[];
  readonly quality: Quality;
  readonly size: Size;
}

interface Point {
  readonly x: number;
  readonly y: number;
  readonly error: number;
  readonly mark: Mark;
}

/** Taller than a live chart: the points lie close together. */
const HEIGHT = PLOT_HEIGHT + FOOTER_HEIGHT + 90;

export const TradeOffPlot = memo(function TradeOffPlot({ marks, front, quality, size }: TradeOffPlotProps) {
  const points = useMemo(() => marks.flatMap((mark) => toPoint(mark, quality, size)), [marks, quality, size]);
  const line = useMemo(() => front.flatMap((mark) => toPoint(mark, quality, size)), [front, quality, size]);
  const xs = points.map(({ x }) => x);
  const ticks = logTicks(Math.min(...xs), Math.max(...xs));
  const series = useMemo(() => byColor(points), [points]);
  return (
    <ScatterChart
      responsive
      style={{ width: '100%', height: HEIGHT }}
      margin={{ top: 12, right: 16, bottom: 0, left: 0 }}
    >
      <CartesianGrid {...GRID_STYLE} />
      <XAxis
        {...AXIS_STYLE}
        dataKey="x"
        type="number"
        scale="log"
        domain={[ticks[0], ticks[ticks.length - 1]]}
        ticks={ticks}
        tickFormatter={size === 'bytes' ? formatBytes : formatShort}
      />
      <YAxis
        {...AXIS_STYLE}
        dataKey="y"
        type="number"
        width={52}
        domain={['auto', 'auto']}
        reversed={quality === 'logloss'}
        tickCount={6}
        tickFormatter={(value) => Number(value).toFixed(3)}
      />
      <Tooltip
        isAnimationActive={false}
        cursor={false}
        content={({ active, payload }) => {
          const point = payload?.[0]?.payload as Point | undefined;
          return active && point ? <MarkTooltip mark={point.mark} /> : null;
        }}
      />
      <Scatter
        data={line}
        dataKey="y"
        line={{ stroke: 'var(--chart-axis)', strokeDasharray: '4 4' }}
        shape={<g />}
        isAnimationActive={false}
        tooltipType="none"
      />
      {series.map(({ color, members }) => (
        <Scatter key={color} data={members} dataKey="y" fill={color} isAnimationActive={false}>
          <ErrorBar dataKey="error" direction="y" width={5} stroke={color} strokeWidth={1.5} />
        </Scatter>
      ))}
    </ScatterChart>
  );
});

function MarkTooltip({ mark }: { readonly mark: Mark }) {
  const { name, parameters, bytes, auc, logloss, runs } = mark;
  const spread = ({ mean, deviation }: MetricSpread) =>
    deviation === null ? formatMetric(mean) : `${formatMetric(mean)} ± ${formatMetric(deviation)}`;
  const entries = [
    ['parameters', formatCount(parameters)],
    ['download', formatBytes(bytes)],
    ['test AUC', spread(auc)],
    ['test logloss', spread(logloss)],
    ['seeds', String(runs.length)],
  ];
  return (
    <div className={tooltip.card}>
      <p>{name}</p>
      <dl>
        {entries.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

function toPoint(mark: Mark, quality: Quality, size: Size): Point[] {
  const { mean, deviation } = mark[quality];
  return mean === null ? [] : [{ x: mark[size], y: mean, error: deviation ?? 0, mark }];
}

function byColor(points: readonly Point[]): { color: string; members: Point[] }[] {
  const groups = new Map<string, Point[]>();
  for (const point of points) {
    const { color } = point.mark;
    groups.set(color, [...(groups.get(color) ?? []), point]);
  }
  return [...groups.entries()].map(([color, members]) => ({ color, members }));
}

/** 1, 2 and 5 times powers of ten around the values. */
function logTicks(min: number, max: number): number[] {
  const candidates: number[] = [];
  for (let exponent = Math.floor(Math.log10(min)); 10 ** exponent <= max * 10; exponent++) {
    for (const factor of [1, 2, 5]) candidates.push(factor * 10 ** exponent);
  }
  const from = candidates.findLastIndex((tick) => tick <= min * 0.95);
  const to = candidates.findIndex((tick) => tick >= max * 1.05);
  return candidates.slice(Math.max(0, from), to + 1);
}
