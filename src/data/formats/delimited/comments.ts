/**
 * Which of the lines that begin like comments are some. A header may look like one ("# user item rating", or a column
 * called #), rows may (colours, hashtags): those have as many cells as the table has columns.
 */

import { splitSpaces } from '../../table/spaces';
import type { TextShape } from '../../table/table-spec';
import type { CommentLine, Preamble } from './preamble';
import type { HeadReading } from './readings';

/** A longer name is a sentence. */
const LONGEST_NAME = 40;
const NUMBER_LIKE = /^[-+.\d]+$/;

export interface Comments {
  readonly comment: string | null;
  readonly skipLines: number;
  /** The line of the preamble that names the columns. */
  readonly header: { readonly line: number; readonly cells: readonly string[] } | null;
}

/**
 * @param body lines behind the preamble.
 * @param isNamed whether the first row behind the preamble names the columns.
 */
export function judgeComments(
  { shape, columns }: HeadReading,
  preamble: Preamble,
  body: readonly string[],
  isNamed: boolean,
): Comments {
  const { comment } = shape;
  const fits = (text: string) => cellsOf(text, shape).length === columns;
  const inBody = comment === null ? [] : body.filter((line) => line.trimStart().startsWith(comment));
  // Without one before the table, only what cannot be a row is a comment.
  const isSure = preamble.comments.length > 0 || inBody.every((line) => cellsOf(line, shape).length === 1);
  const kept = isSure && !inBody.some(fits) ? comment : null;
  const asComments = { comment: kept, skipLines: preamble.lines, header: null };
  if (isNamed) return asComments;

  const fitting = lastOnes(preamble, ({ text, prefix }) => fits(text) || fits(withoutPrefix(text, prefix)));
  const last = fitting.at(-1);
  if (!last) return asComments;
  const cells = headerCells(last, shape, columns);
  if (cells && (fitting.length === 1 || hasSpace(last))) {
    const others = preamble.comments.length - 1 + inBody.length;
    return {
      comment: others > 0 ? kept : null,
      skipLines: last.line - 1,
      header: { line: last.line, cells },
    };
  }
  const areRows = fitting.every((each) => !hasSpace(each) && fits(each.text));
  return areRows ? { comment: null, skipLines: fitting[0].line - 1, header: null } : asComments;
}

/** The comments directly above the table that are like this. */
function lastOnes({ comments, lines }: Preamble, isWanted: (line: CommentLine) => boolean): CommentLine[] {
  const found: CommentLine[] = [];
  for (const each of comments.toReversed()) {
    if (each.line !== lines - found.length || !isWanted(each)) break;
    found.unshift(each);
  }
  return found;
}

/** Null: these are no names. */
function headerCells({ text, prefix }: CommentLine, shape: TextShape, columns: number): string[] | null {
  const stripped = cellsOf(withoutPrefix(text, prefix), shape);
  const cells = (stripped.length === columns ? stripped : cellsOf(text, shape)).map((cell) =>
    cell.trim().replace(/^"(.*)"$/, '$1'),
  );
  const named = cells.map((cell, c) => (c === 0 && cell === '' ? prefix : cell));
  const areNames = named.every(
    (cell) => cell !== '' && cell.length <= LONGEST_NAME && !NUMBER_LIKE.test(cell),
  );
  return areNames && new Set(named).size === named.length ? named : null;
}

function withoutPrefix(text: string, prefix: string): string {
  return text.trimStart().slice(prefix.length).replace(/^ +/, '');
}

function hasSpace({ text, prefix }: CommentLine): boolean {
  return /^\s/.test(text.trimStart().slice(prefix.length));
}

function cellsOf(line: string, { separator, quotes }: TextShape): string[] {
  return separator === ' ' ? splitSpaces(line, quotes) : line.split(separator);
}
