/** Changes to the guessed choices, by column name: what the command line's options and the page's dialog say. */
import { UserError } from '../../errors';
import { listed } from '../../listed';
import type { Origin } from '../../origin';
import { describeLabel, describePositives, quoted } from '../../table/label';
import { isMissing } from '../../table/number-text';
import {
  type ColumnRole,
  DEFAULT_BUCKETS,
  FEWEST_BUCKETS,
  MOST_BUCKETS,
  type TableChoices,
} from '../../table/table-spec';
import { binaryPair, guessPositive, labelOfValues, readThreshold } from './label-guess';
import { splitNames } from './names';
import type { TablePreview } from './preview';
import { declaredType } from './words';

export interface ChoiceChanges {
  readonly label?: string;
  /** Values of the label that count as 1, or a threshold such as ">3"; lists of them with commas between. */
  readonly positive?: readonly string[];
  /** Of number columns with equal buckets. */
  readonly buckets?: number;
  readonly roles: readonly {
    readonly role: Exclude<ColumnRole, 'label'>;
    /** Names of columns, or lists of them with commas between. */
    readonly names: readonly string[];
  }[];
}

/** @throws UserError that names the column, or the value, that is not there. */
export function changeChoices(preview: TablePreview, changes: ChoiceChanges): TableChoices {
  let { choices } = preview;
  for (const { role, names } of changes.roles) {
    for (const name of columnsOf(preview, names)) choices = withRole(choices, columnOf(preview, name), role);
  }
  if (changes.label !== undefined) choices = withLabel(preview, choices, columnOf(preview, changes.label));
  if (changes.positive) choices = withPositive(preview, choices, changes.positive);
  return changes.buckets === undefined ? choices : { ...choices, buckets: changes.buckets };
}

/** Somebody has said so: the reason of the guess no longer holds. */
export function withRole(choices: TableChoices, column: number, role: ColumnRole): TableChoices {
  const columns = choices.columns.map((each, c) => {
    if (c !== column || each.role === role) return each;
    const { reason: _, ...rest } = each;
    return { ...rest, role };
  });
  return { ...choices, columns };
}

/** Another label column; the one before it becomes what it would be without being the label, unless it is the same. */
export function withLabel(preview: TablePreview, choices: TableChoices, column: number): TableChoices {
  const columns = choices.columns.map((each, c) => {
    if (c === column || each.role !== 'label') return each;
    return preview.columns[c];
  });
  return {
    ...withRole({ ...choices, columns }, column, 'label'),
    label: guessPositive(choices.columns[column].name, preview.facts[column]),
  };
}

/**
 * The given values count as 1 and the others as 0; or, where the only one is a threshold, the numbers beyond it.
 * @throws UserError for a word that stands for a missing value.
 */
export function withPositive(
  preview: TablePreview,
  choices: TableChoices,
  positive: readonly string[],
): TableChoices {
  const column = choices.columns.findIndex(({ role }) => role === 'label');
  if (column < 0) return choices;
  const facts = preview.facts[column];
  const threshold = positive.length === 1 ? readThreshold(positive[0], facts) : null;
  if (threshold) return { ...choices, label: threshold };
  const known = new Set(facts.values.map(({ value }) => value));
  const values = splitNames(positive, (value) => known.has(value));
  const missing = values.find((value) => isMissing(value) && !known.has(value));
  if (missing !== undefined) {
    throw new UserError(
      `${preview.name}: ${quoted(missing)} says that there is no value in ${choices.columns[column].name}, so it cannot count as 1. Its rows are left out.`,
    );
  }
  return { ...choices, label: labelOfValues(facts, values) };
}

/** What is still missing, as a sentence that says what to do; null: nothing. */
export function choicesProblem(choices: TableChoices): string | null {
  const { columns, label, rare, buckets = DEFAULT_BUCKETS } = choices;
  const column = columns.find(({ role }) => role === 'label');
  if (!column) return 'No column looks like a label. Say which column holds it.';
  if (label.kind === 'values' && label.positive.length === 0) {
    return `Say which values of ${column.name} count as 1.`;
  }
  if (label.kind === 'threshold' && !Number.isFinite(label.bound)) {
    return `Say as a number where the values of ${column.name} that count as 1 begin.`;
  }
  if (columns.every(({ role }) => role === 'label' || role === 'ignore')) {
    return 'Use at least one column to learn from.';
  }
  if (!Number.isInteger(rare) || rare < 1) {
    return 'Say in fewer than how many rows a value is rare, as a whole number; 1: none is.';
  }
  const isCount = Number.isInteger(buckets) && buckets >= FEWEST_BUCKETS && buckets <= MOST_BUCKETS;
  if (columns.some(({ role }) => role === 'quantile') && !isCount) {
    return `Say how many equal buckets, as a whole number: ${FEWEST_BUCKETS} to ${MOST_BUCKETS}.`;
  }
  return null;
}

/** Columns of two values, and a few of their values: what a label may be, for a message. */
export function labelCandidates({ choices, facts }: TablePreview): string[] {
  return choices.columns.flatMap(({ name }, c) => {
    const pair = binaryPair(facts[c].values);
    return pair ? [`${name} (${pair.map(quoted).join(' and ')})`] : [];
  });
}

/** Columns that a sentence lists before "and 3 more". */
const LISTED = 12;

/** How the table is read, as sentences: the label's rule, what the columns are, and what is left out and why. */
export function describeChoices({ columns, label }: TableChoices): string[] {
  const of = (...roles: ColumnRole[]) => columns.filter(({ role }) => roles.includes(role));
  const labelName = of('label')[0]?.name ?? 'none';
  const left = of('ignore');
  const uses = [
    { as: 'categories', used: of('category') },
    { as: 'numbers in buckets', used: of('log', 'quantile') },
  ].filter(({ used }) => used.length > 0);
  const used = uses.map(
    ({ as, used }) =>
      `${listed(
        used.map(({ name }) => name),
        LISTED,
      )} as ${as}`,
  );
  return [
    describeLabel(labelName, label),
    ...(used.length > 0 ? [`Learned from: ${used.join('; ')}.`] : []),
    ...(left.length > 0
      ? [
          `Left out: ${listed(
            left.map(({ name, reason = 'as chosen' }) => `${name} (${reason})`),
            LISTED,
          )}.`,
        ]
      : []),
    ...columns.flatMap(({ role, remark }) => (remark && role === 'category' ? [remark] : [])),
  ];
}

const ROLE_WORDS = { category: 'category', log: 'log² buckets', quantile: 'equal buckets' };

/** What was chosen, to tell two readings of a table apart. */
export function originOf({ columns, label, buckets = DEFAULT_BUCKETS }: TableChoices): Origin {
  const labelName = columns.find(({ role }) => role === 'label')?.name ?? 'none';
  const used = columns.flatMap(({ name, role }) =>
    role === 'ignore' || role === 'label' ? [] : [`${name} as ${ROLE_WORDS[role]}`],
  );
  return {
    label: `${labelName} ${label.kind === 'threshold' ? '' : '= '}${describePositives(label)}`,
    columns: listed(used, LISTED),
    ...(columns.some(({ role }) => role === 'quantile') && { buckets: String(buckets) }),
  };
}

function columnsOf({ choices }: TablePreview, words: readonly string[]): string[] {
  const names = new Set(choices.columns.map(({ name }) => name));
  return splitNames(words, (name) => names.has(name));
}

/** By its name, or by its name as the header has it, with its type. */
function columnOf({ name, choices }: TablePreview, wanted: string): number {
  const bare = declaredType(wanted)?.name ?? wanted;
  for (const each of [wanted, wanted.trim(), bare]) {
    const column = choices.columns.findIndex((column) => column.name === each);
    if (column >= 0) return column;
  }
  const names = listed(
    choices.columns.map((each) => each.name),
    LISTED,
  );
  throw new UserError(`${name} has no column "${wanted}". Its columns: ${names}.`);
}
