/** Bars in groups: a group for each row, a bar for each series. A pure function of its props. */
import { memo } from 'react';
import { Bar, BarChart, CartesianGrid, Tooltip, XAxis, YAxis } from 'recharts';
import { AXIS_STYLE, GRID_STYLE, shorten } from '../charts/axis';
import tooltip from '../charts/PlotTooltip.module.css';
import { uniqueKeys } from '../uniqueKeys';
import { fillOf, Texture, type TextureProps } from './Texture';

export interface BarSeries {
  readonly name: string;
  readonly color: string;
  readonly texture?: TextureProps;
}

export interface BarRow {
  readonly name: string;
  /** One for each series. */
  readonly values: readonly (number | null)[];
}

interface BarsPlotProps {
  readonly rows: readonly BarRow[];
  readonly series: readonly BarSeries[];
  readonly max: number | 'auto';
  format(value: number): string;
}

const HEIGHT = 260;
/** Letters that fit below the first group of bars. The more groups, the nearer it is to the edge. */
const NAME_LENGTHS = { few: 12, many: 8 };
const MANY_ROWS = 9;

export const BarsPlot = memo(function BarsPlot({ rows, series, max, format }: BarsPlotProps) {
  const keys = uniqueKeys(series.map(({ name }) => name));
  const nameLength = rows.length < MANY_ROWS ? NAME_LENGTHS.few : NAME_LENGTHS.many;
  return (
    <BarChart
      responsive
      style={{ width: '100%', height: HEIGHT }}
      data={[...rows]}
      barGap={1}
      margin={{ top: 12, right: 6, bottom: 0, left: 0 }}
    >
      <CartesianGrid {...GRID_STYLE} />
      <XAxis
        {...AXIS_STYLE}
        dataKey="name"
        tickFormatter={(name) => shorten(String(name), nameLength)}
        interval="equidistantPreserveStart"
        angle={-28}
        textAnchor="end"
        height={54}
      />
      <YAxis {...AXIS_STYLE} width={46} domain={[0, max]} tickFormatter={format} />
      <Tooltip
        isAnimationActive={false}
        cursor={{ fill: 'var(--chart-grid)', fillOpacity: 0.5 }}
        content={({ active, payload }) => {
          const row = payload?.[0]?.payload as BarRow | undefined;
          if (!active || !row) return null;
          return (
            <div className={tooltip.card}>
              <p>{row.name}</p>
              <dl>
                {series.map(({ name, color }, i) => {
                  const value = row.values[i];
                  return (
                    <div key={keys[i]}>
                      <dt style={{ color }}>{name}</dt>
                      <dd>{value === null ? '–' : format(value)}</dd>
                    </div>
                  );
                })}
              </dl>
            </div>
          );
        }}
      />
      <defs>{series.map(({ texture }) => texture && <Texture key={texture.id} {...texture} />)}</defs>
      {series.map(({ name, color, texture }, i) => (
        <Bar
          key={keys[i]}
          name={name}
          dataKey={(row: BarRow) => row.values[i]}
          fill={texture ? fillOf(texture) : color}
          stroke={texture && color}
          isAnimationActive={false}
          maxBarSize={22}
        />
      ))}
    </BarChart>
  );
});
