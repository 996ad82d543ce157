/**
 * The ratings file, streamed into typed columns: no string is made unless a line is wrong. The three layouts differ only
 * in separator and header.
 */
import { wholePower } from '../../elementary';
import { UserError } from '../../errors';
import type { Archive } from '../../source/archive';
import type { Reading } from '../../source/content';
import { readByteRows } from '../../table/byte-rows';
import type { Cells } from '../../table/cells';
import { GrowingColumn } from '../../table/growing-column';
import type { LoadProgress } from '../format';
import { columnCountProblem, type FileShape, lineError } from './lines';
import { Timestamps } from './timestamps';

/**
 * Ratings in the file's order. Those of exactly 3, which the official preprocessing drops, have no row; they count
 * among what is rated by whom and when. Users and movies are rows of the respective tables, not ids.
 */
export interface Ratings {
  /** Ratings, dropped ones included. */
  readonly count: number;
  /** Ratings above or below 3. */
  readonly rows: number;
  /** [rows] */
  readonly users: GrowingColumn;
  /** [rows] */
  readonly movies: GrowingColumn;
  /** [rows] */
  readonly timestamps: Timestamps;
  /** 1 above 3, 0 below 3. [rows] */
  readonly labels: GrowingColumn;
  /** Ratings of each user, dropped ones included. */
  readonly countsOfUsers: readonly number[];
  /** The same of each movie; undefined, as for users, stands for none. */
  readonly countsOfMovies: readonly number[];
  readonly droppedTimestamps: Timestamps;
}

/** Row of the table that an id stands for; −1 when the table lacks it. */
export type IdLookup = (id: number) => number;

const DOT = 0x2e;
const ZERO = 0x30;
const HIGHEST_RATING = 5;
const INTERVAL_MS = 100;

/**
 * Reads all ratings. Columns: user id, movie id, rating (0.5…5), timestamp (whole seconds).
 * @param fileOf names the file that each id must be in, for messages.
 * @throws UserError naming the line; LoadCancelled.
 */
export async function readRatings(
  archive: Archive,
  shape: FileShape,
  userOf: IdLookup,
  movieOf: IdLookup,
  fileOf: { readonly user: string; readonly movie: string },
  { signal }: Reading,
  onProgress: LoadProgress,
): Promise<Ratings> {
  const users = new GrowingColumn();
  const movies = new GrowingColumn();
  const timestamps = new Timestamps();
  const labels = new GrowingColumn();
  const countsOfUsers: number[] = [];
  const countsOfMovies: number[] = [];
  const droppedTimestamps = new Timestamps();
  let count = 0;
  let rows = 0;

  const addLine = (cells: Cells): boolean => {
    const fail = (problem: string) => lineError(archive.name, shape.file, cells.line, problem);
    if (cells.line === 1 && shape.header) {
      const header = lineText(cells);
      if (header === shape.columns.join()) return true;
      throw fail(`found "${header.slice(0, 60)}", expected the header "${shape.columns.join()}"`);
    }
    const step = shape.separator.length;
    const fits = isEven(cells, step, shape.columns.length);
    const user = fits ? wholeNumber(cells, 0) : -1;
    const movie = fits ? wholeNumber(cells, step) : -1;
    const rating = fits ? stars(cells, 2 * step) : -1;
    const timestamp = fits ? wholeNumber(cells, 3 * step) : -1;
    if (user < 0 || movie < 0 || rating <= 0 || rating > HIGHEST_RATING || timestamp < 0) {
      throw fail(ratingProblem(lineText(cells), shape));
    }
    const userRow = userOf(user);
    if (userRow < 0) throw fail(`user ${user} is not in ${fileOf.user}`);
    const movieRow = movieOf(movie);
    if (movieRow < 0) throw fail(`movie ${movie} is not in ${fileOf.movie}`);
    count++;
    countsOfUsers[userRow] = (countsOfUsers[userRow] ?? 0) + 1;
    countsOfMovies[movieRow] = (countsOfMovies[movieRow] ?? 0) + 1;
    if (rating === 3) {
      droppedTimestamps.add(timestamp);
      return true;
    }
    users.set(rows, userRow);
    movies.set(rows, movieRow);
    timestamps.add(timestamp);
    labels.set(rows, rating > 3 ? 1 : 0);
    rows++;
    return true;
  };

  const content = archive.content(shape.file);
  let reportedAt = Number.NEGATIVE_INFINITY;
  const onBytes = (bytes: number): void => {
    const now = performance.now();
    if (now - reportedAt < INTERVAL_MS) return;
    reportedAt = now;
    onProgress(Math.min(1, bytes / content.size), 'Reading ratings', { rows: count, bytes });
  };
  await readByteRows(content, shape.separator.charCodeAt(0), { signal, onBytes }, addLine);
  if (count === 0) {
    throw new UserError(
      `${archive.name}, ${shape.file}: there is no rating in it. Expected lines of ${shape.columns.join(shape.separator)}.`,
    );
  }
  return {
    count,
    rows,
    users,
    movies,
    timestamps,
    labels,
    countsOfUsers,
    countsOfMovies,
    droppedTimestamps,
  };
}

/**
 * Whether a line has so many columns. A separator of two characters leaves an empty cell between two columns.
 * @param step cells from one column to the next: the separator's length.
 */
function isEven({ starts, ends, count }: Cells, step: number, columns: number): boolean {
  if (count !== (columns - 1) * step + 1) return false;
  for (let cell = 0; cell < count; cell++) {
    if (cell % step !== 0 && starts[cell] !== ends[cell]) return false;
  }
  return true;
}

/** −1: the cell is no whole number. */
function wholeNumber({ bytes, starts, ends }: Cells, cell: number): number {
  return digits(bytes, starts[cell], ends[cell]);
}

/** A number with or without decimals; −1: the cell is none. */
function stars({ bytes, starts, ends }: Cells, cell: number): number {
  const start = starts[cell];
  const end = ends[cell];
  for (let at = start; at < end; at++) {
    if (bytes[at] !== DOT) continue;
    const whole = digits(bytes, start, at);
    const decimals = digits(bytes, at + 1, end);
    return whole < 0 || decimals < 0 ? -1 : whole + decimals / wholePower(10, end - at - 1);
  }
  return digits(bytes, start, end);
}

/** −1 where there is anything but digits, or nothing. */
function digits(bytes: Uint8Array, start: number, end: number): number {
  let value = 0;
  for (let at = start; at < end; at++) {
    const digit = bytes[at] - ZERO;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return end > start ? value : -1;
}

function lineText({ bytes, starts, ends, count }: Cells): string {
  return new TextDecoder('utf-8').decode(bytes.subarray(starts[0], ends[count - 1]));
}

/** What is wrong with a line that did not read as four numbers. */
function ratingProblem(text: string, shape: FileShape): string {
  const cells = text.split(shape.separator);
  if (cells.length !== shape.columns.length) return columnCountProblem(cells.length, shape);
  const wrong = cells.findIndex((cell, column) => !(column === 2 ? isRating(cell) : /^\d+$/.test(cell)));
  const expected = wrong === 2 ? 'a rating from 0.5 to 5' : `a whole number for ${shape.columns[wrong]}`;
  return `found "${cells[wrong].slice(0, 40)}", expected ${expected}`;
}

function isRating(cell: string): boolean {
  return /^\d+(\.\d+)?$/.test(cell) && Number(cell) > 0 && Number(cell) <= HIGHEST_RATING;
}
