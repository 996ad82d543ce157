/** "Mask overlap": two tickets, or the ends of two runs, entry by entry. */
import { Select, SimpleGrid, Text } from '@mantine/core';
import { useMemo, useState } from 'react';
import { masksOf, type NamedMask, type Overlap, overlapByField } from '../../store/comparison';
import type { SavedRun } from '../../store/saved-run';
import { ChartFigure } from '../charts/ChartFigure';
import { type Column, DataTable } from '../charts/DataTable';
import { formatCount, formatPercent } from '../format';
import { BarsPlot } from './BarsPlot';

const COLUMNS: readonly Column<Overlap>[] = [
  { name: 'Field', read: ({ name }) => name },
  { name: 'In the first', read: ({ first }) => first },
  { name: 'In the second', read: ({ second }) => second },
  { name: 'In both', read: ({ both }) => both },
  { name: 'Jaccard', read: ({ jaccard }) => jaccard },
];
const SERIES = [{ name: 'Jaccard', color: 'var(--chart-ticket)' }];
const NO_OVERLAP: readonly Overlap[] = [];

interface OverlapFigureProps {
  /** Of one data set, and its name for exports. */
  readonly runs: readonly SavedRun[];
  readonly data: string;
}

export function OverlapFigure({ runs, data }: OverlapFigureProps) {
  const masks = useMemo(() => runs.flatMap(masksOf), [runs]);
  const [firstId, setFirstId] = useState<string | null>(null);
  const [secondId, setSecondId] = useState<string | null>(null);
  const first = masks.find(({ id }) => id === firstId) ?? masks[0];
  const others = masks.filter((each) => first && each !== first && isComparable(each, first));
  const second = others.find(({ id }) => id === secondId) ?? others[0];
  const rows = useMemo(() => (first && second ? overlapOf(first, second) : NO_OVERLAP), [first, second]);
  const [all] = rows;
  return (
    <ChartFigure
      title="Mask overlap"
      data={data}
      caption="Jaccard index: of the numbers that either mask keeps, the share that both keep. 1 is the same mask."
      emptyText={
        rows.length === 0 ? 'Two tickets, or ends of runs, of tables of the same size are needed.' : null
      }
      renderData={() => (
        <DataTable
          data={data}
          caption="Overlap of two masks by field"
          columns={COLUMNS}
          rows={rows}
          keyOf={({ name }) => name}
        />
      )}
    >
      {first && second && all && (
        <>
          <SimpleGrid cols={{ base: 1, xs: 2 }} spacing={8} verticalSpacing={4} mb={4}>
            <Select
              aria-label="First mask"
              value={first.id}
              data={masks.map(toOption)}
              onChange={setFirstId}
            />
            <Select
              aria-label="Second mask"
              value={second.id}
              data={others.map(toOption)}
              onChange={setSecondId}
            />
          </SimpleGrid>
          <Text size="xs">
            {formatCount(all.both)} numbers are in both: {formatPercent(all.both / Math.max(1, all.first))} of
            the first, {formatPercent(all.both / Math.max(1, all.second))} of the second; Jaccard{' '}
            {all.jaccard?.toFixed(3) ?? '–'}.
          </Text>
          <BarsPlot
            rows={rows.map(({ name, jaccard }) => ({ name, values: [jaccard] }))}
            series={SERIES}
            max={1}
            format={formatIndex}
          />
        </>
      )}
    </ChartFigure>
  );
}

function formatIndex(value: number): string {
  return value.toFixed(2);
}

function toOption({ id, name }: NamedMask) {
  return { value: id, label: name };
}

function isComparable(a: NamedMask, b: NamedMask): boolean {
  return (
    a.mask.length === b.mask.length &&
    a.run.view.start?.config.dimension === b.run.view.start?.config.dimension
  );
}

function overlapOf(first: NamedMask, second: NamedMask): Overlap[] {
  const { start } = first.run.view;
  return start ? overlapByField(first.mask, second.mask, start.dataset.fields, start.config.dimension) : [];
}
