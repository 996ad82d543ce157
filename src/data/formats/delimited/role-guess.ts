/** What a column is, from its values in the whole file and from its name together; and why, in words. */
import { formatCount } from '../../format-count';
import { type ColumnFacts, MOST_COUNTED, type NumberFacts } from '../../table/column-facts';
import type { ColumnRole, ColumnSpec } from '../../table/table-spec';
import { declaredType, nameSays, namesRowNumbers } from './words';

/** A number with fewer different values than this is rather a code. */
const FEW_VALUES = 20;
/** Largest number by smallest from which on buckets of logarithms are fine enough. */
const SPREAD = 10;
/** Rows below which nothing is called unique. */
const ENOUGH_ROWS = 20;
/** Share of the rows from which on an estimated number of values is as good as one for each. */
const NEARLY_ALL = 0.95;
/** Ids repeat, and are about evenly spread between the smallest and the largest; counts and prices crowd at the small end. */
const REPEATS = 3;
const EVEN = { from: 0.35, to: 0.65 };

type Guess = Pick<ColumnSpec, 'role' | 'reason' | 'remark'>;

/** @param rows of the table. */
export function guessColumn(name: string, facts: ColumnFacts, rows: number): ColumnSpec {
  const bare = declaredType(name)?.name ?? name;
  return { name: bare, numbers: facts.style, ...guessRole(name, facts, rows) };
}

function guessRole(name: string, facts: ColumnFacts, rows: number): Guess {
  const { present, numbers, stranger } = facts;
  if (present === 0) return { role: 'ignore', reason: 'every row is empty' };
  if (namesRowNumbers(name) && isUnique(facts)) return { role: 'ignore', reason: 'it numbers the rows' };
  if (numbers?.countUp && present === rows && rows >= ENOUGH_ROWS && nameSays(name) !== 'measures') {
    return { role: 'ignore', reason: 'it counts up by one from row to row' };
  }
  const declared = declaredType(name)?.type;
  if (declared === 'float' && numbers) return { role: numberRole(numbers), reason: 'its header says float' };
  if (declared === 'float_seq') return { role: 'ignore', reason: 'it holds lists of numbers' };
  if (declared) return asCategory(facts, `its header says ${declared}`, lists(name, facts));
  if (numbers === null) {
    const reason = stranger
      ? `text and numbers: line ${formatCount(stranger.line)} has "${stranger.text.slice(0, 40)}"`
      : 'text';
    return asCategory(facts, reason, lists(name, facts));
  }
  return guessNumber(nameSays(name), facts, numbers);
}

function guessNumber(said: ReturnType<typeof nameSays>, facts: ColumnFacts, numbers: NumberFacts): Guess {
  const { present, distinct } = facts;
  const { areWhole, middle, smallest } = numbers;
  if (numbers.haveLeadingZeros) return asCategory(facts, 'numbers with zeros in front are codes');
  if (said === 'names' && areWhole)
    return asCategory(facts, 'whole numbers under a name that ids or codes have');
  if (said === 'time' || numbers.areTimes) return { role: 'quantile', reason: 'dates or times' };
  if (distinct <= FEW_VALUES) {
    const few = distinct === 1 ? 'only one number' : `only ${distinct} different numbers`;
    return { role: 'category', reason: few };
  }
  const isEven = middle >= EVEN.from && middle <= EVEN.to;
  const doRepeat = present >= REPEATS * distinct && distinct <= MOST_COUNTED;
  if (said !== 'measures' && areWhole && smallest >= 0 && isEven && doRepeat) {
    return { role: 'category', reason: 'whole numbers that repeat and are spread as ids are' };
  }
  return { role: numberRole(numbers), reason: areWhole ? 'whole numbers' : 'numbers' };
}

/** Logarithms tell numbers of one size, such as years or times, hardly apart. */
function numberRole({ areWhole, smallest, largest, areTimes }: NumberFacts): ColumnRole {
  return areWhole && !areTimes && smallest >= 0 && largest > SPREAD * smallest ? 'log' : 'quantile';
}

/** A category, if its values come again: what is learned of one that does not helps with no other row. */
function asCategory(facts: ColumnFacts, reason: string, remark?: string): Guess {
  if (isUnique(facts)) return { role: 'ignore', reason: 'every row has another value' };
  return { role: 'category', reason, ...(remark && { remark }) };
}

function isUnique({ present, distinct }: ColumnFacts): boolean {
  const all = distinct > MOST_COUNTED ? NEARLY_ALL * present : present;
  return present >= ENOUGH_ROWS && distinct >= all;
}

function lists(name: string, { list }: ColumnFacts): string | undefined {
  if (list === null) return undefined;
  return `${name} holds lists, such as "${list.slice(0, 40)}": each different list is one feature here.`;
}
