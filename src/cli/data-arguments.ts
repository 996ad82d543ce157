/** The command line's options about data: which file, and how it is read. */
import { UserError } from '../data/errors';
import type { ChoiceChanges } from '../data/formats/delimited/choices';
import { readSeparator } from '../data/formats/delimited/separators';
import { DEFAULT_BUCKETS, FEWEST_BUCKETS, MOST_BUCKETS, type RowLimit } from '../data/table/table-spec';
import { readNumber } from '../experiment/setting-text';

export interface DataRequest {
  /** "sample" or a path. */
  readonly dataset: string;
  /** Path of a file in an archive or a folder; absent: the only one that can be meant. */
  readonly file?: string;
  readonly sampleSeed: number;
  readonly withIds: boolean;
  /** Absent: the format's own. */
  readonly rare?: number;
  readonly limit?: RowLimit;
  /** For a table of no known format: what differs from the guess. */
  readonly changes: ChoiceChanges;
  /** Such a table's separator, where the guess is wrong. */
  readonly separator?: string;
  readonly header?: boolean;
  /** Options about columns and text that were given, e.g. "--label": a file of a known format has no use for them. */
  readonly tableOptions: readonly string[];
}

/** What the command line was: options that may come again are lists. */
export type OptionValues = Record<string, string | boolean | string[] | undefined>;

const LISTS = {
  categories: 'category',
  numeric: 'log',
  quantile: 'quantile',
  ignore: 'ignore',
} as const;

export const DATA_USAGE = `  --dataset sample|FILE|FOLDER generated sample, MovieLens, Criteo, Avazu, or any
                               delimited text, also as .gz, .zip or .tar         [sample]
  --file NAME                  the table in an archive or a folder that holds several
  --with-ids                   MovieLens: keep user and movie ids as fields
  --sample-seed N              seed of the generated sample                      [1]
  --rows N                     read the first N rows only
  --random-rows N              keep N rows drawn at random, by --rows-seed N     [1]
  --rare N                     values in fewer than N rows share one feature     [10 for Criteo and Avazu]
  --label NAME                 delimited text: the column with the label         [guessed, as all of these]
  --positive A,B,…|">3"        its values that count as 1, or a threshold: >, >=, <, <=
  --categories A,B,…           columns whose every value is a feature; these lists may be given several times
  --numeric A,B,…              numbers, in buckets of log²
  --quantile A,B,…             numbers, in buckets of equally many rows
  --buckets N                  so many of these, 2 to 256                        [${DEFAULT_BUCKETS}]
  --ignore A,B,…               columns to leave out
  --separator CHARACTERS       what separates cells: ";", "::", "tab", "space" (any run of them), "\\x01"
  --[no-]header                whether the first line names the columns`;

const text = { type: 'string' } as const;
const texts = { type: 'string', multiple: true } as const;
const flag = { type: 'boolean' } as const;

/** For node:util's parseArgs. */
export const DATA_OPTIONS = {
  dataset: text,
  file: text,
  'with-ids': flag,
  'sample-seed': text,
  rows: text,
  'random-rows': text,
  'rows-seed': text,
  rare: text,
  label: text,
  positive: texts,
  categories: texts,
  numeric: texts,
  quantile: texts,
  buckets: text,
  ignore: texts,
  separator: text,
  header: flag,
};

/** Those that say what is in a table of no known format. */
const TABLE_OPTIONS = ['label', 'positive', ...Object.keys(LISTS), 'buckets', 'separator', 'header'];

/** @throws UserError of one line that says which option is wrong. */
export function parseDataArguments(values: OptionValues): DataRequest {
  const word = (name: string) => (values[name] === undefined ? undefined : String(values[name]));
  const list = (name: string) => [values[name] ?? []].flat().map(String);
  refuseUnused(word('dataset') ?? 'sample', values);
  const label = word('label');
  const positive = list('positive');
  const rare = word('rare');
  const buckets = word('buckets');
  const separator = word('separator');
  const file = word('file');
  const limit = rowLimit(word('rows'), word('random-rows'), word('rows-seed'));
  return {
    dataset: word('dataset') ?? 'sample',
    ...(file !== undefined && { file }),
    sampleSeed: toWhole(word('sample-seed') ?? '1', '--sample-seed', 0),
    withIds: values['with-ids'] === true,
    ...(rare !== undefined && { rare: toWhole(rare, '--rare', 1) }),
    ...(limit && { limit }),
    ...(separator !== undefined && { separator: toSeparator(separator) }),
    ...(typeof values.header === 'boolean' && { header: values.header }),
    tableOptions: given(values, TABLE_OPTIONS),
    changes: {
      ...(label !== undefined && { label }),
      ...(positive.length > 0 && { positive }),
      ...(buckets !== undefined && { buckets: toBuckets(buckets) }),
      roles: Object.entries(LISTS).map(([name, role]) => ({ role, names: list(name) })),
    },
  };
}

function given(values: OptionValues, names: readonly string[]): string[] {
  return names.filter((name) => values[name] !== undefined).map((name) => `--${name}`);
}

/** An option that would change nothing is a misunderstanding: better said than passed over. */
function refuseUnused(dataset: string, values: OptionValues): void {
  const isSample = dataset === 'sample';
  const reading = Object.keys(DATA_OPTIONS).filter((name) => name !== 'dataset' && name !== 'sample-seed');
  const unused = given(values, isSample ? reading : ['sample-seed']);
  if (unused.length > 0) {
    const use = isSample
      ? 'the generated sample is not read from a file. Name one with --dataset, or leave it out'
      : `only the generated sample has a seed, and --dataset is ${dataset}. Leave it out`;
    throw new UserError(`${unused.join(', ')}: ${use}.`);
  }
  if (values['rows-seed'] !== undefined && values['random-rows'] === undefined) {
    throw new UserError('--rows-seed: no rows are drawn at random. Say how many with --random-rows N.');
  }
}

function rowLimit(first?: string, random?: string, seed?: string): RowLimit | null {
  if (first !== undefined && random !== undefined) {
    throw new UserError('--rows and --random-rows exclude each other: give one.');
  }
  if (first !== undefined) return { rows: toWhole(first, '--rows', 1), pick: 'first', seed: 1 };
  if (random === undefined) return null;
  return {
    rows: toWhole(random, '--random-rows', 1),
    pick: 'random',
    seed: toWhole(seed ?? '1', '--rows-seed', 0),
  };
}

function toBuckets(word: string): number {
  const buckets = toWhole(word, '--buckets', FEWEST_BUCKETS);
  if (buckets <= MOST_BUCKETS) return buckets;
  throw new UserError(`--buckets: ${word} is more than ${MOST_BUCKETS}.`);
}

function toSeparator(word: string): string {
  try {
    return readSeparator(word);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new UserError(`--separator: ${error.message}`);
  }
}

function toWhole(word: string, option: string, least: number): number {
  const value = readNumber(word);
  if (Number.isFinite(value)) {
    if (Number.isInteger(value) && value >= least) return value;
    throw new UserError(`${option}: ${word} is not a whole number of at least ${least}.`);
  }
  throw new UserError(`${option}: "${word}" is not a number.`);
}
