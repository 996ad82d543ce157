/** A run as it is kept: what was recorded, and what the user calls it. Pure. */
import { formatCount } from '../data/format-count';
import { type ColorRole, RUN_KINDS, type RunKindId } from '../experiment/run-kinds';
import { planSearch } from '../experiment/search';
import type { RunStarted } from '../worker/protocol';
import { IDLE_RUN, isActive, type RunView, reduceRun } from './run';
import type { RunRecord } from './run-record';

export interface SavedRun extends Omit<RunRecord, 'view'> {
  readonly view: RunView;
}

/** What the user may change of a run that is kept. */
export type RunEdit = Partial<Pick<SavedRun, 'name' | 'color' | 'isHidden' | 'notes'>>;

/** Colours that can be told apart on both schemes, one for each role. */
const COLORS: Readonly<Record<ColorRole, string>> = {
  search: '#4b6fe0',
  baseline: '#868e96',
  ticket: '#9c36b5',
  'ticket-2': '#d6409f',
  'ticket-3': '#7048b8',
  control: '#c27a12',
  'control-2': '#2b8a9e',
  'shared-rows': '#2f9e44',
};

/** The colour of a kind of run. */
export function ownColor(kind: RunKindId): string {
  return COLORS[RUN_KINDS[kind].color];
}

/** An id that no other run has. `crypto.randomUUID` is missing on pages that are not secure. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

export function createSavedRun(start: RunStarted, experiment: string, startedAt: number): SavedRun {
  return {
    id: newId(),
    experiment,
    startedAt,
    name: start.run.label,
    color: ownColor(start.run.scheme),
    isHidden: false,
    notes: '',
    view: reduceRun({ ...IDLE_RUN, status: 'starting' }, start),
  };
}

/** The name, or the name and a number where others have it already: "Search (2)". */
export function unusedName(name: string, others: readonly SavedRun[]): string {
  const taken = new Set(others.map((run) => run.name));
  let unused = name;
  for (let number = 2; taken.has(unused); number++) unused = `${name} (${number})`;
  return unused;
}

/** A run that was under way when its page ended. */
export function cutOff(view: RunView): RunView {
  if (!isActive(view.status)) return view;
  const error = `Stopped by a reload or a closed tab at step ${formatCount(view.step)}.`;
  return { ...view, status: 'cut', msLeft: null, error };
}

/** The search's own place among the runs of its experiment. */
export function isSearch({ view }: SavedRun): boolean {
  const { start } = view;
  return start !== null && start.run.id === planSearch(start.config).description.id;
}
