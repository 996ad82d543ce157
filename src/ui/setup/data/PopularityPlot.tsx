/** Rows of a feature against its rank, both on logarithmic axes: a straight line falling is what clicks look like. */
import type { PopularityPoint } from '../../../data/profile';
import { formatCount } from '../../format';

const WIDTH = 640;
const HEIGHT = 200;
const LEFT = 58;
const BOTTOM = 34;
const TOP = 8;
const RIGHT = 28;

export function PopularityPlot({ points }: { readonly points: readonly PopularityPoint[] }) {
  const first = points[0];
  const last = points[points.length - 1];
  const decadesAcross = Math.max(1, Math.ceil(Math.log10(last.rank)));
  const decadesUp = Math.max(1, Math.ceil(Math.log10(first.rows)));
  const x = (rank: number) => LEFT + (Math.log10(rank) / decadesAcross) * (WIDTH - LEFT - RIGHT);
  // A feature in no row, seen only in dropped ones, lies on the axis.
  const y = (rows: number) =>
    HEIGHT - BOTTOM - (Math.log10(Math.max(1, rows)) / decadesUp) * (HEIGHT - BOTTOM - TOP);
  const line = points.map(({ rank, rows }) => `${x(rank).toFixed(1)},${y(rows).toFixed(1)}`).join(' ');
  const powers = (decades: number) => Array.from({ length: decades + 1 }, (_, k) => 10 ** k);
  const label =
    `The most popular feature is in ${formatCount(first.rows)} rows, ` +
    `the least popular of ${formatCount(last.rank)} in ${formatCount(last.rows)}.`;
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} width="100%" role="img" aria-label={label}>
      {powers(decadesUp).map((rows) => (
        <g key={rows}>
          <line x1={LEFT} x2={WIDTH - RIGHT} y1={y(rows)} y2={y(rows)} stroke="var(--chart-grid)" />
          <text x={LEFT - 6} y={y(rows) + 4} textAnchor="end" fontSize={11} fill="var(--chart-axis)">
            {formatCount(rows)}
          </text>
        </g>
      ))}
      {powers(decadesAcross).map((rank) => (
        <text
          key={rank}
          x={x(rank)}
          y={HEIGHT - BOTTOM + 14}
          textAnchor="middle"
          fontSize={11}
          fill="var(--chart-axis)"
        >
          {formatCount(rank)}
        </text>
      ))}
      <text x={(LEFT + WIDTH) / 2} y={HEIGHT - 4} textAnchor="middle" fontSize={11} fill="var(--chart-axis)">
        feature, by popularity (rows on the left)
      </text>
      <polyline points={line} fill="none" stroke="var(--chart-parameters)" strokeWidth={2} />
    </svg>
  );
}
