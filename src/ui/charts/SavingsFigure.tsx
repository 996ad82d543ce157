/** "Parameter savings": how many numbers are left, and what that saves in bytes. */
import { useMemo } from 'react';
import { bitMaskBytes, csrBytes, denseBytes } from '../../experiment/accounting';
import { fullDataName } from '../../experiment/same-data';
import { NO_TABLE, parameterCount, sizeOf, type TableSize } from '../../experiment/table-size';
import type { TablePoint } from '../../store/run';
import { usePlayground } from '../../store/use-playground';
import type { TicketSummary } from '../../worker/protocol';
import { formatBytes, formatPercentCell } from '../format';
import { ChartFigure, type LegendEntry } from './ChartFigure';
import { type Column, DataTable } from './DataTable';
import { drawnKind, emptyWords } from './emptyWords';
import { SavingsPlot } from './lazyPlots';
import classes from './SavingsFigure.module.css';
import { useRunInTurn } from './useRunInTurn';

const LEGEND: readonly LegendEntry[] = [
  { label: 'parameters left', color: 'var(--chart-parameters)', shape: 'line' },
  { label: 'target', color: 'var(--chart-axis)', shape: 'dashes' },
  { label: 'ticket', color: 'var(--chart-ticket)', shape: 'dot' },
];

const TICKET_COLUMNS: readonly Column<TicketSummary>[] = [
  { name: 'Target', read: ({ target }) => target },
  { name: 'Parameters', read: ({ parameters }) => parameters },
  { name: 'Step', read: ({ step }) => step },
  { name: 'Epoch', read: ({ epoch }) => epoch },
];

export function SavingsFigure() {
  const { run, isBehind } = useRunInTurn();
  const { table, tickets, parameters, start, status } = run;
  const { points } = table;
  const size = useMemo(() => (start ? sizeOf(start) : NO_TABLE), [start]);
  const columns = useMemo(() => tableColumns(size), [size]);
  const draftScheme = usePlayground((state) => state.draft.scheme);
  const { level } = drawnKind(start, draftScheme);
  const purpose = level === null ? 'watch the parameters fall' : 'see what the table takes';
  const legend = level ? LEGEND.slice(0, 1) : LEGEND;

  const data = fullDataName(start?.dataset);
  return (
    <ChartFigure
      isBehind={isBehind}
      title="Parameter savings"
      data={data}
      caption={level ?? 'Each time the line falls to a target, the pattern of zeros is saved as a ticket.'}
      legend={legend}
      emptyText={points.length === 0 ? emptyWords(status, purpose) : null}
      renderData={() => (
        <>
          <DataTable
            data={data}
            caption="Tickets"
            columns={TICKET_COLUMNS}
            rows={tickets}
            keyOf={({ target }) => target}
          />
          <DataTable
            data={data}
            caption="Parameters and stored bytes by step"
            columns={columns}
            rows={points}
            keyOf={({ step }) => step}
          />
        </>
      )}
      footer={<ByteReadout size={size} parameters={parameters ?? 0} />}
    >
      <SavingsPlot
        points={points}
        tickets={tickets}
        targets={level ? [] : (start?.config.targets ?? [])}
        tableSize={parameterCount(size)}
      />
    </ChartFigure>
  );
}

interface ByteReadoutProps {
  readonly size: TableSize;
  readonly parameters: number;
}

function ByteReadout({ size, parameters }: ByteReadoutProps) {
  const ways = [
    { name: 'Dense', bytes: denseBytes(size) },
    { name: 'CSR', bytes: csrBytes(size, parameters) },
    { name: 'Bit mask', bytes: bitMaskBytes(size, parameters) },
  ];
  const least = Math.min(...ways.map(({ bytes }) => bytes));
  return (
    <dl className={classes.bytes}>
      {ways.map(({ name, bytes }) => (
        <div key={name} data-least={bytes === least || undefined}>
          <dt>{name}</dt>
          <dd>{formatBytes(bytes)}</dd>
        </div>
      ))}
    </dl>
  );
}

function tableColumns(size: TableSize): Column<TablePoint>[] {
  const tableSize = parameterCount(size);
  return [
    { name: 'Step', read: ({ step }) => step },
    { name: 'Epoch', read: ({ epoch }) => epoch },
    { name: 'Parameters', read: ({ parameters }) => parameters },
    { name: 'Pruned %', read: ({ parameters }) => formatPercentCell(1 - parameters / tableSize) },
    { name: 'Dense bytes', read: () => denseBytes(size) },
    { name: 'CSR bytes', read: ({ parameters }) => csrBytes(size, parameters) },
    { name: 'Bit mask bytes', read: ({ parameters }) => bitMaskBytes(size, parameters) },
  ];
}
