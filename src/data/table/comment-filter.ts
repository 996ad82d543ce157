/**
 * Empties the lines of quoted text that are comments, so that line numbers stay, and their quotation marks open nothing.
 * papaparse could leave them out, but nobody could tell then on which line a row is.
 */
import type { TextShape } from './table-spec';

export class CommentFilter {
  /** Called for each comment. */
  onComment: () => void = () => {};
  private rest = '';
  private isQuoted = false;
  /** A header may be a comment itself: "# user,item,rating". */
  private isExempt: boolean;

  constructor(
    private readonly shape: TextShape,
    private readonly comment: string,
  ) {
    this.isExempt = shape.header;
  }

  get waiting(): number {
    return this.rest.length;
  }

  /** Whole lines only; the rest waits for more. */
  add(text: string): string {
    if (!text.includes('\n')) {
      this.rest += text;
      return '';
    }
    const lines = (this.rest + text).split('\n');
    this.rest = lines.pop() ?? '';
    return lines.map((line) => `${this.withoutComment(line)}\n`).join('');
  }

  end(): string {
    return this.withoutComment(this.rest);
  }

  private withoutComment(line: string): string {
    if (!this.isQuoted && !this.isExempt && line.trimStart().startsWith(this.comment)) {
      this.onComment();
      return '';
    }
    if (line.trim() !== '') this.isExempt = false;
    this.followQuotes(line);
    return line;
  }

  /** Whether a quoted cell goes on in the next line. */
  private followQuotes(line: string): void {
    const { separator, quotes } = this.shape;
    const opening = `${separator}"`;
    let at = 0;
    for (;;) {
      if (!this.isQuoted) {
        const found = at === 0 && line.startsWith('"') ? 0 : line.indexOf(opening, at);
        if (found < 0) return;
        this.isQuoted = true;
        at = line.indexOf('"', found) + 1;
      }
      const mark = line.indexOf('"', at);
      if (mark < 0) return;
      at = mark + 1;
      if (quotes === 'backslash' && line[mark - 1] === '\\') continue;
      if (quotes === 'doubled' && line[at] === '"') at++;
      else this.isQuoted = false;
    }
  }
}
