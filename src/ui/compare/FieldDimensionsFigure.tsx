/** "Dimensions per field": what each run has kept, field by field. */
import { useId, useMemo } from 'react';
import type { SavedRun } from '../../store/saved-run';
import { ChartFigure, type LegendEntry } from '../charts/ChartFigure';
import { type Column, DataTable } from '../charts/DataTable';
import { fieldDistributions } from '../dimensions/fieldDistributions';
import { type BarRow, BarsPlot } from './BarsPlot';
import { type Looks, lookOf, newestWithSearch } from './looks';
import { fillOf } from './Texture';

/** More bars in a group cannot be told apart. */
const MAX_RUNS = 8;

interface FieldDimensionsFigureProps {
  /** Of one data set, and its name for exports. */
  readonly runs: readonly SavedRun[];
  readonly data: string;
  readonly looks: Looks;
}

export function FieldDimensionsFigure({ runs, data, looks }: FieldDimensionsFigureProps) {
  const figureId = useId();
  const drawn = useMemo(
    () =>
      newestWithSearch(
        runs.filter(({ view }) => view.latest?.dimensions),
        MAX_RUNS,
      ),
    [runs],
  );
  const series = useMemo(
    () =>
      drawn.map(({ id, name }, i) => {
        const look = lookOf(looks, id);
        return { name, color: look.color, texture: { ...look, id: `${figureId}${i}` } };
      }),
    [drawn, looks, figureId],
  );
  const rows = useMemo(() => meanDimensions(drawn), [drawn]);
  const columns = useMemo(
    (): Column<BarRow>[] => [
      { name: 'Field', read: ({ name }) => name },
      ...drawn.map(({ name }, i): Column<BarRow> => ({ name, read: ({ values }) => values[i] })),
    ],
    [drawn],
  );
  return (
    <ChartFigure
      title="Dimensions per field"
      data={data}
      caption={`Mean dimensions that the features of a field keep; of the newest ${MAX_RUNS} runs that are shown, the search among them.`}
      legend={series.map(
        ({ name, color, texture }): LegendEntry => ({
          label: name,
          color,
          shape: 'swatch',
          fill: fillOf(texture),
        }),
      )}
      emptyText={rows.length === 0 ? 'No run is shown in which each feature has numbers of its own.' : null}
      renderData={() => (
        <DataTable
          data={data}
          caption="Mean dimensions kept per field and run"
          columns={columns}
          rows={rows}
          keyOf={({ name }) => name}
        />
      )}
    >
      <BarsPlot rows={rows} series={series} max="auto" format={formatDimensions} />
    </ChartFigure>
  );
}

function formatDimensions(value: number): string {
  return value.toFixed(1);
}

function meanDimensions(runs: readonly SavedRun[]): BarRow[] {
  const fields = runs[0]?.view.start?.dataset.fields ?? [];
  const perRun = runs.map(({ view }) =>
    view.latest?.dimensions && view.start
      ? fieldDistributions(fields, view.latest.dimensions, view.start.config.dimension, null)
      : [],
  );
  return fields.map(({ name }, f) => ({ name, values: perRun.map((means) => means[f]?.mean ?? null) }));
}
