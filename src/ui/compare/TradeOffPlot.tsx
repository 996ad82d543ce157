/** Quality over size on a log axis, with error bars and the Pareto front. A pure function of its props. */
import { memo, useMemo } from 'react';
import { CartesianGrid, ErrorBar, Scatter, ScatterChart, Tooltip, XAxis, YAxis } from 'recharts';
import { FORMAT_NAMES, type StorageOfTable } from '../../experiment/accounting';
import type { MetricSpread } from '../../experiment/seed-means';
import { formatMetric } from '../../experiment/unmeasured';
import type { Mark } from '../../store/comparison';
import {
  AXIS_STYLE,
  FOOTER_HEIGHT,
  formatShort,
  GRID_STYLE,
  logTicks,
  PLOT_HEIGHT,
  STEP_AXIS_STYLE,
} from '../charts/axis';
import tooltip from '../charts/PlotTooltip.module.css';
import { formatBytes, formatCount } from '../format';

export type Quality = 'auc' | 'logloss';
export type Size = 'parameters' | 'bytes';

/** A mark with what its table takes in the format that is chosen. */
export interface StoredMark extends Mark {
  readonly stored: StorageOfTable;
}

interface TradeOffPlotProps {
  /** Those that have the quality. */
  readonly marks: readonly StoredMark[];
  readonly front: readonly StoredMark[];
  readonly quality: Quality;
  readonly size: Size;
  /** At the end of the axis. */
  readonly sizeName: string;
}

interface Point {
  readonly x: number;
  readonly y: number;
  readonly error: number;
  readonly mark: StoredMark;
}

/** Taller than a live chart: the points lie close together. */
const HEIGHT = PLOT_HEIGHT + FOOTER_HEIGHT + 90;

export const TradeOffPlot = memo(function TradeOffPlot({
  marks,
  front,
  quality,
  size,
  sizeName,
}: TradeOffPlotProps) {
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
        {...STEP_AXIS_STYLE}
        label={{ ...STEP_AXIS_STYLE.label, value: sizeName }}
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
        shape={noShape}
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

/** Of the points that the line joins: their marks are drawn by themselves. An element would be given the point's data as attributes. */
function noShape() {
  return <g />;
}

function MarkTooltip({ mark }: { readonly mark: StoredMark }) {
  const { name, parameters, stored, auc, logloss, runs } = mark;
  const spread = ({ mean, deviation }: MetricSpread) =>
    deviation === null ? formatMetric(mean) : `${formatMetric(mean)} ± ${formatMetric(deviation)}`;
  const entries = [
    ['parameters', formatCount(parameters)],
    [`stored, ${FORMAT_NAMES[stored.format]}`, formatBytes(stored.bytes)],
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

/** What a mark's place along the axis says. */
export function sizeOf({ parameters, stored }: StoredMark, size: Size): number {
  return size === 'parameters' ? parameters : stored.bytes;
}

function toPoint(mark: StoredMark, quality: Quality, size: Size): Point[] {
  const { mean, deviation } = mark[quality];
  if (mean === null) return [];
  const error = deviation !== null && Number.isFinite(deviation) ? deviation : 0;
  return [{ x: sizeOf(mark, size), y: mean, error, mark }];
}

function byColor(points: readonly Point[]): { color: string; members: Point[] }[] {
  const groups = new Map<string, Point[]>();
  for (const point of points) {
    const { color } = point.mark;
    groups.set(color, [...(groups.get(color) ?? []), point]);
  }
  return [...groups.entries()].map(([color, members]) => ({ color, members }));
}
