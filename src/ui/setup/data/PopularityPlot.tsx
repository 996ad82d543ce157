/** Rows of a feature against its rank, both on logarithmic axes: a straight line falling is what clicks look like. */
import { useElementSize } from '@mantine/hooks';
import type { PopularityPoint } from '../../../data/profile';
import { formatCount } from '../../format';
import { labelledPowers } from './labelledPowers';

const HEIGHT = 200;
const BOTTOM = 36;
const TOP = 8;
const LEAST_RIGHT = 36;
const TEXT = { fontSize: 12, fill: 'var(--chart-axis)' } as const;

/** Drawn at the width that there is, so that its words keep their size. */
export function PopularityPlot({ points }: { readonly points: readonly PopularityPoint[] }) {
  const { ref, width } = useElementSize();
  return (
    <div ref={ref} style={{ height: HEIGHT }}>
      {width > 0 && <Plot points={points} width={width} />}
    </div>
  );
}

interface PlotProps {
  readonly points: readonly PopularityPoint[];
  readonly width: number;
}

function Plot({ points, width }: PlotProps) {
  const first = points[0];
  const last = points[points.length - 1];
  const decadesAcross = Math.max(1, Math.ceil(Math.log10(last.rank)));
  const decadesUp = Math.max(1, Math.ceil(Math.log10(first.rows)));
  const left = widthOf(10 ** decadesUp) + 2;
  // Half of the last label lies beyond the axis.
  const right = Math.max(LEAST_RIGHT, widthOf(10 ** decadesAcross) / 2);
  const across = width - left - right;
  const up = HEIGHT - BOTTOM - TOP;
  const x = (rank: number) => left + (Math.log10(rank) / decadesAcross) * across;
  // A feature in no row, seen only in dropped ones, lies on the axis.
  const y = (rows: number) => HEIGHT - BOTTOM - (Math.log10(Math.max(1, rows)) / decadesUp) * up;
  const line = points.map(({ rank, rows }) => `${x(rank).toFixed(1)},${y(rows).toFixed(1)}`).join(' ');
  const label =
    `The most popular feature is in ${formatCount(first.rows)} rows, ` +
    `the least popular of ${formatCount(last.rank)} in ${formatCount(last.rows)}.`;
  return (
    <svg width={width} height={HEIGHT} role="img" aria-label={label} style={{ display: 'block' }}>
      {labelledPowers(decadesUp, up / 16).map((rows) => (
        <g key={rows}>
          <line x1={left} x2={width - right} y1={y(rows)} y2={y(rows)} stroke="var(--chart-grid)" />
          <text {...TEXT} x={left - 6} y={y(rows) + 4} textAnchor="end">
            {formatCount(rows)}
          </text>
        </g>
      ))}
      {labelledPowers(decadesAcross, across / widthOf(10 ** decadesAcross)).map((rank) => (
        <text key={rank} {...TEXT} x={x(rank)} y={HEIGHT - BOTTOM + 15} textAnchor="middle">
          {formatCount(rank)}
        </text>
      ))}
      <text {...TEXT} x={left + across / 2} y={HEIGHT - 4} textAnchor="middle">
        feature, by popularity (rows on the left)
      </text>
      <polyline points={line} fill="none" stroke="var(--chart-parameters)" strokeWidth={2} />
    </svg>
  );
}

/** About, of a label and the gap to the next. */
function widthOf(value: number): number {
  return 7.5 * formatCount(value).length + 6;
}
