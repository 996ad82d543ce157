/** "AUC against parameters": what a number saved costs, over all finished runs. */
import { Group, SegmentedControl } from '@mantine/core';
import { useMemo, useState } from 'react';
import { formatMetric } from '../../experiment/unmeasured';
import { type Mark, marksOf, paretoFront } from '../../store/comparison';
import type { SavedRun } from '../../store/savedRun';
import type { ResultScheme } from '../../worker/protocol';
import { ChartFigure, type LegendEntry } from '../charts/ChartFigure';
import { type Column, DataTable } from '../charts/DataTable';
import { type ColorScheme, isChosen, kindColor } from './looks';
import { TradeOffPlot } from './TradeOffPlot';

const SCHEME_NAMES: Record<ResultScheme, string> = {
  pep: 'search (PEP)',
  ticket: 'winning ticket',
  reinit: 're-initialised',
  rewind: 'full rewind',
  uniform: 'uniform embedding',
  magnitude: 'magnitude pruning',
  random: 'random mask',
};

export type Quality = 'auc' | 'logloss';
export type Size = 'parameters' | 'bytes';

interface TradeOffRow extends Mark {
  readonly isOnFront: boolean;
}

const COLUMNS: readonly Column<TradeOffRow>[] = [
  { name: 'Run', read: ({ name }) => name },
  { name: 'Kind', read: ({ scheme }) => SCHEME_NAMES[scheme] },
  { name: 'Parameters', read: ({ parameters }) => Math.round(parameters) },
  { name: 'Bytes', read: ({ bytes }) => Math.round(bytes) },
  { name: 'Test AUC', read: ({ auc }) => formatMetric(auc.mean) },
  { name: '± AUC', read: ({ auc }) => auc.deviation },
  { name: 'Test logloss', read: ({ logloss }) => formatMetric(logloss.mean) },
  { name: '± logloss', read: ({ logloss }) => logloss.deviation },
  { name: 'Seeds', read: describeSeeds },
  { name: 'On the front', read: ({ isOnFront }) => (isOnFront ? 'yes' : '') },
];

interface TradeOffFigureProps {
  readonly runs: readonly SavedRun[];
  readonly colorScheme: ColorScheme;
}

export function TradeOffFigure({ runs, colorScheme }: TradeOffFigureProps) {
  const [quality, setQuality] = useState<Quality>('auc');
  const [size, setSize] = useState<Size>('parameters');
  const marks = useMemo(
    () =>
      marksOf(runs)
        .filter(({ parameters }) => parameters > 0)
        .map((mark) => (isChosen(mark.color, mark.scheme) ? mark : withKindColor(mark, colorScheme))),
    [runs, colorScheme],
  );
  const drawn = useMemo(() => marks.filter((mark) => mark[quality].mean !== null), [marks, quality]);
  const front = useMemo(
    () =>
      paretoFront(
        drawn,
        (mark) => mark[size],
        (mark) => goodness(mark, quality),
      ),
    [drawn, size, quality],
  );
  const missing = marks.length - drawn.length;
  const rows = marks.map((mark): TradeOffRow => ({ ...mark, isOnFront: front.includes(mark) }));
  const schemes = [...new Set(marks.map(({ scheme }) => scheme))];

  return (
    <ChartFigure
      title="AUC against parameters"
      caption={`Up and to the left is better. The line joins the runs that no other run beats in both. Bars: standard deviation over seeds.${describeMissing(missing, quality)}`}
      legend={[
        ...schemes.map(
          (scheme): LegendEntry => ({
            label: SCHEME_NAMES[scheme],
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
            options={{ auc: 'AUC', logloss: 'Logloss' }}
            onChange={(next) => setQuality(next)}
          />
          <Switch
            label="Size"
            value={size}
            options={{ parameters: 'Parameters', bytes: 'Stored bytes' }}
            onChange={(next) => setSize(next)}
          />
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
          caption="Finished runs, the same run of several seeds in one line"
          columns={COLUMNS}
          rows={rows}
          keyOf={({ key }) => key}
        />
      )}
    >
      <TradeOffPlot marks={drawn} front={front} quality={quality} size={size} />
    </ChartFigure>
  );
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
