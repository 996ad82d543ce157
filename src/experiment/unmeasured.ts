/** What is said where AUC or logloss is no number: which part lacks what, and by what a state was chosen instead. */
import { formatCount } from '../data/format-count';
import { SPLIT_PARTS, type SplitLabels, type SplitPart } from '../data/split';
import { CRITERIA, OFFICIAL_EVALUATION_ROWS, type Selected, type SelectionRule } from './selection';

/** Parts that metrics are measured on. */
type MeasuredPart = Exclude<SplitPart, 'train'>;

const MEASURED_PARTS = SPLIT_PARTS.filter((part): part is MeasuredPart => part !== 'train');

/** AUC or logloss as it is written everywhere: four decimals, or "–". */
export function formatMetric(value: number | null | undefined): string {
  return value === null || value === undefined || !Number.isFinite(value) ? '–' : value.toFixed(4);
}

/** Why a part has no AUC, to follow a colon ("validation has no row with label 1"); null where it has both labels. */
export function aucObstacle(part: SplitPart, labels: SplitLabels): string | null {
  const [zeros, ones] = labels[part];
  if (zeros + ones === 0) return `${part} has no rows`;
  if (ones === 0) return `${part} has no row with label 1`;
  return zeros === 0 ? `${part} has no row with label 0` : null;
}

/** What must be said beside a result; an empty list where everything was measured and chosen as the rule asks for. */
export function resultNotes(selected: Selected, rule: SelectionRule, labels: SplitLabels): string[] {
  const notes = MEASURED_PARTS.flatMap((part) => {
    const { auc, logloss } = selected[part];
    const obstacle = aucObstacle(part, labels);
    if (auc === null) {
      const why = obstacle ?? (logloss === null ? 'some predictions are not numbers' : noMixedBatch(part));
      return [`The ${part} AUC cannot be computed: ${why}.`];
    }
    return logloss === null ? [`The ${part} logloss is not finite: some predictions are infinite.`] : [];
  });
  if (rule === 'last' || selected.criterion === CRITERIA[rule.protocol][0]) return notes;
  return [
    ...notes,
    selected.criterion === null
      ? 'No epoch could be told from another: the last one is reported.'
      : `The epoch with the best ${selected.criterion} is reported instead.`,
  ];
}

function noMixedBatch(part: MeasuredPart): string {
  return `no batch of ${formatCount(OFFICIAL_EVALUATION_ROWS)} rows of ${part} has both labels`;
}
