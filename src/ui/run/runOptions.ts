/** The entries of the list *Run shown*. Pure. */
import type { SavedRun } from '../../store/saved-run';
import { formatMoment } from '../format';

export interface RunGroup {
  /** Data set and start of an experiment. No two groups have the same: the list tells them apart by it. */
  readonly group: string;
  readonly items: { readonly value: string; readonly label: string }[];
}

/** A group for each experiment, and its runs in it: the newest first. */
export function runGroups(runs: readonly SavedRun[]): RunGroup[] {
  // Of runs that started in the same millisecond, the later in the list is the newer.
  const oldestFirst = runs.toSorted((a, b) => a.startedAt - b.startedAt);
  const experiments = new Map<string, SavedRun[]>();
  for (const run of oldestFirst) {
    const members = experiments.get(run.experiment);
    if (members) members.push(run);
    else experiments.set(run.experiment, [run]);
  }
  const numbers = new Map<string, number>();
  const groups = [...experiments.values()].map((members): RunGroup => {
    const [{ view, startedAt }] = members;
    const moment = `${view.start?.dataset.name ?? ''}, ${formatMoment(startedAt)}`;
    const number = (numbers.get(moment) ?? 0) + 1;
    numbers.set(moment, number);
    return {
      group: number === 1 ? moment : `${moment} (${number})`,
      items: members.map(({ id, name }) => ({ value: id, label: name })).reverse(),
    };
  });
  return groups.reverse();
}
