/**
 * From ratings, users and movies to the columnar data set, by the official preprocessing: rating 3 is dropped, above 3
 * is label 1, below 3 label 0. Vocabularies are fitted on all ratings, before 3s are dropped, as the official code does
 * (ml-1m: 201 timestamp buckets); a value seen only in dropped rows keeps its code and has no row.
 */
import { type CodeColumn, createColumn, type Dataset, type Field } from '../../dataset';
import { UserError } from '../../errors';
import { formatCount } from '../../format-count';
import { describeRows } from '../../origin';
import { createRandom, shuffle } from '../../random';
import { Yielder } from '../../source/yielder';
import type { GrowingColumn } from '../../table/growing-column';
import type { RowLimit } from '../../table/table-spec';
import { buildVocabulary, type CodeOrder } from '../../vocabulary';
import type { LoadOptions, LoadProgress } from '../format';
import type { Entities } from './entities';
import type { Ratings } from './ratings';
import { BUCKET_SHIFT } from './timestamps';

/** A column before it has codes: what each rating points at, and the value behind each of those things. */
interface RawColumn {
  readonly field: string;
  readonly order: CodeOrder;
  /** The thing of each labelled rating: a user, a movie, a bucket. [labelled ratings] */
  readonly things: GrowingColumn;
  /** Ratings of each thing, dropped ones included; undefined: none. [at most things] */
  readonly counts: readonly (number | undefined)[];
  /** [things] */
  readonly values: readonly string[];
}

const WHAT = 'Making the columns';

/**
 * Fields in order: user and movie (with ids only), timestamp, the users' attributes, the movies' attributes.
 * @param ratings are used up.
 * @throws UserError when nothing is left to learn from; LoadCancelled.
 */
export async function assemble(
  name: string,
  ratings: Ratings,
  users: Entities,
  movies: Entities,
  layoutNotes: readonly string[],
  options: LoadOptions,
  onProgress: LoadProgress,
): Promise<Dataset> {
  onProgress(0, WHAT);
  const yielder = new Yielder(options.signal);
  requireBothLabels(name, ratings);
  const chosen = chooseRows(ratings.rows, options.limit);
  const rows = chosen?.length ?? ratings.rows;
  const ofUsers = { things: ratings.users, counts: ratings.countsOfUsers };
  const ofMovies = { things: ratings.movies, counts: ratings.countsOfMovies };
  const ids: RawColumn[] = [
    { field: 'user', order: 'frequency', ...ofUsers, values: users.names },
    { field: 'movie', order: 'frequency', ...ofMovies, values: movies.names },
  ];
  const rawColumns: RawColumn[] = [
    ...(options.withIds ? ids : []),
    await timestampColumn(ratings, yielder),
    ...users.attributes.map((attribute) => ({ ...attribute, ...ofUsers })),
    ...movies.attributes.map((attribute) => ({ ...attribute, ...ofMovies })),
  ];

  const labels = new Uint8Array(rows);
  for await (const [from, to] of yielder.pieces(rows)) {
    for (let row = from; row < to; row++) labels[row] = ratings.labels.at(chosen ? chosen[row] : row);
  }
  const fields: Field[] = [];
  const columns: CodeColumn[] = [];
  let features = 0;
  let unseen = 0;
  for (const raw of rawColumns) {
    onProgress(fields.length / rawColumns.length, WHAT);
    await yielder.yieldNow();
    const { field, order, things } = raw;
    const counts = Uint32Array.from(raw.values, (_, thing) => raw.counts[thing] ?? 0);
    const { values, codes } = buildVocabulary(raw.values, counts, order);
    const column = createColumn(values.length, rows);
    const seen = new Uint8Array(values.length);
    for await (const [from, to] of yielder.pieces(rows)) {
      for (let row = from; row < to; row++) {
        const code = codes[things.at(chosen ? chosen[row] : row)];
        column[row] = code;
        seen[code] = 1;
      }
    }
    fields.push({ name: field, size: values.length, offset: features, valueNames: values });
    columns.push(column);
    features += values.length;
    unseen += seen.reduce((left, flag) => left - flag, values.length);
  }

  return {
    name,
    rows,
    fields,
    features,
    columns,
    labels,
    notes: [
      preprocessingNote(ratings.count, ratings.rows),
      ...(chosen ? [limitNote(rows, options.limit)] : []),
      ...(unseen > 0 ? [unseenNote(unseen)] : []),
      ...layoutNotes,
    ],
    origin: {
      format: 'MovieLens',
      label: 'rating > 3 (without ratings of 3)',
      ids: options.withIds ? 'kept' : 'left out',
      rows: describeRows(options.limit),
    },
  };
}

/** Throws a UserError where there is nothing to tell apart. */
function requireBothLabels(name: string, { labels, rows }: Ratings): void {
  const [, positives] = labels.counts(2, rows);
  if (rows === 0) {
    throw new UserError(
      `${name}: every rating is 3. Ratings of 3 are dropped as neither liked nor disliked, so no row is left to train on.`,
    );
  }
  if (positives === 0 || positives === rows) {
    const side = positives === 0 ? 'below' : 'above';
    throw new UserError(
      `${name}: every rating other than 3 is ${side} 3, so all labels are the same and there is nothing to tell apart. Ratings above and below 3 are needed.`,
    );
  }
}

/** The first rows, or a random sample in the order of the file; null: all of them. */
function chooseRows(rows: number, limit: RowLimit | undefined): Uint32Array | null {
  if (!limit || rows <= limit.rows) return null;
  const all = new Uint32Array(rows);
  for (let row = 0; row < rows; row++) all[row] = row;
  if (limit.pick === 'random') shuffle(all, createRandom(limit.seed, 'rows'));
  const chosen = all.slice(0, limit.rows);
  return limit.pick === 'random' ? chosen.sort() : chosen;
}

function limitNote(rows: number, limit: RowLimit | undefined): string {
  return limit?.pick === 'random'
    ? `${formatCount(rows)} of these, drawn at random (seed ${limit.seed}), were kept.`
    : `Only the first ${formatCount(rows)} of these were kept.`;
}

/** A value is its bucket's number. */
async function timestampColumn(
  { timestamps, droppedTimestamps }: Ratings,
  yielder: Yielder,
): Promise<RawColumn> {
  const first = Math.min(timestamps.first, droppedTimestamps.first);
  const { things, counts } = await timestamps.buckets(first, yielder);
  const dropped = await droppedTimestamps.buckets(first, yielder);
  const size = Math.max(counts.length, dropped.counts.length);
  const buckets = Array.from({ length: size }, (_, thing) => thing);
  return {
    field: 'timestamp',
    order: 'value',
    things,
    counts: buckets.map((thing) => (counts[thing] ?? 0) + (dropped.counts[thing] ?? 0)),
    values: buckets.map((thing) => String(thing - BUCKET_SHIFT)),
  };
}

function preprocessingNote(all: number, kept: number): string {
  const dropped = all - kept;
  const labels = 'Label 1 is a rating above 3, label 0 below 3';
  return dropped === 0
    ? `${labels}.`
    : `${labels}; ratings of exactly 3 are dropped (${formatCount(dropped)} of ${formatCount(all)}).`;
}

function unseenNote(unseen: number): string {
  return unseen === 1
    ? '1 feature occurs only in dropped ratings and has no row.'
    : `${formatCount(unseen)} features occur only in dropped ratings and have no row.`;
}
