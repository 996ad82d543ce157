/** The rows of a table of no known format, as cells, in the encoding that all of the text turns out to have. */
import { UserError } from '../../errors';
import type { Content, Reading } from '../../source/content';
import type { Source } from '../../source/source';
import type { Bytes } from '../../source/streams';
import { ByteTable, isByteShape, type Unread } from '../../table/byte-table';
import type { Cells } from '../../table/cells';
import type { OnRow } from '../../table/row-splitter';
import type { TextShape } from '../../table/table-spec';
import { CellWriter, decoderOf, type Encoding, readTextRows, WrongEncoding } from '../../table/text-rows';

export interface TableText {
  /** What the page calls it. */
  readonly name: string;
  readonly content: Content;
}

/** @throws UserError for what is no text. */
export function textOf(source: Source): TableText {
  if (source.kind === 'text') return source;
  throw new UserError(`${source.name} is no table, but holds several files.`);
}

/**
 * Calls `onRow` with each row until it answers that no more are wanted.
 * @param columns as many as the shape has names.
 * @returns lines between the rows that are comments.
 */
export async function readRows(
  { content }: TableText,
  shape: TextShape,
  columns: number,
  encoding: Encoding,
  reading: Reading,
  onRow: (cells: Cells) => boolean,
): Promise<number> {
  const writer = new CellWriter();
  const onText: OnRow = (cells, place) => onRow(writer.write(cells, place));
  if (encoding !== 'utf-8' || !isByteShape(shape)) {
    return readTextRows(content, shape, columns, encoding, reading, onText);
  }
  const table = new ByteTable(content.name, shape, columns, onRow);
  const pieces = content.stream(reading);
  const unread = await readBytes(table, pieces);
  if (unread === null) return 0;
  const rest: Content = { ...content, stream: () => behind(unread.bytes, pieces) };
  return readTextRows(rest, shape, columns, encoding, reading, onText, unread);
}

/** @returns what has to be read as text, and is followed by the pieces that are left; null: nothing. */
async function readBytes(table: ByteTable, pieces: AsyncGenerator<Bytes>): Promise<Unread | null> {
  const check = decoderOf('utf-8');
  try {
    for (;;) {
      const { done, value } = await pieces.next();
      if (done) break;
      check(value);
      if (!table.add(value)) return table.unread;
    }
    check();
    table.end();
    return table.unread;
  } finally {
    if (table.unread === null) await pieces.return(undefined);
  }
}

async function* behind(first: Bytes, pieces: AsyncGenerator<Bytes>): AsyncGenerator<Bytes> {
  yield first;
  yield* pieces;
}

/**
 * What `attempt` makes of a text in the encoding that its beginning has, or in Latin-1 where it is not that.
 * @param name for messages.
 */
export async function inEncoding<Result>(
  name: string,
  first: Encoding,
  attempt: (encoding: Encoding) => Promise<Result>,
): Promise<Result> {
  try {
    return await attempt(first);
  } catch (error) {
    if (!(error instanceof WrongEncoding)) throw error;
    if (first !== 'utf-8') {
      throw new UserError(
        `${name} begins as ${first.toUpperCase()}, but is damaged or cut off further on. Save it as UTF-8.`,
      );
    }
    // The beginning was UTF-8 only because it was ASCII.
    return attempt('windows-1252');
  }
}
