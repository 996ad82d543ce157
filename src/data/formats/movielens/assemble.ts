/**
 * From ratings, users and movies to the columnar data set, by the official preprocessing: rating 3 is dropped, above 3
 * is label 1, below 3 label 0. Vocabularies are fitted on all ratings, before 3s are dropped, as the official code does
 * (ml-1m: 201 timestamp buckets); a value seen only in dropped rows keeps its code and has no row.
 */
import { type CodeColumn, createColumn, type Dataset, type Field } from '../../dataset';
import { UserError } from '../../errors';
import { createRandom, shuffle } from '../../random';
import { Turns } from '../../source/turns';
import type { GrowingColumn } from '../../table/growing-column';
import type { RowLimit } from '../../table/plan';
import { buildVocabulary, type CodeOrder } from '../../vocabulary';
import type { LoadOptions, LoadProgress } from '../format';
import type { Entities } from './entities';
import { NEITHER, type Ratings } from './ratings';
import { BUCKET_SHIFT, type TimestampBuckets } from './timestamps';

/** A column before it has codes: what each rating points at, and the value behind each of those things. */
interface Source {
  readonly field: string;
  readonly order: CodeOrder;
  /** The thing of each rating: a user, a movie, a bucket. [ratings] */
  readonly things: GrowingColumn;
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
  const turns = new Turns(options.signal);
  const labelled = await keptRatings(name, ratings, turns);
  const kept = limitRows(labelled, options.limit);
  const ids: Source[] = [
    { field: 'user', order: 'frequency', things: ratings.users, values: users.names },
    { field: 'movie', order: 'frequency', things: ratings.movies, values: movies.names },
  ];
  const sources: Source[] = [
    ...(options.withIds ? ids : []),
    timestampSource(await ratings.timestamps.buckets(turns)),
    ...users.attributes.map((attribute) => ({ ...attribute, things: ratings.users })),
    ...movies.attributes.map((attribute) => ({ ...attribute, things: ratings.movies })),
  ];

  const labels = new Uint8Array(kept.length);
  for await (const [from, to] of turns.pieces(kept.length)) {
    for (let row = from; row < to; row++) labels[row] = ratings.labels.at(kept[row]);
  }
  const fields: Field[] = [];
  const columns: CodeColumn[] = [];
  let features = 0;
  let unseen = 0;
  for (const { field, order, things, values: thingValues } of sources) {
    onProgress(fields.length / sources.length, WHAT);
    await turns.take();
    const counts = things.counts(thingValues.length, ratings.count);
    const { values, codes } = buildVocabulary(thingValues, counts, order);
    const column = createColumn(values.length, kept.length);
    const seen = new Uint8Array(values.length);
    for await (const [from, to] of turns.pieces(kept.length)) {
      for (let row = from; row < to; row++) {
        const code = codes[things.at(kept[row])];
        column[row] = code;
        seen[code] = 1;
      }
    }
    fields.push({ name: field, size: values.length, offset: features, values });
    columns.push(column);
    features += values.length;
    unseen += seen.reduce((left, flag) => left - flag, values.length);
  }

  return {
    name,
    rows: kept.length,
    fields,
    features,
    columns,
    labels,
    notes: [
      preprocessingNote(ratings.count, labelled.length),
      ...(kept.length < labelled.length ? [limitNote(kept.length, options.limit)] : []),
      ...(unseen > 0 ? [unseenNote(unseen)] : []),
      ...layoutNotes,
    ],
  };
}

/** Numbers of the ratings that have a label. */
async function keptRatings(
  name: string,
  { labels, count: all }: Ratings,
  turns: Turns,
): Promise<Uint32Array> {
  const [negatives, positives] = labels.counts(NEITHER + 1, all);
  const count = negatives + positives;
  if (count === 0) {
    throw new UserError(
      `${name}: every rating is 3. Ratings of 3 are dropped as neither liked nor disliked, so no row is left to train on.`,
    );
  }
  if (positives === 0 || positives === count) {
    const side = positives === 0 ? 'below' : 'above';
    throw new UserError(
      `${name}: every rating other than 3 is ${side} 3, so all labels are the same and there is nothing to tell apart. Ratings above and below 3 are needed.`,
    );
  }
  const kept = new Uint32Array(count);
  let row = 0;
  for await (const [from, to] of turns.pieces(all)) {
    for (let rating = from; rating < to; rating++) {
      if (labels.at(rating) !== NEITHER) kept[row++] = rating;
    }
  }
  return kept;
}

/** The first rows, or a random sample in the order of the file. */
function limitRows(rows: Uint32Array, limit: RowLimit | undefined): Uint32Array {
  if (!limit || rows.length <= limit.rows) return rows;
  if (limit.pick === 'first') return rows.subarray(0, limit.rows);
  const shuffled = rows.slice();
  shuffle(shuffled, createRandom(limit.seed, 'rows'));
  return shuffled.subarray(0, limit.rows).sort();
}

function limitNote(rows: number, limit: RowLimit | undefined): string {
  return limit?.pick === 'random'
    ? `${format(rows)} of these, drawn at random (seed ${limit.seed}), were kept.`
    : `Only the first ${format(rows)} of these were kept.`;
}

/** A value is its bucket's number. */
function timestampSource({ things, size }: TimestampBuckets): Source {
  const values = Array.from({ length: size }, (_, thing) => String(thing - BUCKET_SHIFT));
  return { field: 'timestamp', order: 'value', things, values };
}

function preprocessingNote(all: number, kept: number): string {
  const dropped = all - kept;
  const labels = 'Label 1 is a rating above 3, label 0 below 3';
  return dropped === 0
    ? `${labels}.`
    : `${labels}; ratings of exactly 3 are dropped (${format(dropped)} of ${format(all)}).`;
}

function unseenNote(unseen: number): string {
  return unseen === 1
    ? '1 feature occurs only in dropped ratings and has no row.'
    : `${format(unseen)} features occur only in dropped ratings and have no row.`;
}

function format(value: number): string {
  return value.toLocaleString('en-US');
}
