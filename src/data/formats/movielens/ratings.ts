/**
 * The ratings file, read byte by byte into typed columns: a million lines in a tenth of a second, and no string is made
 * unless a line is wrong. The three layouts differ only in separator and header.
 */
import { LoadCancelled, UserError } from '../../errors';
import type { Archive } from '../../source/archive';
import { nextTurn, type Reading, readAll } from '../../source/content';
import type { LoadProgress } from '../format';
import { columnCountProblem, lineError, type TableShape } from './lines';

/** Label of a rating of exactly 3, which the official preprocessing drops. */
export const NEITHER = 2;

/** Ratings in the file's order. Users and movies are rows of the respective tables, not ids. */
export interface Ratings {
  /** [ratings] */
  readonly users: Uint32Array;
  /** [ratings] */
  readonly movies: Uint32Array;
  /** Seconds since 1970. [ratings] */
  readonly timestamps: Float64Array;
  /** 1 above 3, 0 below 3, NEITHER at 3. [ratings] */
  readonly labels: Uint8Array;
}

/** Row of the table that an id stands for; −1 when the table lacks it. */
export type IdLookup = (id: number) => number;

const NEWLINE = 0x0a;
const RETURN = 0x0d;
const DOT = 0x2e;
const ZERO = 0x30;
const HIGHEST_RATING = 5;
const LINES_PER_REPORT = 200_000;
/** Part of the time that expanding a zip takes; the rest goes into its lines. */
const EXPANDING_SHARE = 0.6;

/**
 * Reads all ratings. Columns: user id, movie id, rating (0.5…5), timestamp (whole seconds).
 * @param fileOf names the file that each id must be in, for messages.
 * @throws UserError naming the line.
 */
export async function readRatings(
  archive: Archive,
  shape: TableShape,
  userOf: IdLookup,
  movieOf: IdLookup,
  fileOf: { readonly user: string; readonly movie: string },
  reading: Reading,
  onProgress: LoadProgress,
): Promise<Ratings> {
  const content = archive.content(shape.file);
  const bytes = await readAll(content, {
    ...reading,
    onBytes: (taken) => onProgress((EXPANDING_SHARE * taken) / content.size, 'Expanding the ratings'),
  });
  const capacity = countLines(bytes);
  const users = new Uint32Array(capacity);
  const movies = new Uint32Array(capacity);
  const timestamps = new Float64Array(capacity);
  const labels = new Uint8Array(capacity);
  const separator = new TextEncoder().encode(shape.separator);
  let count = 0;
  let line = 0;
  let position = 0;

  /** Digits from `position` on; −1 when there are none. Leaves `position` after them. */
  const readDigits = (): number => {
    const start = position;
    let value = 0;
    for (; position < bytes.length; position++) {
      const digit = bytes[position] - ZERO;
      if (digit < 0 || digit > 9) break;
      value = value * 10 + digit;
    }
    return position > start ? value : -1;
  };
  const readRating = (): number => {
    const whole = readDigits();
    if (whole < 0 || bytes[position] !== DOT) return whole;
    position++;
    const start = position;
    const decimals = readDigits();
    return decimals < 0 ? -1 : whole + decimals / 10 ** (position - start);
  };
  const skipSeparator = (): boolean => {
    for (const byte of separator) if (bytes[position++] !== byte) return false;
    return true;
  };
  const skipLineEnd = (): boolean => {
    if (bytes[position] === RETURN) position++;
    return position >= bytes.length || bytes[position++] === NEWLINE;
  };

  while (position < bytes.length) {
    const start = position;
    line++;
    if (line === 1 && shape.header) {
      position = lineEnd(bytes, start) + 1;
      const header = decodeLine(bytes, start);
      if (header === shape.columns.join()) continue;
      const problem = `found "${header.slice(0, 60)}", expected the header "${shape.columns.join()}"`;
      throw lineError(archive.name, shape.file, line, problem);
    }
    if (bytes[start] === NEWLINE || bytes[start] === RETURN) {
      position++;
      if (bytes[start] === RETURN && bytes[position] === NEWLINE) position++;
      continue;
    }
    const user = readDigits();
    const ok = user >= 0 && skipSeparator();
    const movie = ok ? readDigits() : -1;
    const rating = movie >= 0 && skipSeparator() ? readRating() : -1;
    const timestamp = rating >= 0 && skipSeparator() ? readDigits() : -1;
    if (timestamp < 0 || !skipLineEnd() || rating > HIGHEST_RATING || rating === 0) {
      throw lineError(archive.name, shape.file, line, ratingProblem(decodeLine(bytes, start), shape));
    }
    users[count] = userOf(user);
    movies[count] = movieOf(movie);
    // −1 wraps round to the largest number in an unsigned column.
    if (users[count] === UNKNOWN || movies[count] === UNKNOWN) {
      const missing =
        users[count] === UNKNOWN
          ? `user ${user} is not in ${fileOf.user}`
          : `movie ${movie} is not in ${fileOf.movie}`;
      throw lineError(archive.name, shape.file, line, missing);
    }
    timestamps[count] = timestamp;
    labels[count] = rating > 3 ? 1 : rating < 3 ? 0 : NEITHER;
    count++;
    if (count % LINES_PER_REPORT === 0) {
      const share = EXPANDING_SHARE + (1 - EXPANDING_SHARE) * (position / bytes.length);
      onProgress(share, 'Reading ratings', { rows: count, bytes: position });
      // Lets a cancelling message in.
      await nextTurn();
      if (reading.signal?.aborted) throw new LoadCancelled();
    }
  }
  if (count === 0) {
    throw new UserError(
      `${archive.name}, ${shape.file}: there is no rating in it. Expected lines of ${shape.columns.join(shape.separator)}.`,
    );
  }
  return {
    users: users.subarray(0, count),
    movies: movies.subarray(0, count),
    timestamps: timestamps.subarray(0, count),
    labels: labels.subarray(0, count),
  };
}

const UNKNOWN = 0xffffffff;

function countLines(bytes: Uint8Array): number {
  let lines = 1;
  for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, at + 1)) lines++;
  return lines;
}

/** Index of the newline that ends the line at `start`, or the file's length. */
function lineEnd(bytes: Uint8Array, start: number): number {
  const end = bytes.indexOf(NEWLINE, start);
  return end < 0 ? bytes.length : end;
}

function decodeLine(bytes: Uint8Array, start: number): string {
  return new TextDecoder('utf-8').decode(bytes.subarray(start, lineEnd(bytes, start))).replace(/\r$/, '');
}

/** What is wrong with a line that did not read as four numbers. */
function ratingProblem(text: string, shape: TableShape): string {
  const cells = text.split(shape.separator);
  if (cells.length !== shape.columns.length) return columnCountProblem(cells.length, shape);
  const wrong = cells.findIndex((cell, column) => !(column === 2 ? isRating(cell) : /^\d+$/.test(cell)));
  const expected = wrong === 2 ? 'a rating from 0.5 to 5' : `a whole number for ${shape.columns[wrong]}`;
  return `found "${cells[wrong].slice(0, 40)}", expected ${expected}`;
}

function isRating(cell: string): boolean {
  return /^\d+(\.\d+)?$/.test(cell) && Number(cell) > 0 && Number(cell) <= HIGHEST_RATING;
}
