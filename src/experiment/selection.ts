/**
 * Which state of a run is reported, and when a run that gets no better is stopped. Evaluated once an epoch or so; the
 * test split is only looked at when the validation split says so, except by the paper's protocol.
 */
import type { Split } from '../data/split';
import { batchMeanAuc, type Metrics, measure } from '../training/metrics';
import type { Trainer } from '../training/trainer';
import type { Protocol } from './settings';

/** Batches over which the official code averages its AUC. */
const OFFICIAL_EVALUATION_ROWS = 1_024;

/** The reported state. */
export interface Selected {
  readonly validation: Metrics;
  readonly test: Metrics;
  readonly step: number;
}

/** "last": the state in which the run ends counts (a search). Else the best, and the run ends `patience` epochs after it. */
export type SelectionRule = 'last' | { readonly protocol: Protocol; readonly patience: number };

export class Selection {
  private best: { readonly score: number; readonly selected: Selected } | null = null;
  private lastStep = 0;

  constructor(
    private readonly rule: SelectionRule,
    private readonly trainer: Trainer,
    private readonly split: Split,
  ) {}

  /** Measures the present state; returns its quality on the validation split and whether it is the best so far. */
  async evaluate(): Promise<{ validation: Metrics; isBest: boolean }> {
    const { trainer, split, rule } = this;
    this.lastStep = trainer.step;
    const validation = await trainer.evaluate(split.validation);
    if (rule === 'last') return { validation, isBest: true };
    let test: Metrics | null = null;
    let score = validation.auc;
    if (rule.protocol === 'paper') {
      const { logits, labels } = await trainer.predict(split.test);
      score = batchMeanAuc(logits, labels, OFFICIAL_EVALUATION_ROWS);
      test = { ...measure(logits, labels), auc: score };
    }
    const isBest = this.best === null || score > this.best.score;
    if (isBest) {
      test ??= await trainer.evaluate(split.test);
      this.best = { score, selected: { validation, test, step: trainer.step } };
    }
    return { validation, isBest };
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
    const { trainer, split } = this;
    return {
      validation: await trainer.evaluate(split.validation),
      test: await trainer.evaluate(split.test),
      step: trainer.step,
    };
  }

  /** False where the best state was the last one evaluated. */
  get hasConverged(): boolean {
    return this.rule === 'last' || (this.best !== null && this.best.selected.step < this.lastStep);
  }
}
