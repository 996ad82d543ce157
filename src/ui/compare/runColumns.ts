/** What the runs table shows of a run, and how it sorts. Pure. */

import { isRead } from '../../experiment/read-settings';
import { dataName } from '../../experiment/same-data';
import { settingOf } from '../../experiment/setting-table';
import type { RunConfig } from '../../experiment/settings';
import { formatMetric } from '../../experiment/unmeasured';
import { MODELS } from '../../models/catalogue';
import { isActive } from '../../store/run';
import type { SavedRun } from '../../store/saved-run';
import type { RunResult } from '../../worker/protocol';
import { formatCount, formatMoment } from '../format';

export interface RunColumn {
  readonly name: string;
  /** What is sorted by; null comes last. */
  value(run: SavedRun): number | string | null;
  text(run: SavedRun): string;
  /** Why a finished run has no such number; null where it has one. */
  absence?(run: SavedRun): string | null;
  /** In which the selected runs differ. */
  readonly isDiffering?: boolean;
}

const result = ({ view }: SavedRun) => view.finish?.result ?? null;

function number(
  name: string,
  value: (run: SavedRun) => number | null,
  format: (value: number) => string,
): RunColumn {
  return {
    name,
    value,
    text: (run) => {
      const read = value(run);
      return read === null ? '–' : format(read);
    },
  };
}

/** A metric of the result, which may not have been measurable. */
function metric(name: string, read: (result: RunResult) => number | null): RunColumn {
  const value = (run: SavedRun) => {
    const measured = result(run);
    return measured && read(measured);
  };
  return {
    ...number(name, value, formatMetric),
    absence: (run) => {
      const measured = result(run);
      if (!measured || read(measured) !== null) return null;
      return measured.notes?.join(' ') ?? 'It could not be computed.';
    },
  };
}

export const RUN_COLUMNS: readonly RunColumn[] = [
  { name: 'Name', value: ({ name }) => name, text: ({ name }) => name },
  number('Parameters', (run) => result(run)?.parameters ?? run.view.parameters, formatCount),
  metric('Test AUC', ({ testAuc }) => testAuc),
  metric('Test logloss', ({ testLogloss }) => testLogloss),
  metric('Validation AUC', ({ validAuc }) => validAuc),
  text('Data', ({ view }) => (view.start ? dataName(view.start.dataset) : '–')),
  text('Model', ({ view }) => (view.start ? MODELS[view.start.config.model].label : '–')),
  number('Seed', ({ view }) => view.start?.config.seed ?? null, String),
  text('State', describeState),
  { name: 'Started', value: ({ startedAt }) => startedAt, text: ({ startedAt }) => formatMoment(startedAt) },
];

function text(name: string, read: (run: SavedRun) => string): RunColumn {
  return { name, value: read, text: read };
}

/** A column for a setting in which the selected runs differ, unless the table has it anyway; "–" where a run reads none. */
export function settingColumns(names: readonly (keyof RunConfig)[]): RunColumn[] {
  return names
    .filter((name) => name !== 'seed' && name !== 'model')
    .map((name) => ({
      name: settingOf(name).label,
      isDiffering: true,
      value: (run) => {
        const value = readValue(run, name);
        return typeof value === 'number' || value === null ? value : describeValue(name, value);
      },
      text: (run) => describeValue(name, readValue(run, name)),
    }));
}

/** Null where the run's scheme and model do not read the setting. */
function readValue<Name extends keyof RunConfig>({ view }: SavedRun, name: Name): RunConfig[Name] | null {
  const config = view.start?.config;
  return config && isRead(name, config) ? (config[name] ?? null) : null;
}

/** As the form has it: a choice by its label. */
function describeValue(name: keyof RunConfig, value: RunConfig[keyof RunConfig] | null): string {
  const setting = settingOf(name);
  if (value === null) return '–';
  if (setting.kind === 'choice') return setting.options[String(value)]?.label ?? String(value);
  return String(value).replaceAll(',', ', ');
}

export function describeState({ view }: SavedRun): string {
  const { status, finish, error, step } = view;
  if (status === 'cut') return error ?? 'Cut off';
  if (status === 'failed') return `Failed at step ${formatCount(step)}`;
  if (isActive(status)) return `Under way, step ${formatCount(step)}`;
  if (finish?.reason === 'cancelled') return `Stopped at step ${formatCount(step)}`;
  return 'Finished';
}

/** Whether all words of the filter occur in what the table shows of a run, in its notes or its settings. */
export function matches(run: SavedRun, filter: string, columns: readonly RunColumn[]): boolean {
  const shown = columns.map((column) => column.text(run));
  const scheme = run.view.start?.run.scheme ?? '';
  const granularity = run.view.start?.config.granularity ?? '';
  const all = [...shown, run.notes, scheme, granularity].join(' ').toLowerCase();
  return filter
    .toLowerCase()
    .split(/\s+/)
    .every((word) => all.includes(word));
}

export function sortRuns(runs: readonly SavedRun[], column: RunColumn, isDescending: boolean): SavedRun[] {
  const sign = isDescending ? -1 : 1;
  return [...runs].sort((a, b) => {
    const [x, y] = [column.value(a), column.value(b)];
    if (x === null || y === null) return x === y ? 0 : x === null ? 1 : -1;
    if (typeof x === 'number' && typeof y === 'number') return sign * (x - y);
    return sign * String(x).localeCompare(String(y), 'en', { numeric: true });
  });
}
