/** "Threshold evolution": the clock of PEP. */
import { Button, Chip, Group, Popover, Text } from '@mantine/core';
import { useMemo, useState } from 'react';
import { fullDataName } from '../../experiment/same-data';
import type { TablePoint } from '../../store/run';
import { usePlayground } from '../../store/use-playground';
import type { FieldSummary } from '../../worker/protocol';
import { FIELD_COLORS } from './axis';
import { ChartFigure, type LegendEntry } from './ChartFigure';
import { type Column, DataTable } from './DataTable';
import { drawnKind, emptyWords, whyNoThresholds } from './emptyWords';
import { ThresholdPlot } from './lazyPlots';
import { useRunInTurn } from './useRunInTurn';

const LEGEND: readonly LegendEntry[] = [
  { label: 'mean g(s)', color: 'var(--chart-threshold)', shape: 'line' },
  { label: 'g(s), 5–95 %', color: 'var(--chart-threshold)', shape: 'band' },
  { label: 'median |V|', color: 'var(--chart-magnitude)', shape: 'line' },
  { label: '|V|, 5–95 %', color: 'var(--chart-magnitude)', shape: 'band' },
];
const TICKET_LEGEND: LegendEntry = { label: 'ticket', color: 'var(--chart-ticket)', shape: 'dashes' };

/** A chart with more lines than this is neither readable nor quick. */
const MAX_FIELD_LINES = 8;

const NO_FIELDS: readonly FieldSummary[] = [];

export function ThresholdFigure() {
  const { run, isBehind } = useRunInTurn();
  const { table, tickets, start, status } = run;
  const { points } = table;
  const draftScheme = usePlayground((state) => state.draft.scheme);
  const fields = start?.dataset.fields ?? NO_FIELDS;
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const shown = useMemo(
    () =>
      fields
        .map(({ name }, index) => ({ name, index, color: FIELD_COLORS[index % FIELD_COLORS.length] }))
        .filter(({ name }) => chosen.includes(name)),
    [fields, chosen],
  );
  const columns = useMemo(() => tableColumns(fields), [fields]);

  const { hasThresholds } = drawnKind(start, draftScheme);
  let emptyText = whyNoThresholds(start, draftScheme);
  if (emptyText === null && points.length === 0) emptyText = emptyWords(status, 'watch the thresholds rise');

  const data = fullDataName(start?.dataset);
  return (
    <ChartFigure
      isBehind={isBehind}
      title="Threshold evolution"
      data={data}
      caption={
        hasThresholds
          ? 'Pruning begins where the rising thresholds g(s) meet the size of the weights |V|.'
          : ''
      }
      legend={[
        ...LEGEND,
        ...(tickets.length > 0 ? [TICKET_LEGEND] : []),
        ...shown.map(({ name, color }): LegendEntry => ({ label: name, color, shape: 'line' })),
      ]}
      controls={emptyText === null && <FieldPicker fields={fields} chosen={chosen} onChange={setChosen} />}
      emptyText={emptyText}
      renderData={() => (
        <DataTable
          data={data}
          caption="Thresholds and weights by step; a column for the mean g(s) of each field"
          columns={columns}
          rows={points}
          keyOf={(point) => point.step}
        />
      )}
    >
      <ThresholdPlot points={points} tickets={tickets} shownFields={shown} />
    </ChartFigure>
  );
}

function tableColumns(fields: readonly FieldSummary[]): Column<TablePoint>[] {
  return [
    { name: 'Step', read: ({ step }) => step },
    { name: 'Epoch', read: ({ epoch }) => epoch },
    { name: 'Mean g(s)', read: ({ threshold }) => threshold?.mean ?? null },
    { name: '5 %', read: ({ threshold }) => threshold?.p05 ?? null },
    { name: '95 %', read: ({ threshold }) => threshold?.p95 ?? null },
    { name: 'Median |V|', read: ({ magnitude }) => magnitude.median },
    ...fields.map(
      ({ name }, f): Column<TablePoint> => ({
        name,
        read: ({ threshold }) => threshold?.fieldMeans[f] ?? null,
      }),
    ),
  ];
}

interface FieldPickerProps {
  readonly fields: readonly FieldSummary[];
  readonly chosen: readonly string[];
  onChange(chosen: readonly string[]): void;
}

function FieldPicker({ fields, chosen, onChange }: FieldPickerProps) {
  return (
    <Popover position="bottom-end" width={280} shadow="md">
      <Popover.Target>
        <Button size="compact-xs" variant={chosen.length > 0 ? 'light' : 'subtle'} color="gray">
          Fields
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Text size="xs" c="dimmed" mb={8}>
          A line for the mean threshold of a field; at most {MAX_FIELD_LINES}.
        </Text>
        <Chip.Group multiple value={[...chosen]} onChange={onChange}>
          <Group gap={6}>
            {fields.map(({ name, offset }) => (
              <Chip
                key={offset}
                value={name}
                size="xs"
                disabled={chosen.length >= MAX_FIELD_LINES && !chosen.includes(name)}
              >
                {name}
              </Chip>
            ))}
          </Group>
        </Chip.Group>
      </Popover.Dropdown>
    </Popover>
  );
}
