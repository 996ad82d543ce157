/** g(s) and |V| over the steps on one log axis. A pure function of its props. */
import { memo, useMemo } from 'react';
import { Area, Line } from 'recharts';
import type { TablePoint } from '../../store/run';
import type { TicketSummary } from '../../worker/protocol';
import { formatSmall } from '../format';
import { uniqueKeys } from '../uniqueKeys';
import { decadeTicks, FOOTER_HEIGHT, formatShort, PLOT_HEIGHT, spacedOut } from './axis';
import { Moment } from './Marks';
import { DecadeAxis, StepChart } from './StepChart';

export interface ShownField {
  readonly name: string;
  /** Place of the field in the data set. */
  readonly index: number;
  readonly color: string;
}

interface ThresholdPlotProps {
  readonly points: readonly TablePoint[];
  readonly tickets: readonly TicketSummary[];
  readonly shownFields: readonly ShownField[];
}

/** What is drawn of a point; a log axis has no place for 0. */
interface PlotRow {
  readonly step: number;
  readonly epoch: number;
  readonly mean: number | null;
  readonly band: [number, number] | null;
  readonly median: number | null;
  /** Cut off where the axis ends; `magnitude` is not. */
  readonly weightBand: [number, number] | null;
  readonly magnitude: TablePoint['magnitude'];
  readonly fieldMeans: Float64Array | null;
}

/** Share of the axis that a ticket's label takes on a narrow screen. */
const LABEL_DISTANCE = 0.14;
/** Weights that decay to nothing would stretch the axis without end. */
const LOWEST_WEIGHT = 1e-5;

const AREA = { stroke: 'none', isAnimationActive: false, activeDot: false } as const;
const LINE = { strokeWidth: 2, dot: false, isAnimationActive: false } as const;

const BANDS = (
  <>
    <Area {...AREA} dataKey="weightBand" fill="var(--chart-magnitude)" fillOpacity={0.1} />
    <Area {...AREA} dataKey="band" fill="var(--chart-threshold)" fillOpacity={0.22} />
  </>
);
const MEDIAN = <Line {...LINE} dataKey="median" stroke="var(--chart-magnitude)" />;
const MEAN = <Line {...LINE} dataKey="mean" stroke="var(--chart-threshold)" />;

export const ThresholdPlot = memo(function ThresholdPlot(props: ThresholdPlotProps) {
  const { points, tickets, shownFields } = props;
  const rows = useMemo(() => points.map(toRow), [points]);
  const ticks = useMemo(() => axisTicks(rows), [rows]);
  const lastStep = rows[rows.length - 1].step;
  const fieldLines = useMemo(() => shownFields.map(fieldLine), [shownFields]);
  const ticketKeys = uniqueKeys(tickets.map(({ target }) => target));
  const labelled = spacedOut(
    tickets.map(({ step }) => step),
    LABEL_DISTANCE * lastStep,
  );

  return (
    <StepChart
      rows={rows}
      height={PLOT_HEIGHT + FOOTER_HEIGHT}
      describe={(row) => describe(row, shownFields)}
    >
      <DecadeAxis ticks={ticks} />
      {BANDS}
      {tickets.map(({ target, step }, i) => (
        <Moment
          key={ticketKeys[i]}
          step={step}
          stroke="var(--chart-ticket)"
          strokeDasharray="3 3"
          label={labelled.has(step) ? formatShort(target) : ''}
        />
      ))}
      {MEDIAN}
      {fieldLines}
      {MEAN}
    </StepChart>
  );
});

function fieldLine({ name, index, color }: ShownField) {
  const dataKey = (row: PlotRow) => positiveOrNull(row.fieldMeans?.[index] ?? 0);
  return <Line {...LINE} key={index} dataKey={dataKey} name={name} stroke={color} strokeWidth={1.5} />;
}

function toRow({ step, epoch, threshold, magnitude }: TablePoint): PlotRow {
  return {
    step,
    epoch,
    mean: threshold && positiveOrNull(threshold.mean),
    band: threshold && bandOrNull(threshold.p05, threshold.p95),
    median: positiveOrNull(magnitude.median),
    weightBand: bandOrNull(Math.max(magnitude.p05, LOWEST_WEIGHT), magnitude.p95),
    magnitude,
    fieldMeans: threshold?.fieldMeans ?? null,
  };
}

/** Room for every threshold that is drawn, and for the weights down to LOWEST_WEIGHT. */
function axisTicks(rows: readonly PlotRow[]): number[] {
  let min = Number.POSITIVE_INFINITY;
  let max = 0;
  for (const { mean, band, median, weightBand } of rows) {
    for (const value of [mean, band?.[0], Math.max(median ?? 1, LOWEST_WEIGHT)]) {
      if (value) min = Math.min(min, value);
    }
    for (const value of [mean, band?.[1], median, weightBand?.[1]]) if (value) max = Math.max(max, value);
  }
  return max > 0 ? decadeTicks(min, max, 6) : [0.1, 1];
}

function describe(row: PlotRow, shownFields: readonly ShownField[]) {
  const { mean, band, magnitude, fieldMeans } = row;
  return [
    { label: 'mean g(s)', value: formatOrNone(mean), color: 'var(--chart-threshold)' },
    { label: 'g(s), 5–95 %', value: formatBand(band) },
    { label: 'median |V|', value: formatSmall(magnitude.median), color: 'var(--chart-magnitude)' },
    { label: '|V|, 5–95 %', value: formatBand([magnitude.p05, magnitude.p95]) },
    ...shownFields.map(({ name, index, color }) => ({
      label: name,
      value: formatOrNone(fieldMeans?.[index] ?? null),
      color,
    })),
  ];
}

function formatOrNone(value: number | null): string {
  return value === null ? '–' : formatSmall(value);
}

function formatBand(band: [number, number] | null): string {
  return band ? `${formatSmall(band[0])} – ${formatSmall(band[1])}` : '–';
}

function positiveOrNull(value: number): number | null {
  return value > 0 ? value : null;
}

function bandOrNull(low: number, high: number): [number, number] | null {
  return low > 0 && high >= low ? [low, high] : null;
}
