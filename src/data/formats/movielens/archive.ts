/** The zip around a MovieLens data set: finds its files whatever folder they lie in, and refuses bombs and damage. */
import { FlateErrorCode, type UnzipFileInfo, unzipSync } from 'fflate';
import { UserError } from '../../errors';

/** Largest total size a zip may declare: forty times ml-1m's 25 MB, and still within what a page's memory holds. */
export const MAX_EXPANDED_BYTES = 1_000_000_000;

/** "PK", then a file's header or, in a zip without files, the end of the table of contents. */
const ZIP_SIGNATURES = [
  [0x50, 0x4b, 0x03, 0x04],
  [0x50, 0x4b, 0x05, 0x06],
];

export interface Archive {
  /** File name of the zip, for messages. */
  readonly name: string;
  /** Base names of its files, e.g. "u.data". */
  readonly files: ReadonlySet<string>;
  /** Expands one file by base name. Throws a UserError when it is missing or damaged. */
  read(baseName: string): Uint8Array;
}

export async function isZip(file: File): Promise<boolean> {
  const start = new Uint8Array(await file.slice(0, 4).arrayBuffer());
  return ZIP_SIGNATURES.some((signature) => signature.every((byte, i) => start[i] === byte));
}

/** Reads the table of contents; nothing is expanded yet. */
export async function openArchive(file: File): Promise<Archive> {
  if (file.size > MAX_EXPANDED_BYTES) throw tooLarge(file.name, 'is', file.size);
  const compressed = new Uint8Array(await file.arrayBuffer());
  /** The entry of each base name that lies least deep. */
  const entries = new Map<string, UnzipFileInfo>();
  let declaredBytes = 0;
  unzip(file.name, compressed, (entry) => {
    declaredBytes += entry.originalSize;
    // macOS adds "__MACOSX/._name" beside every file.
    if (entry.name.endsWith('/') || entry.name.startsWith('__MACOSX/')) return false;
    const known = entries.get(baseName(entry.name));
    if (!known || depth(entry.name) < depth(known.name)) entries.set(baseName(entry.name), entry);
    return false;
  });
  if (declaredBytes > MAX_EXPANDED_BYTES) {
    throw tooLarge(file.name, 'would expand to', declaredBytes);
  }

  return {
    name: file.name,
    files: new Set(entries.keys()),
    read(wanted) {
      const entry = entries.get(wanted);
      if (!entry) {
        throw new UserError(`${file.name} has no ${wanted}. ${contents(entries.keys())}`);
      }
      const expanded = unzip(file.name, compressed, ({ name }) => name === entry.name)[entry.name];
      if (expanded.length !== entry.originalSize) {
        throw new UserError(
          `${file.name}, ${wanted}: the zip promises ${format(entry.originalSize)} bytes but holds ${format(expanded.length)}. It is damaged: download it again.`,
        );
      }
      return expanded;
    },
  };
}

/** "It holds a, b, c." for messages, cut to a readable length. */
export function contents(names: Iterable<string>): string {
  const all = [...names];
  if (all.length === 0) return 'It holds no files.';
  const shown = all.slice(0, 6).join(', ');
  return `It holds ${shown}${all.length > 6 ? ` and ${all.length - 6} more files` : ''}.`;
}

function tooLarge(zipName: string, verb: string, bytes: number): UserError {
  return new UserError(
    `${zipName} ${verb} ${format(bytes)} bytes; at most ${format(MAX_EXPANDED_BYTES)} are read here.`,
  );
}

function unzip(zipName: string, compressed: Uint8Array, filter: (entry: UnzipFileInfo) => boolean) {
  try {
    return unzipSync(compressed, { filter });
  } catch (error) {
    throw new UserError(`${zipName} is damaged or cut off: ${reason(error)}. Download it again.`);
  }
}

function reason(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  switch (code) {
    case FlateErrorCode.InvalidZipData:
      return 'its table of contents, which ends every zip, is missing';
    case FlateErrorCode.UnknownCompressionMethod:
      return 'a file in it is compressed in a way that only special tools read';
    default:
      return 'its compressed data cannot be expanded';
  }
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
