/**
 * tar as GNU, POSIX (pax) and older tools write it, plain or in a gzip. It is listed from header to header; nothing of it
 * is held. Where it is not compressed the files between the headers are passed over.
 */
import { UserError } from '../errors';
import { formatCount } from '../format-count';
import { type Archive, createArchive, type ListedFile, requireFewFiles } from './archive';
import { blobContent, type Content, type Reading } from './content';
import { type Bytes, ByteTaker } from './streams';
import { BLOCK_BYTES, isHeader, longName, paxRecords, readHeader } from './tar-header';

/** A long name, or a list of attributes; real ones have a few hundred bytes. */
const MAX_EXTENSION_BYTES = 1_000_000;

/** Whether a file, or what a gzip holds, begins with a header of a tar. */
export function isTar(start: Uint8Array): boolean {
  return start.length >= BLOCK_BYTES && isHeader(start.subarray(0, BLOCK_BYTES));
}

/**
 * A tar as it lies on the disk: what is not wanted is not read.
 * @param name for messages.
 */
export async function openTar(file: File, name: string): Promise<Archive> {
  const input = new FileInput(file);
  const files: ListedFile[] = [];
  for await (const { path, size, start } of tarFiles(name, input)) {
    files.push({
      rawPath: path,
      size,
      open: (label) => blobContent(label, file.slice(start, start + size)),
    });
  }
  return createArchive(name, files);
}

/**
 * A tar in a gzip: each look at it expands what lies before.
 * @param isEnough the list may end with this file: what comes behind it is of no account.
 */
export async function openCompressedTar(
  expanded: Content,
  isEnough: (path: string) => boolean,
  reading: Reading,
): Promise<Archive> {
  const input = new ByteTaker(expanded.stream(reading));
  const files: ListedFile[] = [];
  try {
    for await (const { path, size, start } of tarFiles(expanded.name, input)) {
      files.push({ rawPath: path, size, open: (name) => partOf(expanded, name, start, size) });
      if (size > 0 && isEnough(path)) break;
    }
  } finally {
    await input.close();
  }
  return createArchive(expanded.name, files, true);
}

interface TarFile {
  readonly path: string;
  readonly size: number;
  /** Where its bytes begin. */
  readonly start: number;
}

interface TarInput {
  /** The next bytes; fewer at the end. */
  take(bytes: number): Promise<Bytes>;
  /** Answers whether there were so many. */
  skip(bytes: number): Promise<boolean>;
}

/** The files of a tar in their order; links, folders and devices are passed over. */
async function* tarFiles(name: string, input: TarInput): AsyncGenerator<TarFile> {
  const cutOff = () =>
    new UserError(`${name} is cut off: the tar in it ends inside a file. Download it again.`);
  const damaged = (what: string) => new UserError(`${name} is damaged: ${what}. Download or pack it again.`);
  let at = 0;
  let headers = 0;
  /** What extensions say about the next file. */
  let said: { path?: string; size?: number; isSparse?: boolean } = {};
  for (;;) {
    const block = await input.take(BLOCK_BYTES);
    // Two blocks of zeros end a tar; some tools leave them out.
    if (block.length === 0 || block.every((byte) => byte === 0)) return;
    if (block.length < BLOCK_BYTES) throw cutOff();
    const header = isHeader(block) ? readHeader(block) : null;
    if (!header) throw damaged(`byte ${formatCount(at)} of the tar in it should begin a file's header`);
    at += BLOCK_BYTES;
    requireFewFiles(name, ++headers);
    const { type } = header;
    if (type === 'x' || type === 'L') {
      if (header.size > MAX_EXTENSION_BYTES) throw damaged('it holds a name of more than a million bytes');
      const body = await input.take(padded(header.size));
      if (body.length < padded(header.size)) throw cutOff();
      at += body.length;
      const text = body.subarray(0, header.size);
      const more = type === 'L' ? { path: longName(text) } : paxRecords(text);
      if (!more) throw damaged('the attributes of a file in it cannot be read');
      said = { ...said, ...more };
      continue;
    }
    if (type === 'M') {
      throw new UserError(
        `${name} is one of the parts of a tar in several volumes: unpack all of them first.`,
      );
    }
    const path = said.path ?? header.path;
    const size = said.size ?? header.size;
    if (header.isFile && !path.endsWith('/')) {
      if (said.isSparse || type === 'S') {
        throw new UserError(`${name} holds "${path}" as a sparse file: unpack it and open the table itself.`);
      }
      yield { path, size, start: at };
    }
    // Links and folders may name a size, and have no bytes.
    const bytes = header.hasBytes ? padded(size) : 0;
    // The last file's padding may be left out.
    if (bytes > 0 && !(await input.skip(size))) throw cutOff();
    if (bytes > size) await input.skip(bytes - size);
    at += bytes;
    // Extensions of the whole archive say nothing about the next file.
    if (type !== 'g' && type !== 'K') said = {};
  }
}

function padded(size: number): number {
  return Math.ceil(size / BLOCK_BYTES) * BLOCK_BYTES;
}

/** Reads a file on the disk here and there. */
class FileInput implements TarInput {
  private at = 0;

  constructor(private readonly file: File) {}

  async take(bytes: number): Promise<Bytes> {
    const part = await this.file.slice(this.at, this.at + bytes).arrayBuffer();
    this.at += part.byteLength;
    return new Uint8Array(part);
  }

  async skip(bytes: number): Promise<boolean> {
    this.at += bytes;
    return this.at <= this.file.size;
  }
}

/** One file of a compressed tar. */
function partOf(whole: Content, name: string, start: number, size: number): Content {
  return {
    name,
    size: whole.size,
    stream: async function* (reading) {
      const input = new ByteTaker(whole.stream(reading));
      try {
        await input.skip(start);
        let given = 0;
        for await (const piece of input.pieces(size)) {
          given += piece.length;
          yield piece;
        }
        if (given < size)
          throw new UserError(`${name} is cut off: the tar ends inside it. Download it again.`);
      } finally {
        await input.close();
      }
    },
  };
}
