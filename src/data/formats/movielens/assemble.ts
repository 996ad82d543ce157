/**
 * From ratings, users and movies to the columnar data set, by the official preprocessing: rating 3 is dropped, above 3
 * is label 1, below 3 label 0. Vocabularies are fitted on all ratings, before 3s are dropped, as the official code does
 * (ml-1m: 201 timestamp buckets); a value seen only in dropped rows keeps its code and has no row.
 */
import { type CodeColumn, createColumn, type Dataset, type Field } from '../../dataset';
import { UserError } from '../../errors';
import { createRandom, shuffle } from '../../random';
import { logBucket } from '../../table/log-bucket';
import type { RowLimit } from '../../table/plan';
import { buildVocabulary, type CodeOrder } from '../../vocabulary';
import type { LoadOptions } from '../format';
import type { Entities } from './entities';
import { NEITHER, type Ratings } from './ratings';

/** A column before it has codes: what each rating points at, and the value behind each of those things. */
interface Source {
  readonly field: string;
  readonly order: CodeOrder;
  /** The thing of each rating: a user, a movie, a bucket. [ratings] */
  readonly things: Uint32Array;
  /** [things] */
  readonly values: readonly string[];
}

/**
 * Fields in order: user and movie (with ids only), timestamp, the users' attributes, the movies' attributes.
 * @throws UserError when nothing is left to learn from.
 */
export function assemble(
  name: string,
  ratings: Ratings,
  users: Entities,
  movies: Entities,
  layoutNotes: readonly string[],
  options: LoadOptions,
): Dataset {
  const labelled = keptRatings(name, ratings);
  const kept = limitRows(labelled, options.limit);
  const ids: Source[] = [
    { field: 'user', order: 'frequency', things: ratings.users, values: users.names },
    { field: 'movie', order: 'frequency', things: ratings.movies, values: movies.names },
  ];
  const sources: Source[] = [
    ...(options.withIds ? ids : []),
    timestampSource(ratings.timestamps),
    ...users.attributes.map((attribute) => ({ ...attribute, things: ratings.users })),
    ...movies.attributes.map((attribute) => ({ ...attribute, things: ratings.movies })),
  ];

  const labels = new Uint8Array(kept.length);
  for (let row = 0; row < kept.length; row++) labels[row] = ratings.labels[kept[row]];
  const fields: Field[] = [];
  const columns: CodeColumn[] = [];
  let features = 0;
  let unseen = 0;
  for (const source of sources) {
    const { values, codes } = buildVocabulary(source.values, countThings(source), source.order);
    const column = createColumn(values.length, kept.length);
    const seen = new Uint8Array(values.length);
    for (let row = 0; row < kept.length; row++) {
      const code = codes[source.things[kept[row]]];
      column[row] = code;
      seen[code] = 1;
    }
    fields.push({ name: source.field, size: values.length, offset: features, values });
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
      preprocessingNote(ratings.labels.length, labelled.length),
      ...(kept.length < labelled.length ? [limitNote(kept.length, options.limit)] : []),
      ...(unseen > 0 ? [unseenNote(unseen)] : []),
      ...layoutNotes,
    ],
  };
}

/** Numbers of the ratings that have a label. */
function keptRatings(name: string, { labels }: Ratings): Uint32Array {
  const kept = new Uint32Array(labels.length);
  let count = 0;
  let positives = 0;
  for (let rating = 0; rating < labels.length; rating++) {
    if (labels[rating] === NEITHER) continue;
    kept[count++] = rating;
    positives += labels[rating];
  }
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
  return kept.slice(0, count);
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

/** Bucket −2 is thing 0. */
const BUCKET_SHIFT = 2;

/** Seconds since the first rating, in the official code's logarithmic buckets; a value is the bucket's number. */
function timestampSource(timestamps: Float64Array): Source {
  let first = Number.POSITIVE_INFINITY;
  for (const timestamp of timestamps) first = Math.min(first, timestamp);
  // A loop: `from` with a function takes ten times as long, a second for a million ratings on a slow machine.
  const things = new Uint32Array(timestamps.length);
  let buckets = 0;
  for (let rating = 0; rating < things.length; rating++) {
    things[rating] = logBucket(timestamps[rating] - first) + BUCKET_SHIFT;
    if (things[rating] >= buckets) buckets = things[rating] + 1;
  }
  const values = Array.from({ length: buckets }, (_, thing) => String(thing - BUCKET_SHIFT));
  return { field: 'timestamp', order: 'value', things, values };
}

function countThings({ things, values }: Source): Uint32Array {
  const counts = new Uint32Array(values.length);
  for (const thing of things) counts[thing]++;
  return counts;
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
