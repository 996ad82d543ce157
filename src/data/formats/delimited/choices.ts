/** Changes to the guessed choices, by column name: what the command line's options and the page's dialog say. */
import { UserError } from '../../errors';
import type { ColumnRole, TableChoices } from '../../table/plan';
import { binaryPair, guessPositive } from './guess';
import type { TablePreview } from './preview';

export interface ChoiceChanges {
  readonly label?: string;
  /** Values of the label that count as 1. */
  readonly positive?: readonly string[];
  /** Of number columns with equal buckets. */
  readonly buckets?: number;
  readonly roles: readonly {
    readonly role: Exclude<ColumnRole, 'label'>;
    readonly names: readonly string[];
  }[];
}

/** @throws UserError that names the column, or the value, that is not there. */
export function changeChoices(preview: TablePreview, changes: ChoiceChanges): TableChoices {
  let { choices } = preview;
  for (const { role, names } of changes.roles) {
    for (const name of names) choices = withRole(choices, columnOf(preview, name), role);
  }
  if (changes.label !== undefined) choices = withLabel(preview, choices, columnOf(preview, changes.label));
  if (changes.positive) choices = withPositive(preview, choices, changes.positive);
  return changes.buckets === undefined ? choices : { ...choices, buckets: changes.buckets };
}

export function withRole(choices: TableChoices, column: number, role: ColumnRole): TableChoices {
  const columns = choices.columns.map((each, c) => (c === column ? { ...each, role } : each));
  return { ...choices, columns };
}

/** Another label column; the one before it becomes a category, unless it is the same. */
export function withLabel(preview: TablePreview, choices: TableChoices, column: number): TableChoices {
  const columns = choices.columns.map((each, c) => {
    if (c === column) return { ...each, role: 'label' as const };
    return each.role === 'label' ? { ...each, role: 'category' as const } : each;
  });
  return { ...choices, columns, label: guessPositive(preview.values[column]) };
}

/**
 * The given values count as 1. Of two values the other one counts as 0, and rows with any third are skipped; of more,
 * all others count as 0.
 */
export function withPositive(
  preview: TablePreview,
  choices: TableChoices,
  positive: readonly string[],
): TableChoices {
  const column = choices.columns.findIndex(({ role }) => role === 'label');
  const pair = column < 0 ? null : binaryPair(preview.values[column]);
  const others = pair?.filter((value) => !positive.includes(value)) ?? [];
  return { ...choices, label: { positive, negative: others.length === 1 ? others : null } };
}

function columnOf({ name, choices }: TablePreview, wanted: string): number {
  const column = choices.columns.findIndex((each) => each.name === wanted);
  if (column >= 0) return column;
  const names = choices.columns.map((each) => each.name).join(', ');
  throw new UserError(`${name} has no column "${wanted}". Its columns: ${names}.`);
}
