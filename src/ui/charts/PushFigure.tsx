/** "What drives the thresholds": the data against the weight decay, the two terms of a threshold's gradient. */
import { useMemo } from 'react';
import { fullDataName } from '../../experiment/same-data';
import { usePlayground } from '../../store/use-playground';
import { ChartFigure, type LegendEntry } from './ChartFigure';
import { type Column, DataTable } from './DataTable';
import { drawnKind, emptyWords, whyNoThresholds } from './emptyWords';
import { PushPlot } from './lazyPlots';
import { type PushRow, pushRows } from './pushRows';
import { useRunInTurn } from './useRunInTurn';

const LEGEND: readonly LegendEntry[] = [
  { label: 'weight decay, mean |λs|', color: 'var(--chart-threshold)', shape: 'line' },
  { label: 'data, mean |∂L/∂s|', color: 'var(--chart-magnitude)', shape: 'line' },
];

export function PushFigure() {
  const { run, isBehind } = useRunInTurn();
  const { table, start, status } = run;
  const rows = useMemo(() => pushRows(table.points), [table]);
  const columns = useMemo(
    () => tableColumns(start?.dataset.fields.map(({ name }) => name) ?? [], rows),
    [start, rows],
  );
  const draftScheme = usePlayground((state) => state.draft.scheme);
  const { hasThresholds } = drawnKind(start, draftScheme);

  let emptyText = whyNoThresholds(start, draftScheme);
  if (emptyText === null && rows.length === 0) emptyText = emptyWords(status, 'see who moves the thresholds');

  const data = fullDataName(start?.dataset);
  return (
    <ChartFigure
      isBehind={isBehind}
      title="What drives the thresholds"
      data={data}
      caption={
        hasThresholds
          ? 'Weight decay lifts every s like a clock. The data has a say only once g(s) has reached the size of the weights.'
          : ''
      }
      legend={LEGEND}
      emptyText={emptyText}
      renderData={() => (
        <DataTable
          data={data}
          caption="The push on s by step; the data's share of it over all and by field"
          columns={columns}
          rows={rows}
          keyOf={({ step }) => step}
        />
      )}
    >
      <PushPlot rows={rows} />
    </ChartFigure>
  );
}

function tableColumns(fields: readonly string[], rows: readonly PushRow[]): Column<PushRow>[] {
  const isByField = rows.length > 0 && rows[0].groupShares.length === fields.length;
  return [
    { name: 'Step', read: ({ step }) => step },
    { name: 'Epoch', read: ({ epoch }) => epoch },
    { name: 'Data', read: ({ data }) => data },
    { name: 'Weight decay', read: ({ decay }) => decay },
    { name: 'Share of data', read: ({ share }) => share },
    ...(isByField ? fields : []).map(
      (name, f): Column<PushRow> => ({ name, read: ({ groupShares }) => groupShares[f] }),
    ),
  ];
}
