/**
 * Which state of a run is reported, and when a run that gets no better is stopped. Evaluated once an epoch or so; the
 * test split is only looked at when the validation split says so, except by the paper's protocol.
 *
 * The untrained state of step 0 is measured, but never reported. What cannot be measured (null) is never the best.
 */
import type { Split } from '../data/split';
import { batchMeanAuc, type Metrics, measure } from '../training/metrics';
import type { Trainer } from '../training/trainer';
import type { Protocol } from './settings';

/** Batches over which the official code averages its AUC. */
export const OFFICIAL_EVALUATION_ROWS = 1_024;

/** What states are compared by. */
export type Criterion = 'batch-mean test AUC' | 'validation AUC' | 'validation logloss';

/** The reported state. */
export interface Selected {
  readonly validation: Metrics;
  readonly test: Metrics;
  readonly step: number;
  /** What it is the best by; null: it is the last one, whatever it is worth. */
  readonly criterion: Criterion | null;
}

/** "last": the state in which the run ends counts (a search). Else the best, and the run ends `patience` epochs after it. */
export type SelectionRule = 'last' | { readonly protocol: Protocol; readonly patience: number };

/** What each protocol compares; where the labels do not allow it, the next best is compared instead. */
export const CRITERIA: Record<Protocol, readonly Criterion[]> = {
  validation: ['validation AUC', 'validation logloss'],
  paper: ['batch-mean test AUC', 'validation AUC', 'validation logloss'],
};

export class Selection {
  private best: { readonly score: number; readonly selected: Selected } | null = null;
  private lastStep = 0;
  /** Settled once, by the first state that can be measured at all: scores of two kinds cannot be compared. */
  private criterion: Criterion | null = null;

  constructor(
    private readonly rule: SelectionRule,
    private readonly trainer: Trainer,
    private readonly split: Split,
  ) {}

  /** Measures the present state; returns its quality on the validation split and whether it would be reported so far. */
  async evaluate(): Promise<{ validation: Metrics; isReported: boolean }> {
    const { trainer, split, rule } = this;
    const { step } = trainer;
    this.lastStep = step;
    const validation = await trainer.evaluate(split.validation);
    if (rule === 'last') return { validation, isReported: true };
    const test = rule.protocol === 'paper' ? await this.officialTest() : null;
    const scores: Record<Criterion, number | null> = {
      'batch-mean test AUC': test?.auc ?? null,
      'validation AUC': validation.auc,
      'validation logloss': validation.logloss === null ? null : -validation.logloss,
    };
    this.criterion ??= CRITERIA[rule.protocol].find((each) => scores[each] !== null) ?? null;
    const { criterion } = this;
    const score = criterion && scores[criterion];
    if (step === 0 || score === null) return { validation, isReported: step > 0 && this.best === null };
    const isBest = this.best === null || score > this.best.score;
    if (isBest) {
      const measured = test ?? (await trainer.evaluate(split.test));
      this.best = { score, selected: { validation, test: measured, step, criterion } };
    }
    return { validation, isReported: isBest };
  }

  /** True once the run has gone `patience` epochs without a better state. */
  get isExhausted(): boolean {
    if (this.rule === 'last' || !this.best) return false;
    const stepsWithout = this.lastStep - this.best.selected.step;
    return stepsWithout >= this.rule.patience * this.trainer.stepsPerEpoch;
  }

  /** The reported state, after the last evaluation. */
  async result(): Promise<Selected> {
    if (this.best) return this.best.selected;
    const { trainer, split, rule } = this;
    return {
      validation: await trainer.evaluate(split.validation),
      test:
        rule !== 'last' && rule.protocol === 'paper'
          ? await this.officialTest()
          : await trainer.evaluate(split.test),
      step: trainer.step,
      criterion: null,
    };
  }

  /** False where the best state was the last one evaluated, or where it was not chosen by what the rule asks for. */
  get hasConverged(): boolean {
    const { rule, best } = this;
    if (rule === 'last') return true;
    if (best?.selected.criterion !== CRITERIA[rule.protocol][0]) return false;
    return best.selected.step < this.lastStep;
  }

  /** The test split as the official code measures it. */
  private async officialTest(): Promise<Metrics> {
    const { logits, labels } = await this.trainer.predict(this.split.test);
    return { ...measure(logits, labels), auc: batchMeanAuc(logits, labels, OFFICIAL_EVALUATION_ROWS) };
  }
}
