/** "AUC against parameters": what a number saved costs, over all finished runs. */
import { Group, SegmentedControl } from '@mantine/core';
import { useMemo, useState } from 'react';
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
  { name: 'Test AUC', read: ({ auc }) => auc.mean.toFixed(4) },
  { name: '± AUC', read: ({ auc }) => auc.deviation },
  { name: 'Test logloss', read: ({ logloss }) => logloss.mean.toFixed(4) },
  { name: '± logloss', read: ({ logloss }) => logloss.deviation },
  { name: 'Seeds', read: ({ runs }) => runs.length },
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
  const front = useMemo(
    () =>
      paretoFront(
        marks,
        (mark) => mark[size],
        (mark) => (quality === 'auc' ? mark.auc.mean : -mark.logloss.mean),
      ),
    [marks, size, quality],
  );
  const rows = marks.map((mark): TradeOffRow => ({ ...mark, isOnFront: front.includes(mark) }));
  const schemes = [...new Set(marks.map(({ scheme }) => scheme))];

  return (
    <ChartFigure
      title="AUC against parameters"
      caption="Up and to the left is better. The line joins the runs that no other run beats in both. Bars: standard deviation over seeds."
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
        marks.length === 0 ? 'No finished run yet. A full experiment puts a dozen points here.' : null
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
      <TradeOffPlot marks={marks} front={front} quality={quality} size={size} />
    </ChartFigure>
  );
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
