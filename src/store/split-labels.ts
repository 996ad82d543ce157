/**
 * How many rows of each label are in each part of the split that the settings ask for. The worker counts, and only where
 * a part may lack a label. Framework-free.
 */
import { mayLackLabels } from '../experiment/label-checks';
import { readNumber } from '../experiment/setting-text';
import { runConfigSchema } from '../experiment/settings';
import type { TrainerClient } from '../worker/client';
import type { LoadedDataset, SplitKind, SplitLabels } from '../worker/protocol';
import type { Draft } from './draft';

export interface SplitLabelsState {
  /** Of the present data set and settings; null: not known yet, or not worth a count. */
  readonly splitLabels: SplitLabels | null;
}

/** What a split depends on. */
interface SplitState {
  readonly dataset: LoadedDataset | null;
  readonly draft: Pick<Draft, 'seed' | 'split'>;
}

const splitSchema = runConfigSchema.pick({ seed: true, split: true });

/** Answers, at every change of the state, the counts of its split to `tell`; null as soon as they are out of date. */
export function createLabelCounter(
  client: () => TrainerClient | null,
  tell: (labels: SplitLabels | null) => void,
): (state: SplitState, previous: SplitState) => void {
  /** Answers to any other question than the newest are not heard. */
  let question = 0;

  async function count(setting: { seed: number; split: SplitKind }): Promise<void> {
    const number = ++question;
    try {
      const labels = await client()?.splitLabels(setting);
      if (labels && number === question) tell(labels);
    } catch {
      // Without a count there is no warning; a worker's death is reported elsewhere, and training refuses what it must.
    }
  }

  return ({ dataset, draft }, previous) => {
    const isSame =
      dataset === previous.dataset &&
      draft.seed === previous.draft.seed &&
      draft.split === previous.draft.split;
    if (isSame) return;
    question++;
    tell(null);
    const setting = splitSchema.safeParse({ seed: readNumber(draft.seed), split: draft.split });
    if (!dataset || !setting.success) return;
    const { rows, positiveRate } = dataset.summary;
    if (mayLackLabels(rows, positiveRate)) void count(setting.data);
  };
}
