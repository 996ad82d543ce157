/** "Sparsity against feature frequency": whether rare features are pruned first. */
import { memo, useMemo } from 'react';
import { CartesianGrid, Line, LineChart, Tooltip, XAxis, YAxis } from 'recharts';
import { mayBeSame } from '../../experiment/same-data';
import { type FrequencyBin, prunedByFrequency } from '../../store/comparison';
import type { SavedRun } from '../../store/saved-run';
import { usePlayground } from '../../store/use-playground';
import { AXIS_STYLE, FOOTER_HEIGHT, formatShare, GRID_STYLE, PLOT_HEIGHT } from '../charts/axis';
import { ChartFigure } from '../charts/ChartFigure';
import { type Column, DataTable } from '../charts/DataTable';
import tooltip from '../charts/PlotTooltip.module.css';
import { formatCount, formatPercent } from '../format';
import { type Looks, legendEntry, lookOf, newestWithSearch, strokeOf } from './looks';
import { MAX_LINES } from './OverlayFigure';

const NO_BINS: readonly FrequencyBin[] = [];

interface FrequencyFigureProps {
  /** Of one data set, and its name for exports. */
  readonly runs: readonly SavedRun[];
  readonly data: string;
  readonly looks: Looks;
}

export function FrequencyFigure({ runs, data, looks }: FrequencyFigureProps) {
  const dataset = usePlayground((state) => state.dataset);
  const drawn = useMemo(
    () =>
      newestWithSearch(
        runs.filter(
          ({ view: { start, latest } }) =>
            dataset && start && latest?.dimensions && mayBeSame(start.dataset, dataset.summary),
        ),
        MAX_LINES,
      ),
    [runs, dataset],
  );
  const bins = useMemo(() => {
    if (!dataset || drawn.length === 0) return NO_BINS;
    const dimensions = drawn.flatMap(({ view }) => view.latest?.dimensions ?? []);
    const widths = drawn.map(({ view }) => view.start?.config.dimension ?? 1);
    return prunedByFrequency(dataset.frequencies, dimensions, widths);
  }, [drawn, dataset]);
  const columns = useMemo(
    (): Column<FrequencyBin>[] => [
      { name: 'Rows', read: describeRange },
      { name: 'Features', read: ({ features }) => features },
      ...drawn.map(({ name }, i): Column<FrequencyBin> => ({ name, read: ({ pruned }) => pruned[i] })),
    ],
    [drawn],
  );
  return (
    <ChartFigure
      title="Sparsity against feature frequency"
      data={data}
      caption="Share pruned of the features that occur in that many rows. Rare features go first, partly because weight decay shrinks what is seldom seen."
      legend={drawn.map((run) => legendEntry(run, looks))}
      emptyText={
        bins.length === 0
          ? 'No run on the data set that is loaded is shown in which each feature has numbers of its own.'
          : null
      }
      renderData={() => (
        <DataTable
          data={data}
          caption="Share pruned by number of rows that hold a feature"
          columns={columns}
          rows={bins}
          keyOf={({ from }) => from}
        />
      )}
    >
      <FrequencyPlot bins={bins} runs={drawn} looks={looks} />
    </ChartFigure>
  );
}

interface FrequencyPlotProps {
  readonly bins: readonly FrequencyBin[];
  readonly runs: readonly SavedRun[];
  readonly looks: Looks;
}

const FrequencyPlot = memo(function FrequencyPlot({ bins, runs, looks }: FrequencyPlotProps) {
  return (
    <LineChart
      responsive
      style={{ width: '100%', height: PLOT_HEIGHT + FOOTER_HEIGHT }}
      data={[...bins]}
      margin={{ top: 12, right: 10, bottom: 0, left: 0 }}
    >
      <CartesianGrid {...GRID_STYLE} />
      <XAxis {...AXIS_STYLE} dataKey={describeRange} />
      <YAxis
        {...AXIS_STYLE}
        width={50}
        domain={[0, 1]}
        tickFormatter={(value) => formatShare(Number(value))}
      />
      <Tooltip
        isAnimationActive={false}
        content={({ active, payload }) => {
          const bin = payload?.[0]?.payload as FrequencyBin | undefined;
          if (!active || !bin) return null;
          return (
            <div className={tooltip.card}>
              <p>
                {formatCount(bin.features)} features in {describeRange(bin)} rows
              </p>
              <dl>
                {runs.map(({ id, name }, i) => (
                  <div key={id}>
                    <dt style={{ color: lookOf(looks, id).color }}>{name}</dt>
                    <dd>{formatPercent(bin.pruned[i] ?? 0)}</dd>
                  </div>
                ))}
              </dl>
            </div>
          );
        }}
      />
      {runs.map(({ id }, i) => (
        <Line
          key={id}
          dataKey={(bin: FrequencyBin) => bin.pruned[i]}
          {...strokeOf(lookOf(looks, id))}
          dot={false}
          isAnimationActive={false}
        />
      ))}
    </LineChart>
  );
});

/** "8–15". */
function describeRange({ from, below }: FrequencyBin): string {
  return below - from <= 1 ? String(from) : `${from}–${below - 1}`;
}
