/** Training loss and validation metrics side by side, in order of step. Pure. */
import type { EvaluationPoint, LossPoint } from '../../store/run';

/** What was not measured at a step is null. */
export interface QualityRow {
  readonly step: number;
  readonly epoch: number;
  readonly trainLoss: number | null;
  readonly auc: number | null;
  readonly logloss: number | null;
}

/** Both series in one, a row for each step that either of them has. */
export function mergeQuality(
  losses: readonly LossPoint[],
  evaluations: readonly EvaluationPoint[],
): QualityRow[] {
  const rows = new Map<number, QualityRow>();
  for (const { step, epoch, trainLoss } of losses) {
    rows.set(step, { step, epoch, trainLoss, auc: null, logloss: null });
  }
  for (const { step, epoch, auc, logloss } of evaluations) {
    rows.set(step, { step, epoch, trainLoss: rows.get(step)?.trainLoss ?? null, auc, logloss });
  }
  return [...rows.values()].sort((a, b) => a.step - b.step);
}
