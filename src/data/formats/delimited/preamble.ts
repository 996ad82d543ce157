/** The lines before a table: blank ones, comments, and the separator that Excel is told by "sep=;". */

export interface Preamble {
  /** Lines before the table's first. */
  readonly lines: number;
  /** Those that are comments. */
  readonly comments: readonly CommentLine[];
  /** As "sep=" says; null: nothing does. */
  readonly separator: string | null;
}

export interface CommentLine {
  /** 1 for the first line of the file. */
  readonly line: number;
  readonly prefix: string;
  /** All of the line. */
  readonly text: string;
}

const COMMENT = /^\s*(#|%|\/\/)/;
const EXCEL_SEPARATOR = /^"?sep=(::|.)"?$/i;

export function readPreamble(lines: readonly string[]): Preamble {
  const comments: CommentLine[] = [];
  let separator: string | null = null;
  let at = 0;
  for (; at < lines.length; at++) {
    const text = lines[at];
    const prefix = commentPrefix(text);
    if (prefix !== null) comments.push({ line: at + 1, prefix, text });
    else if (separator === null && EXCEL_SEPARATOR.test(text))
      separator = text.match(EXCEL_SEPARATOR)?.[1] ?? null;
    else if (text.trim() !== '') break;
  }
  return { lines: at, comments, separator };
}

/** What makes a line a comment; null: it is none. */
export function commentPrefix(line: string): string | null {
  return line.match(COMMENT)?.[1] ?? null;
}
