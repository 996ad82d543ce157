/** The beginning of a file, from which it is told what it is. */
import type { Content, Reading } from './content';
import type { Bytes } from './streams';

export interface HeadSize {
  readonly bytes: number;
  /** Where so many bytes hold fewer lines than this, twice as many are taken, and so on. */
  readonly lines: number;
  readonly mostBytes: number;
}

export interface Head {
  readonly head: Bytes;
  /** Whether there is more behind it. */
  readonly isCut: boolean;
}

/** Reads no more than it takes. */
export async function readHead(
  content: Content,
  { bytes, lines, mostBytes }: HeadSize,
  { signal }: Reading,
): Promise<Head> {
  let head = new Uint8Array(bytes);
  let filled = 0;
  for await (const chunk of content.stream({ signal })) {
    for (let from = 0; from < chunk.length; ) {
      if (filled === head.length) {
        if (head.length >= mostBytes || holdsLines(head, lines)) return { head, isCut: true };
        const larger = new Uint8Array(Math.min(2 * head.length, mostBytes));
        larger.set(head);
        head = larger;
      }
      const part = chunk.subarray(from, from + head.length - filled);
      head.set(part, filled);
      filled += part.length;
      from += part.length;
    }
  }
  return { head: head.subarray(0, filled), isCut: false };
}

/** A line ends at \n, or at \r as on old Macs. */
function holdsLines(head: Bytes, wanted: number): boolean {
  let found = 0;
  for (let at = 0; at < head.length && found < wanted; at++) {
    if (head[at] === 0x0a || head[at] === 0x0d) found++;
  }
  return found >= wanted;
}
