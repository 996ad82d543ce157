/** What the charts over the steps of a run share: the step axis, the grid and the card beside the pointer. */
import { type ReactNode, startTransition, useEffect, useMemo, useState } from 'react';
import { CartesianGrid, ComposedChart, Tooltip, XAxis, YAxis } from 'recharts';
import {
  AXIS_STYLE,
  formatDecade,
  formatShort,
  GRID_STYLE,
  PLOT_HEIGHT,
  roundTicks,
  STEP_AXIS_STYLE,
} from './axis';
import { PlotTooltip, type TooltipEntry } from './PlotTooltip';
import { leaveQueue, takeTurn } from './turns';
import { useKept } from './useKept';

interface StepRow {
  readonly step: number;
  readonly epoch: number;
}

interface StepChartProps<Row extends StepRow> {
  /** In order of step; at least one. */
  readonly rows: readonly Row[];
  readonly height?: number;
  /** About how many labels the step axis has. */
  readonly stepTicks?: number;
  /** A second axis is wide enough to keep the last label of the first. */
  readonly hasRightAxis?: boolean;
  describe(row: Row): readonly TooltipEntry[];
  /** The other axes and what is drawn. */
  readonly children: ReactNode;
}

/** Above a chart is room for the words on a line. A right axis has its own margin. */
const MARGIN_OF_ONE = { top: 14, right: 10, bottom: 0, left: 0 };
const MARGIN_OF_TWO = { ...MARGIN_OF_ONE, right: 0 };

export function StepChart<Row extends StepRow>(props: StepChartProps<Row>) {
  const { rows, height = PLOT_HEIGHT, stepTicks = 5, hasRightAxis = false, describe, children } = props;
  const lastStep = rows[rows.length - 1].step;
  const style = useMemo(() => ({ width: '100%', height }), [height]);
  const isBegun = useSecondTurn();
  return (
    <ComposedChart responsive style={style} data={rows} margin={hasRightAxis ? MARGIN_OF_TWO : MARGIN_OF_ONE}>
      <CartesianGrid {...GRID_STYLE} />
      <XAxis
        {...STEP_AXIS_STYLE}
        dataKey="step"
        type="number"
        domain={[0, Math.max(1, lastStep)]}
        ticks={roundTicks(lastStep, stepTicks)}
        tickFormatter={formatShort}
      />
      <Tooltip
        isAnimationActive={false}
        content={({ active, payload }) => {
          const row = payload?.[0]?.payload as Row | undefined;
          return active && row ? (
            <PlotTooltip step={row.step} epoch={row.epoch} entries={describe(row)} />
          ) : null;
        }}
      />
      {isBegun && children}
    </ComposedChart>
  );
}

/** False for the first drawing: frame and lines in one would be a task twice as long as any later one. */
function useSecondTurn(): boolean {
  const [isBegun, setIsBegun] = useState(false);
  useEffect(() => {
    const begin = () => startTransition(() => setIsBegun(true));
    takeTurn(begin);
    return () => leaveQueue(begin);
  }, []);
  return isBegun;
}

/** `ticks`: powers of ten; the first and the last are the ends of the axis. */
export function DecadeAxis({ ticks }: { readonly ticks: readonly number[] }) {
  const kept = useKept(ticks);
  return useMemo(
    () => (
      <YAxis
        {...AXIS_STYLE}
        width={46}
        scale="log"
        domain={[kept[0], kept[kept.length - 1]]}
        ticks={kept}
        tickFormatter={formatDecade}
        allowDataOverflow
      />
    ),
    [kept],
  );
}
