/**
 * Several files under one name: a zip, or a folder. Lists what it holds without expanding anything, finds files whatever
 * folder they lie in, and refuses bombs and damage.
 */
import type { FileEntry } from '@zip.js/zip.js';
import { UserError } from '../errors';
import { byteCounter, type Content, fileContent, guarded } from './content';

/** Largest total size that a zip of several files may declare: forty times ml-1m's 25 MB. */
export const MAX_EXPANDED_BYTES = 1_000_000_000;

export interface Archive {
  /** File name of the zip, or of the folder, for messages. */
  readonly name: string;
  /** Base names of its files, e.g. "u.data". */
  readonly files: ReadonlySet<string>;
  /** One file by base name. Throws a UserError when it is missing. */
  content(baseName: string): Content;
}

/** "PK", then a file's header or, in a zip without files, the end of the table of contents. */
const ZIP_SIGNATURES = [
  [0x50, 0x4b, 0x03, 0x04],
  [0x50, 0x4b, 0x05, 0x06],
];

export function isZip(start: Uint8Array): boolean {
  return ZIP_SIGNATURES.some((signature) => signature.every((byte, i) => start[i] === byte));
}

/** Reads the table of contents only, from the end of the file. */
export async function openZip(file: File): Promise<Archive> {
  // 100 kB that only those need who bring a zip.
  const { BlobReader, ZipReader } = await import('@zip.js/zip.js/lib/zip-core-native.js');
  const zip = new ZipReader(new BlobReader(file), { useWebWorkers: false, checkSignature: true });
  const all = await zip.getEntries().catch((error: unknown) => {
    throw new UserError(`${file.name} is damaged or cut off: ${listingFailure(error)}. Download it again.`);
  });
  // macOS adds "__MACOSX/._name" beside every file.
  const files = all.filter(
    (entry): entry is FileEntry => !entry.directory && !entry.filename.startsWith('__MACOSX/'),
  );
  const declared = files.reduce((sum, { uncompressedSize }) => sum + uncompressedSize, 0);
  if (files.length > 1 && declared > MAX_EXPANDED_BYTES) {
    throw new UserError(
      `${file.name} would expand to ${format(declared)} bytes; at most ${format(MAX_EXPANDED_BYTES)} are read here.`,
    );
  }
  return archive(file.name, files, ({ filename }) => filename, entryContent);
}

/** Files of a dropped or chosen folder. */
export function openFolder(name: string, files: readonly File[]): Archive {
  return archive(
    name,
    files,
    (file) => file.webkitRelativePath || file.name,
    (_, file) => ({ ...fileContent(file, false), name: `${name}, ${file.name}` }),
  );
}

/** "It holds a, b, c." for messages, cut to a readable length. */
export function contents(names: Iterable<string>): string {
  const all = [...names];
  if (all.length === 0) return 'It holds no files.';
  const shown = all.slice(0, 6).join(', ');
  return `It holds ${shown}${all.length > 6 ? ` and ${all.length - 6} more files` : ''}.`;
}

function archive<Entry>(
  name: string,
  entries: readonly Entry[],
  pathOf: (entry: Entry) => string,
  open: (archiveName: string, entry: Entry) => Content,
): Archive {
  /** The entry of each base name that lies least deep. */
  const byName = new Map<string, Entry>();
  for (const entry of entries) {
    const path = pathOf(entry);
    const known = byName.get(baseName(path));
    if (!known || depth(path) < depth(pathOf(known))) byName.set(baseName(path), entry);
  }
  return {
    name,
    files: new Set(byName.keys()),
    content(wanted) {
      const entry = byName.get(wanted);
      if (!entry) throw new UserError(`${name} has no ${wanted}. ${contents(byName.keys())}`);
      return open(name, entry);
    },
  };
}

function entryContent(zipName: string, entry: FileEntry): Content {
  const name = `${zipName}, ${baseName(entry.filename)}`;
  return {
    name,
    size: entry.uncompressedSize,
    stream: (reading) => {
      const pipe = byteCounter(reading);
      // Its failure reaches the reader through the pipe.
      entry.getData(pipe.writable).catch((error: unknown) => pipe.writable.abort(error).catch(() => {}));
      return guarded(name, pipe.readable, entry.compressedSize, reading);
    },
  };
}

function listingFailure(error: unknown): string {
  const message = error instanceof Error ? error.message : '';
  return message.startsWith('End of central directory') || message.startsWith('File format')
    ? 'its table of contents, which ends every zip, is missing'
    : 'its table of contents cannot be read';
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function depth(path: string): number {
  return path.split('/').length;
}

function format(value: number): string {
  return value.toLocaleString('en-US');
}
