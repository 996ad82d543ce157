/**
 * Lines and dots that mark a value of an axis: targets, tickets, a ceiling. Recharts' own `ReferenceLine` and
 * `ReferenceDot` leave its store and enter it again with every drawing, and each time every part of the chart is
 * asked whether it has changed: with five targets and five tickets that was half of the work of a drawing.
 */
import { memo } from 'react';
import { DefaultZIndexes, usePlotArea, useXAxisScale, useYAxisScale, ZIndexLayer } from 'recharts';
import { FONT_SIZE } from './axis';

/** Between a line and its words, in pixels. */
const LABEL_OFFSET = 4;

interface LineStyle {
  readonly stroke: string;
  readonly strokeDasharray: string;
  readonly strokeOpacity?: number;
}

interface LevelProps extends LineStyle {
  readonly yAxisId: string;
  readonly y: number;
  /** Words above the line, at one of its ends. */
  readonly label?: string;
  readonly side?: 'left' | 'right';
}

/** A line across the chart. */
export const Level = memo(function Level({ yAxisId, y, label, side = 'left', ...style }: LevelProps) {
  const area = usePlotArea();
  const at = useYAxisScale(yAxisId)?.(y);
  if (!area || at === undefined) return null;
  const right = area.x + area.width;
  return (
    <>
      <line {...style} x1={area.x} x2={right} y1={at} y2={at} />
      {label && (
        <text
          x={side === 'left' ? area.x + LABEL_OFFSET : right - LABEL_OFFSET}
          y={at - LABEL_OFFSET}
          textAnchor={side === 'left' ? 'start' : 'end'}
          fontSize={FONT_SIZE}
          fill={style.stroke}
        >
          {label}
        </text>
      )}
    </>
  );
});

interface MomentProps extends LineStyle {
  readonly step: number;
  /** A word above the chart. */
  readonly label: string;
}

/** A line from top to bottom at a step. */
export const Moment = memo(function Moment({ step, label, ...style }: MomentProps) {
  const area = usePlotArea();
  const at = useXAxisScale()?.(step);
  if (!area || at === undefined) return null;
  return (
    <>
      <line {...style} x1={at} x2={at} y1={area.y} y2={area.y + area.height} />
      {label && (
        <text x={at} y={area.y - LABEL_OFFSET} textAnchor="middle" fontSize={FONT_SIZE} fill={style.stroke}>
          {label}
        </text>
      )}
    </>
  );
});

interface DotProps {
  readonly yAxisId: string;
  readonly step: number;
  readonly y: number;
  readonly fill: string;
}

/** A dot above all lines. */
export const Dot = memo(function Dot({ yAxisId, step, y, fill }: DotProps) {
  const cx = useXAxisScale()?.(step);
  const cy = useYAxisScale(yAxisId)?.(y);
  if (cx === undefined || cy === undefined) return null;
  return (
    <ZIndexLayer zIndex={DefaultZIndexes.scatter}>
      <circle cx={cx} cy={cy} r={4.5} fill={fill} stroke="var(--page-surface)" strokeWidth={1.5} />
    </ZIndexLayer>
  );
});
