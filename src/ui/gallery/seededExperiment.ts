/** Experiments for the examples across runs: a search, the dense model, and what was made of each ticket, for some seeds. */
import { createRandom } from '../../data/random';
import { denseDescription, FULL, followingRuns } from '../../experiment/plan';
import type { RunConfig } from '../../experiment/settings';
import { createSavedRun, type SavedRun, unusedName } from '../../store/saved-run';
import type { LoadedDataset } from '../../worker/protocol';
import { type RunSketch, seededRun } from './seededRun';

const STARTED_AT = Date.UTC(2026, 0, 5, 10);
const SECOND_MS = 1_000;

/** A kept run. */
export function seededSavedRun(sketch: RunSketch, id: string, others: readonly SavedRun[] = []): SavedRun {
  const view = seededRun(sketch);
  if (!view.start) throw new Error('A run of the gallery has started.');
  const experiment = `experiment ${view.start.config.seed}`;
  const startedAt = STARTED_AT + others.length * 30 * SECOND_MS;
  const run = createSavedRun(view.start, experiment, startedAt);
  return { ...run, id, name: unusedName(run.name, others), view };
}

interface ExperimentSketch {
  readonly dataset: LoadedDataset;
  readonly seeds?: readonly number[];
  readonly config?: Partial<RunConfig>;
}

/** The runs of a full experiment, in order; what is large or a ticket has the better AUC. */
export function seededExperiment({ dataset, seeds = [1], config = {} }: ExperimentSketch): SavedRun[] {
  const runs: SavedRun[] = [];
  for (const seed of seeds) {
    const settings = { ...config, seed };
    const random = createRandom(seed, 'gallery AUC');
    const add = (sketch: Omit<RunSketch, 'dataset'>) => {
      runs.push(seededSavedRun({ dataset, config: settings, ...sketch }, `run ${runs.length}`, runs));
    };
    add({ auc: 0.792 + 0.004 * random.normal() });
    const start = runs[runs.length - 1].view.start;
    if (!start) throw new Error('A run of the gallery has started.');
    const { tableSize, config: full } = start;
    const dense = denseDescription(full).id;
    for (const { id, label, scheme, target } of followingRuns(full, FULL, full.targets.slice(0, 3))) {
      const left = target === null ? 1 : target / tableSize;
      const isTicket = scheme === 'ticket' || id === dense;
      const auc = 0.8 - (isTicket ? 0.002 : 0.006) * Math.log2(1 / left) + 0.002 * random.normal();
      add({ kind: scheme, id, label, target, left, auc });
    }
  }
  return runs;
}
