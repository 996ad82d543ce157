/** Zips: lists what one holds without expanding anything, and says what is wrong with one that cannot be read. */
import type { Entry, FileEntry } from '@zip.js/zip.js';
import { UserError } from '../errors';
import { type Archive, createArchive, type ListedFile, requireFewFiles } from './archive';
import { byteCounter, type Content, guarded } from './content';
import { foreignZip } from './foreign';

/** "PK", then a file's header, a mark of several volumes or, in a zip without files, the end of the table of contents. */
const FIRST_FILE = [0x50, 0x4b, 0x03, 0x04];
const NO_FILES = [0x50, 0x4b, 0x05, 0x06];
const VOLUMES = [0x50, 0x4b, 0x07, 0x08];

const STORED = 0;
const DEFLATED = 8;
/** Methods that browsers cannot undo. Windows takes Deflate64 for files above 2 GB. */
const METHODS: Readonly<Record<number, string>> = {
  9: 'Deflate64',
  12: 'bzip2',
  14: 'LZMA',
  93: 'Zstandard',
  95: 'XZ',
  98: 'PPMd',
};

export function isZip(start: Uint8Array): boolean {
  return [FIRST_FILE, NO_FILES, VOLUMES].some((signature) => signature.every((byte, i) => start[i] === byte));
}

/**
 * Reads the table of contents only, from the end of the file.
 * @param name for messages.
 */
export async function openZip(file: File, name: string): Promise<Archive> {
  // 100 kB that only those need who bring a zip.
  const { BlobReader, ZipReader } = await import('@zip.js/zip.js/lib/zip-core-native.js');
  const zip = new ZipReader(new BlobReader(file), {
    useWebWorkers: false,
    checkSignature: true,
    // Names are looked at in archive.ts, with words for what is wrong with one.
    filenameValidation: 'tolerant',
  });
  const entries: Entry[] = [];
  try {
    for await (const entry of zip.getEntriesGenerator()) {
      entries.push(entry);
      requireFewFiles(name, entries.length);
    }
  } catch (error) {
    throw error instanceof UserError ? error : new UserError(`${name} ${listingFailure(file.name, error)}`);
  }
  const files = entries.filter((entry): entry is FileEntry => !entry.directory);
  const archive = createArchive(name, files.map(listed));
  const foreign = foreignZip(archive.all.map(({ path }) => path));
  if (foreign) throw new UserError(`${name} is ${foreign.what}: ${foreign.step}.`);
  return archive;
}

function listed(entry: FileEntry): ListedFile {
  return {
    rawPath: entry.filename,
    size: entry.uncompressedSize,
    open: (name) => entryContent(name, entry),
  };
}

function entryContent(name: string, entry: FileEntry): Content {
  return {
    name,
    size: entry.uncompressedSize,
    stream: (reading) => {
      requireReadable(name, entry);
      const pipe = byteCounter(reading);
      // Its failure reaches the reader through the pipe.
      entry.getData(pipe.writable).catch((error: unknown) => pipe.writable.abort(error).catch(() => {}));
      return guarded(name, pipe.readable, entry.compressedSize, reading);
    },
  };
}

function requireReadable(name: string, { encrypted, compressionMethod: method }: FileEntry): void {
  if (encrypted) {
    throw new UserError(`${name} is encrypted: unpack the zip with its password and open the file itself.`);
  }
  if (method !== STORED && method !== DEFLATED) {
    throw new UserError(
      `${name} is compressed by ${METHODS[method] ?? `method ${method}`}, which browsers cannot expand: unpack the zip and open the file itself.`,
    );
  }
}

function listingFailure(name: string, error: unknown): string {
  const message = error instanceof Error ? error.message : '';
  if (message === 'Split zip file' || /\.(z\d\d|zip\.\d{3})$/i.test(name)) {
    return 'is one of the parts of a zip in several volumes: join them (7z x, or zip -s 0) and open the whole.';
  }
  if (message.startsWith('Encrypted central directory')) {
    return 'is encrypted, its list of files too: unpack it with its password and open the file itself.';
  }
  const isMissing = message.startsWith('End of central directory') || message.startsWith('File format');
  return `is damaged or cut off: its table of contents${
    isMissing ? ', which ends every zip, is missing' : ' cannot be read'
  }. Download it again.`;
}
