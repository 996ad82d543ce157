/** "Dimensions per field": what each run has kept, field by field. */
import { useMemo } from 'react';
import type { SavedRun } from '../../store/savedRun';
import { ChartFigure, type LegendEntry } from '../charts/ChartFigure';
import { type Column, DataTable } from '../charts/DataTable';
import { fieldDistributions } from '../dimensions/fieldDistributions';
import { type BarRow, BarsPlot } from './BarsPlot';

/** More bars in a group cannot be told apart. */
const MAX_RUNS = 8;

interface FieldDimensionsFigureProps {
  /** Of one data set. */
  readonly runs: readonly SavedRun[];
}

export function FieldDimensionsFigure({ runs }: FieldDimensionsFigureProps) {
  const drawn = useMemo(() => runs.filter(({ view }) => view.latest !== null).slice(-MAX_RUNS), [runs]);
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
      caption={`Mean dimensions that the features of a field keep; the newest ${MAX_RUNS} runs that are shown.`}
      legend={drawn.map(({ name, color }): LegendEntry => ({ label: name, color, shape: 'dot' }))}
      emptyText={rows.length === 0 ? 'No run with a table of its own is shown.' : null}
      renderData={() => (
        <DataTable
          caption="Mean dimensions kept per field and run"
          columns={columns}
          rows={rows}
          keyOf={({ name }) => name}
        />
      )}
    >
      <BarsPlot rows={rows} series={drawn} max="auto" format={formatDimensions} />
    </ChartFigure>
  );
}

function formatDimensions(value: number): string {
  return value.toFixed(1);
}

function meanDimensions(runs: readonly SavedRun[]): BarRow[] {
  const fields = runs[0]?.view.start?.dataset.fields ?? [];
  const perRun = runs.map(({ view }) =>
    view.latest && view.start
      ? fieldDistributions(fields, view.latest.dimensions, view.start.config.dimension, null)
      : [],
  );
  return fields.map(({ name }, f) => ({ name, values: perRun.map((means) => means[f]?.mean ?? null) }));
}
