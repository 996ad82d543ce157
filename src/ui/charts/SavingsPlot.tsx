/** Parameters left over the steps, with targets and tickets. A pure function of its props. */
import { memo, useMemo } from 'react';
import { Line, ReferenceDot, ReferenceLine, YAxis } from 'recharts';
import type { TablePoint } from '../../store/run';
import type { TicketSummary } from '../../worker/protocol';
import { formatCount, formatPercent } from '../format';
import { uniqueKeys } from '../uniqueKeys';
import { AXIS_STYLE, FONT_SIZE, formatShare, formatShort, spacedOut } from './axis';
import { StepChart } from './StepChart';
import { type LabelSide, labelSide } from './targetLabels';

interface SavingsPlotProps {
  readonly points: readonly TablePoint[];
  readonly tickets: readonly TicketSummary[];
  readonly targets: readonly number[];
  readonly tableSize: number;
}

/** Share of the axis that a line of words takes. */
const LABEL_DISTANCE = 0.08;
/** Between a target's line and the words above it, in pixels. */
const LABEL_OFFSET = 4;
const QUARTERS = [0, 0.25, 0.5, 0.75, 1];

export const SavingsPlot = memo(function SavingsPlot(props: SavingsPlotProps) {
  const { points, tickets, targets, tableSize } = props;
  const ticks = QUARTERS.map((share) => share * tableSize);
  const labels = useMemo(() => targetLabels(points, targets, tableSize), [points, targets, tableSize]);
  const targetKeys = uniqueKeys(targets);
  const ticketKeys = uniqueKeys(tickets.map(({ target }) => target));
  const axis = { ...AXIS_STYLE, domain: [0, tableSize], ticks, width: 46 };

  return (
    <StepChart rows={points} hasRightAxis describe={(point) => describe(point, tableSize)}>
      <YAxis {...axis} yAxisId="left" tickFormatter={(value) => formatShort(Math.round(value))} />
      <YAxis
        {...axis}
        yAxisId="pruned"
        orientation="right"
        tickFormatter={(value) => formatShare(1 - value / tableSize)}
      />
      {targets.map((target, i) => (
        <ReferenceLine
          key={targetKeys[i]}
          yAxisId="left"
          y={target}
          stroke="var(--chart-axis)"
          strokeDasharray="4 4"
          strokeOpacity={0.7}
          label={{
            value: labels.has(target) ? `target ${formatCount(target)}` : '',
            position: labels.get(target) === 'right' ? 'insideBottomRight' : 'insideBottomLeft',
            offset: LABEL_OFFSET,
            fontSize: FONT_SIZE,
            fill: 'var(--chart-axis)',
          }}
        />
      ))}
      <Line
        yAxisId="left"
        dataKey="parameters"
        stroke="var(--chart-parameters)"
        strokeWidth={2}
        dot={false}
        isAnimationActive={false}
      />
      {/* An axis without a line of its own would not be drawn. */}
      <Line
        yAxisId="pruned"
        dataKey="parameters"
        stroke="none"
        dot={false}
        activeDot={false}
        isAnimationActive={false}
      />
      {tickets.map(({ step, parameters }, i) => (
        <ReferenceDot
          key={ticketKeys[i]}
          yAxisId="left"
          x={step}
          y={parameters}
          r={4.5}
          fill="var(--chart-ticket)"
          stroke="var(--page-surface)"
          strokeWidth={1.5}
        />
      ))}
    </StepChart>
  );
});

/** Sides of the labels that are drawn, by target: those with room between them and beside the line of parameters. */
function targetLabels(points: readonly TablePoint[], targets: readonly number[], tableSize: number) {
  const labels = new Map<number, LabelSide>();
  for (const target of spacedOut(targets, LABEL_DISTANCE * tableSize)) {
    const side = labelSide(points, target, tableSize);
    if (side) labels.set(target, side);
  }
  return labels;
}

function describe({ parameters }: TablePoint, tableSize: number) {
  return [
    { label: 'parameters left', value: formatCount(parameters), color: 'var(--chart-parameters)' },
    { label: 'pruned', value: formatPercent(1 - parameters / tableSize) },
  ];
}
