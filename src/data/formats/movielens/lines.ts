/**
 * User and movie files as rows of text columns. Small files (a few thousand lines), so plain strings; the ratings,
 * a hundred times larger, are read by ratings.ts instead.
 */
import Papa from 'papaparse';
import { UserError } from '../../errors';
import type { Archive } from '../../source/archive';
import { type Reading, readAll } from '../../source/content';

/** Fifteen times the films of the largest set that GroupLens has published. */
const MAX_TABLE_BYTES = 50_000_000;

/** How a file of a set is laid out. */
export interface FileShape {
  /** Base name in the zip, e.g. "users.dat". */
  readonly file: string;
  readonly separator: '::' | '\t' | '|' | ',';
  /** Encoding as TextDecoder names it; the older sets are ISO-8859-1. */
  readonly encoding: 'utf-8' | 'iso-8859-1';
  /** Column names in order, for counting and for messages. */
  readonly columns: readonly string[];
  /** The first line repeats the column names. */
  readonly header: boolean;
}

export interface TableLine {
  /** 1 for the first line of the file. */
  readonly number: number;
  readonly cells: readonly string[];
}

/** Reads a file of the zip into lines; blank lines are skipped. Throws a UserError at a wrong number of columns. */
export async function readTable(archive: Archive, shape: FileShape, reading: Reading): Promise<TableLine[]> {
  const bytes = await readAll(archive.content(shape.file), MAX_TABLE_BYTES, reading);
  const text = new TextDecoder(shape.encoding).decode(bytes);
  const lines = splitLines(text, shape)
    .map((cells, index): TableLine => ({ number: index + 1, cells }))
    .filter(({ cells }) => cells.length > 1 || cells[0].trim() !== '');
  for (const line of lines) {
    if (line.cells.length !== shape.columns.length) throw wrongColumns(archive.name, shape, line);
  }
  if (!shape.header) return lines;
  const header = lines.shift();
  if (header?.cells.join() !== shape.columns.join()) {
    throw lineError(
      archive.name,
      shape.file,
      header?.number ?? 1,
      `expected the header "${shape.columns.join()}"`,
    );
  }
  return lines;
}

/** Only comma-separated files quote their cells. */
function splitLines(text: string, { separator }: FileShape): string[][] {
  if (separator === ',') return Papa.parse<string[]>(text, { delimiter: ',' }).data;
  return text.split(/\r?\n/).map((line) => line.split(separator));
}

function wrongColumns(zipName: string, shape: FileShape, line: TableLine): UserError {
  return lineError(zipName, shape.file, line.number, columnCountProblem(line.cells.length, shape));
}

/** "found 3 columns, expected 4: userId,movieId,rating,timestamp" */
export function columnCountProblem(found: number, shape: Pick<FileShape, 'columns' | 'separator'>): string {
  const { columns, separator } = shape;
  const shown = columns.join(separator === '\t' ? ' <tab> ' : separator);
  return `found ${found} column${found === 1 ? '' : 's'}, expected ${columns.length}: ${shown}`;
}

/** A UserError that begins "zip, file, line 17: ". */
export function lineError(zipName: string, file: string, line: number, problem: string): UserError {
  return new UserError(`${zipName}, ${file}, line ${line}: ${problem}.`);
}
