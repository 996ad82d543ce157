/** "AUC against parameters", or against stored bytes: what a number saved costs, over all finished runs. */
import { Group, SegmentedControl } from '@mantine/core';
import { useMemo, useState } from 'react';
import { FORMAT_NAMES, type StorageChoice, storeTable } from '../../experiment/accounting';
import { RUN_KINDS } from '../../experiment/run-kinds';
import { formatMetric } from '../../experiment/unmeasured';
import { type Mark, marksOf, paretoFront } from '../../store/comparison';
import type { SavedRun } from '../../store/saved-run';
import { ChartFigure, type LegendEntry } from '../charts/ChartFigure';
import { type Column, DataTable } from '../charts/DataTable';
import { type ColorScheme, isChosen, kindColor } from './looks';
import { type Quality, type Size, type StoredMark, sizeOf, TradeOffPlot } from './TradeOffPlot';

interface TradeOffRow extends StoredMark {
  readonly isOnFront: boolean;
}

const QUALITY_NAMES: Record<Quality, string> = { auc: 'AUC', logloss: 'Logloss' };
const CHOICE_NAMES: Record<StorageChoice, string> = { smallest: 'smallest format', ...FORMAT_NAMES };

const columnsOf = (choice: StorageChoice): readonly Column<TradeOffRow>[] => [
  { name: 'Run', read: ({ name }) => name },
  { name: 'Kind', read: ({ scheme }) => RUN_KINDS[scheme].name },
  { name: 'Parameters', read: ({ parameters }) => Math.round(parameters) },
  { name: `Stored bytes, ${CHOICE_NAMES[choice]}`, read: ({ stored }) => Math.round(stored.bytes) },
  { name: 'Stored as', read: ({ stored }) => FORMAT_NAMES[stored.format] },
  { name: 'Test AUC', read: ({ auc }) => formatMetric(auc.mean) },
  { name: '± AUC', read: ({ auc }) => auc.deviation },
  { name: 'Test logloss', read: ({ logloss }) => formatMetric(logloss.mean) },
  { name: '± logloss', read: ({ logloss }) => logloss.deviation },
  { name: 'Seeds', read: describeSeeds },
  { name: 'On the front', read: ({ isOnFront }) => (isOnFront ? 'yes' : '') },
];

interface TradeOffFigureProps {
  /** Of one data set, and its name for exports. */
  readonly runs: readonly SavedRun[];
  readonly data: string;
  readonly colorScheme: ColorScheme;
}

export function TradeOffFigure({ runs, data, colorScheme }: TradeOffFigureProps) {
  const [quality, setQuality] = useState<Quality>('auc');
  const [size, setSize] = useState<Size>('parameters');
  const [choice, setChoice] = useState<StorageChoice>('smallest');
  const columns = useMemo(() => columnsOf(choice), [choice]);
  const marks = useMemo(
    () =>
      marksOf(runs)
        .filter(({ parameters }) => parameters > 0)
        .map((mark) => (isChosen(mark.color, mark.scheme) ? mark : withKindColor(mark, colorScheme)))
        .map((mark): StoredMark => ({ ...mark, stored: storeTable(choice, mark.size, mark.parameters) })),
    [runs, colorScheme, choice],
  );
  const drawn = useMemo(() => marks.filter((mark) => Number.isFinite(mark[quality].mean)), [marks, quality]);
  const front = useMemo(
    () =>
      paretoFront(
        drawn,
        (mark) => sizeOf(mark, size),
        (mark) => goodness(mark, quality),
      ),
    [drawn, size, quality],
  );
  const missing = marks.length - drawn.length;
  const rows = marks.map((mark): TradeOffRow => ({ ...mark, isOnFront: front.includes(mark) }));
  const schemes = [...new Set(marks.map(({ scheme }) => scheme))];
  const sizeName = size === 'parameters' ? 'parameters' : `stored bytes, ${CHOICE_NAMES[choice]}`;

  return (
    <ChartFigure
      title={`${QUALITY_NAMES[quality]} against ${sizeName}`}
      data={data}
      caption={`Up and to the left is better. The line joins the runs that no other run beats in both. Bars: standard deviation over seeds.${size === 'bytes' ? ` ${describeChoice(choice)}` : ''}${describeMissing(missing, quality)}`}
      legend={[
        ...schemes.map(
          (scheme): LegendEntry => ({
            label: RUN_KINDS[scheme].name,
            color: kindColor(scheme, colorScheme),
            shape: 'dot',
          }),
        ),
        { label: 'Pareto front', color: 'var(--chart-axis)', shape: 'dashes' },
      ]}
      controls={
        <Group gap={4}>
          <Switch
            label="Quality"
            value={quality}
            options={QUALITY_NAMES}
            onChange={(next) => setQuality(next)}
          />
          <Switch
            label="Size"
            value={size}
            options={{ parameters: 'Parameters', bytes: 'Stored bytes' }}
            onChange={(next) => setSize(next)}
          />
          {size === 'bytes' && (
            <Switch
              label="Stored as"
              value={choice}
              options={{ smallest: 'Smallest', dense: 'Dense', csr: 'CSR', bitmask: 'Bit mask' }}
              onChange={(next) => setChoice(next)}
            />
          )}
        </Group>
      }
      emptyText={
        marks.length === 0
          ? 'No finished run yet. A full experiment puts a dozen points here.'
          : drawn.length === 0
            ? `Nothing to draw.${describeMissing(missing, quality)}`
            : null
      }
      renderData={() => (
        <DataTable
          data={data}
          caption="Finished runs, the same run of several seeds in one line"
          columns={columns}
          rows={rows}
          keyOf={({ key }) => key}
        />
      )}
    >
      <TradeOffPlot marks={drawn} front={front} quality={quality} size={size} sizeName={sizeName} />
    </ChartFigure>
  );
}

function describeChoice(choice: StorageChoice): string {
  const values = 'Values of 4 bytes each';
  switch (choice) {
    case 'smallest':
      return `${values}; each table as dense, CSR or bit mask, whichever takes least.`;
    case 'dense':
      return `${values}; zeros are stored too.`;
    case 'csr':
      return `${values}, CSR with indices of 4 bytes; a table with nothing pruned is dense.`;
    case 'bitmask':
      return `${values}, and a bit for each number of the table; a table with nothing pruned is dense.`;
    default:
      return choice satisfies never;
  }
}

/** More is better; null where nothing was measured. */
function goodness({ auc, logloss }: Mark, quality: Quality): number | null {
  if (quality === 'auc') return auc.mean;
  return logloss.mean === null ? null : -logloss.mean;
}

/** "3", or "2 of 3" where the AUC of one could not be computed. */
function describeSeeds({ runs, auc }: Mark): number | string {
  return auc.measured === runs.length ? runs.length : `${auc.measured} of ${runs.length}`;
}

function describeMissing(count: number, quality: Quality): string {
  if (count === 0) return '';
  const name = quality === 'auc' ? 'AUC' : 'logloss';
  const which = count === 1 ? 'One run has' : `${count} runs have`;
  return ` ${which} no ${name} that could be computed and ${count === 1 ? 'is' : 'are'} not drawn.`;
}

function withKindColor(mark: Mark, colorScheme: ColorScheme): Mark {
  return { ...mark, color: kindColor(mark.scheme, colorScheme) };
}

interface SwitchProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly options: Readonly<Record<Value, string>>;
  onChange(value: Value): void;
}

function Switch<Value extends string>({ label, value, options, onChange }: SwitchProps<Value>) {
  const values = Object.keys(options) as Value[];
  return (
    <SegmentedControl
      size="xs"
      aria-label={label}
      styles={{ label: { padding: '1px 8px' } }}
      value={value}
      data={values.map((each) => ({ value: each, label: options[each] }))}
      onChange={onChange}
    />
  );
}
