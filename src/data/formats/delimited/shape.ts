/**
 * How a text is made up, guessed from its beginning: separator, quotes, header, and the lines that are no rows. What it
 * is in is not asked here, nor what its columns mean.
 */
import { formatCount } from '../../format-count';
import { withoutReturn } from '../../table/row-splitter';
import type { TextShape } from '../../table/table-spec';
import { type Comments, judgeComments } from './comments';
import { type ColumnNames, columnNames, guessHeader } from './header';
import { commentPrefix, readPreamble } from './preamble';
import { bestReading, fitsFirst, type HeadReading, isRow, readWith, separatorsIn } from './readings';
import { separatorName } from './separators';

/** What the beginning of a text says about all of it. */
export type ShapeGuess = FoundShape | NoShape;

export interface FoundShape {
  readonly kind: 'table';
  readonly shape: TextShape;
  /** Unique, one for each column; "column 3" where there is none. R's row names are called "row names". */
  readonly names: readonly string[];
  /** Those of the beginning that are whole, without the header, each with a cell for each column. */
  readonly rows: readonly (readonly string[])[];
  /** Things to know before choosing, as sentences. */
  readonly notes: readonly string[];
}

export interface NoShape {
  readonly kind: 'none';
  /** Why this is no table, as a clause: which line has how many values. */
  readonly reason: string;
}

/** Lines that are looked at for separators. */
const FIRST_LINES = 3;
/** One line end in ten that is a \r of its own is no slip. */
const LONE_RETURNS = 10;
const ROW_NAMES = 'row names';

/**
 * @param text the beginning of a file.
 * @param isCut whether the file goes on behind it.
 * @param given what the user says overrules the guess.
 */
export function guessShape(text: string, isCut: boolean, given: Partial<TextShape> = {}): ShapeGuess {
  const loneReturns = given.loneReturns ?? hasLoneReturns(text);
  const lines = linesOf(text, loneReturns, isCut);
  if (isCut && lines.length === 0) {
    return none(
      `its first line is longer than the ${formatCount(text.length)} characters that are looked at`,
    );
  }
  const preamble = readPreamble(lines);
  const body = lines.slice(preamble.lines);
  const asked = given.separator ?? preamble.separator;
  const base: TextShape = {
    separator: asked ?? ',',
    header: false,
    quotes: 'doubled',
    comment: given.comment ?? preamble.comments[0]?.prefix ?? firstPrefix(body),
    skipLines: preamble.lines,
    rowNames: false,
    trailing: false,
    loneReturns,
  };
  const head = { text, isCut };
  const readings = (asked === null ? separatorsIn(firstLines(body)) : [asked]).map((separator) =>
    readWith(head, { ...base, separator }, given.quotes),
  );
  const best = asked === null ? bestReading(readings) : readings.at(0);
  if (!best || best.columns < 2) return none(reasonOf(readings, asked, body));

  const comments = judgeComments(best, preamble, body, isNamed(best));
  const { comment, skipLines } = comments;
  const isSame =
    comment === best.shape.comment && skipLines >= best.shape.skipLines - (comments.header ? 1 : 0);
  const reading = isSame ? best : readWith(head, { ...best.shape, comment, skipLines }, best.shape.quotes);
  return tableOf(reading, comments, given, lines);
}

function tableOf(
  reading: HeadReading,
  comments: Comments,
  given: Partial<TextShape>,
  lines: readonly string[],
): ShapeGuess {
  const { columns, rows, trailing } = reading;
  const even = rows.filter(({ cells }) => isRow(cells, reading)).map(({ cells }) => cells.slice(0, columns));
  const [first] = rows;
  const behind = isRow(first.cells, reading) ? even.slice(1) : even;
  const commented = given.header === false ? null : comments.header;
  const firstNames = commented === null && (given.header ?? isNamed(reading));
  const rowNames =
    firstNames &&
    first.cells.length === columns - 1 &&
    new Set(behind.map(([name]) => name)).size === behind.length;
  if (firstNames && !rowNames && !(fitsFirst(reading) && first.cells.length >= columns)) {
    return none(unevenly(reading));
  }
  const header = firstNames || commented !== null;
  const found = namesOf(reading, firstNames, rowNames, commented);
  const shape: TextShape = {
    ...reading.shape,
    header,
    rowNames,
    trailing,
    comment: comments.comment,
    skipLines: commented ? commented.line - 1 : reading.shape.skipLines,
  };
  return {
    kind: 'table',
    shape,
    names: found.names,
    rows: firstNames ? behind : even,
    notes: [...notesOf(shape, lines, commented !== null), ...found.notes],
  };
}

function namesOf(
  { rows: [first], columns }: HeadReading,
  firstNames: boolean,
  rowNames: boolean,
  commented: Comments['header'],
): ColumnNames {
  if (commented) return columnNames(commented.cells, commented.line);
  if (!firstNames) return columnNames(Array<string>(columns).fill(''), 1);
  const cells = rowNames ? [ROW_NAMES, ...first.cells] : first.cells.slice(0, columns);
  return columnNames(cells, first.line);
}

/** Whether the first row names the columns, as far as one can see. */
function isNamed(reading: HeadReading): boolean {
  const [first, ...rest] = reading.rows;
  const { columns } = reading;
  const behind = rest.filter(({ cells }) => isRow(cells, reading));
  return guessHeader([first, ...behind].map(({ cells }) => cells.slice(0, columns)));
}

function notesOf(
  { skipLines, rowNames, trailing }: TextShape,
  lines: readonly string[],
  isCommented: boolean,
): string[] {
  const hasText = lines.slice(0, skipLines).some((line) => line.trim() !== '');
  const before =
    skipLines === 1
      ? 'Line 1 comes before the table and was left out.'
      : `Lines 1 to ${formatCount(skipLines)} come before the table and were left out.`;
  return [
    ...(hasText ? [before] : []),
    ...(isCommented ? [`Line ${formatCount(skipLines + 1)} is a comment that names the columns.`] : []),
    ...(rowNames
      ? [
          'The header has one name fewer than the rows have values: the first column holds row names, as R writes them.',
        ]
      : []),
    ...(trailing ? ['Rows end in one separator too many: the empty cell behind it was left out.'] : []),
  ];
}

/** Why no reading makes a table. */
function reasonOf(readings: readonly HeadReading[], asked: string | null, body: readonly string[]): string {
  if (body.filter((line) => line.trim() !== '').length < 2) return 'it has one line only';
  const several = readings.filter(
    ({ rows, columns }) => rows.length > 1 && (columns > 1 || rows[0].cells.length > 1),
  );
  const worded = several.filter(({ shape }) => shape.separator !== ' ');
  const [first, ...rest] = worded.length > 0 ? worded : several;
  if (first) return unevenly(rest.reduce((best, each) => (each.share > best.share ? each : best), first));
  if (asked !== null) return `there are no ${separatorName(asked)} between values in its first lines`;
  return 'its lines hold no comma, tab, semicolon, bar or the like between values';
}

/** Where it is that a reading has not the same columns everywhere. */
function unevenly(reading: HeadReading): string {
  const { rows, columns, shape } = reading;
  const [first, ...rest] = rows;
  const odd = rest.find(({ cells }) => cells.length !== first.cells.length);
  const values = (cells: readonly string[]) =>
    `${formatCount(cells.length)} value${cells.length === 1 ? '' : 's'}`;
  const separated = `separated by ${separatorName(shape.separator)}`;
  if (!odd) return `${separated}, its lines have ${columns} values`;
  const top = isNamed(reading) ? 'the header' : `line ${formatCount(first.line)}`;
  return `${separated}, line ${formatCount(odd.line)} has ${values(odd.cells)}, ${top} has ${formatCount(first.cells.length)}`;
}

function none(reason: string): NoShape {
  return { kind: 'none', reason };
}

/** Whole lines, without their ends. */
function linesOf(text: string, loneReturns: boolean, isCut: boolean): string[] {
  const lines = text.split(loneReturns ? /\r\n|\r|\n/ : '\n').map(withoutReturn);
  if (isCut || lines.at(-1) === '') lines.pop();
  return lines;
}

/** The first lines with anything in them that is no comment. */
function firstLines(body: readonly string[]): string[] {
  const found: string[] = [];
  for (const line of body) {
    if (line.trim() !== '' && commentPrefix(line) === null) found.push(line);
    if (found.length === FIRST_LINES) break;
  }
  return found;
}

/** How the first comment between the rows begins; null: there is none. */
function firstPrefix(body: readonly string[]): string | null {
  for (const line of body) {
    const prefix = commentPrefix(line);
    if (prefix !== null) return prefix;
  }
  return null;
}

/** Whether lines end as on old Macs: by a \r that no \n follows, in a good part of the file. */
function hasLoneReturns(text: string): boolean {
  let lone = 0;
  let newlines = 0;
  // The last one may be half of a pair that was cut.
  for (let at = 0; at < text.length - 1; at++) {
    const unit = text.charCodeAt(at);
    if (unit === 0x0a) newlines++;
    if (unit !== 0x0d) continue;
    const next = text.charCodeAt(at + 1);
    if (next !== 0x0a && next !== 0x0d) lone++;
  }
  return lone * LONE_RETURNS > newlines + lone;
}
