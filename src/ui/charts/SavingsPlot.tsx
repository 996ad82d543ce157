/** Parameters left over the steps, with targets and tickets. A pure function of its props. */
import { memo, useMemo } from 'react';
import { Line, YAxis } from 'recharts';
import type { TablePoint } from '../../store/run';
import type { TicketSummary } from '../../worker/protocol';
import { formatCount, formatPercent } from '../format';
import { uniqueKeys } from '../uniqueKeys';
import { AXIS_STYLE, formatShare, formatShort, spacedOut } from './axis';
import { Dot, Level } from './Marks';
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
const QUARTERS = [0, 0.25, 0.5, 0.75, 1];

const LINE = { dataKey: 'parameters', dot: false, isAnimationActive: false } as const;
const LINES = (
  <>
    <Line {...LINE} yAxisId="left" stroke="var(--chart-parameters)" strokeWidth={2} />
    {/* An axis without a line of its own would not be drawn. */}
    <Line {...LINE} yAxisId="pruned" stroke="none" activeDot={false} />
  </>
);

export const SavingsPlot = memo(function SavingsPlot(props: SavingsPlotProps) {
  const { points, tickets, targets, tableSize } = props;
  const axes = useMemo(() => savingsAxes(tableSize), [tableSize]);
  const labels = useMemo(() => targetLabels(points, targets, tableSize), [points, targets, tableSize]);
  const targetKeys = uniqueKeys(targets);
  const ticketKeys = uniqueKeys(tickets.map(({ target }) => target));

  return (
    <StepChart rows={points} hasRightAxis describe={(point) => describe(point, tableSize)}>
      {axes}
      {targets.map((target, i) => (
        <Level
          key={targetKeys[i]}
          yAxisId="left"
          y={target}
          stroke="var(--chart-axis)"
          strokeDasharray="4 4"
          strokeOpacity={0.7}
          label={labels.has(target) ? `target ${formatCount(target)}` : ''}
          side={labels.get(target) ?? 'left'}
        />
      ))}
      {LINES}
      {tickets.map(({ step, parameters }, i) => (
        <Dot key={ticketKeys[i]} yAxisId="left" step={step} y={parameters} fill="var(--chart-ticket)" />
      ))}
    </StepChart>
  );
});

/** Parameters on the left, the share that is pruned on the right. */
function savingsAxes(tableSize: number) {
  const ticks = QUARTERS.map((share) => share * tableSize);
  const axis = { ...AXIS_STYLE, domain: [0, tableSize], ticks, width: 46 };
  return (
    <>
      <YAxis {...axis} yAxisId="left" tickFormatter={(value) => formatShort(Math.round(value))} />
      <YAxis
        {...axis}
        yAxisId="pruned"
        orientation="right"
        tickFormatter={(value) => formatShare(1 - value / tableSize)}
      />
    </>
  );
}

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
