/**
 * Several files under one name: a zip, a tar or a folder. What they share: paths are tidied, what is no honest archive is
 * refused before anything of it is read, and files are found whatever folder they lie in.
 */
import { UserError } from '../errors';
import { formatCount } from '../format-count';
import { blobContent, type Content } from './content';

/** Most that the files which are read together may expand to: MovieLens-32M, the largest there is, has 0.9 GB. */
export const MAX_EXPANDED_BYTES = 1_000_000_000;
/** No data set comes in so many; their names alone would fill the page. */
export const MAX_FILES = 20_000;

export interface ArchiveFile {
  /** Folders and name, with "/" between them. */
  readonly path: string;
  /** Bytes once it is taken out of the archive. */
  readonly size: number;
  /** @param name for messages. */
  open(name: string): Content;
  /** Of a folder: the file on the disk, which may be an archive itself. */
  readonly file?: File;
}

export interface Archive {
  /** File name of the zip or tar, or of the folder, for messages. */
  readonly name: string;
  /** All that is in it, but for what operating systems add. */
  readonly all: readonly ArchiveFile[];
  /** Whether a look at one file expands all that lies before it. */
  readonly isSlow: boolean;
  /** Base names of its files, e.g. "u.data". */
  readonly files: ReadonlySet<string>;
  /** One file by base name, the least deep one of that name. Throws a UserError when it is missing. */
  content(baseName: string): Content;
  /** A file's base name, or its path where another one has the same. */
  label(file: ArchiveFile): string;
  /** @throws UserError when these files, by base name, expand to more than MAX_EXPANDED_BYTES. */
  requireRoom(baseNames: readonly string[]): void;
}

/** A file as its archive lists it. */
export type ListedFile = Omit<ArchiveFile, 'path'> & { readonly rawPath: string };

/** @throws UserError where two files have one path, or a path leads out of the archive. */
export function createArchive(name: string, listed: Iterable<ListedFile>, isSlow = false): Archive {
  const byPath = new Map<string, ArchiveFile>();
  for (const { rawPath, ...file } of listed) {
    const path = tidyPath(name, rawPath);
    if (path === null) continue;
    if (byPath.has(path)) {
      throw new UserError(
        `${name} holds two files called "${shown(path)}", and nothing tells which of them is meant. Pack it again.`,
      );
    }
    byPath.set(path, { ...file, path });
  }
  return archiveOf(name, [...byPath.values()], { expands: true, isSlow });
}

/** Files of a dropped or chosen folder. */
export function openFolder(name: string, files: readonly File[]): Archive {
  requireFewFiles(name, files.length);
  const taken = new Set<string>();
  const all = files.flatMap((file): ArchiveFile[] => {
    const path = tidyPath(name, file.webkitRelativePath || file.name);
    if (path === null) return [];
    // Browsers keep no folders of what is dropped.
    let free = path;
    for (let n = 2; taken.has(free); n++) free = `${path} (${n})`;
    taken.add(free);
    return [{ path: free, size: file.size, file, open: (label) => blobContent(label, file) }];
  });
  return archiveOf(name, all, { expands: false, isSlow: false });
}

/** @throws UserError for more than MAX_FILES. */
export function requireFewFiles(name: string, count: number): void {
  if (count <= MAX_FILES) return;
  throw new UserError(
    `${name} holds more than ${formatCount(MAX_FILES)} files, which no data set does. Open the file with the table itself.`,
  );
}

/** "It holds a, b, c." for messages, cut to a readable length. */
export function contents(names: Iterable<string>): string {
  const all = [...names];
  if (all.length === 0) return 'It holds no files.';
  const list = all.slice(0, 6).map(shown).join(', ');
  return `It holds ${list}${all.length > 6 ? ` and ${formatCount(all.length - 6)} more files` : ''}.`;
}

/** The name of a file without its folders. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function archiveOf(
  name: string,
  all: readonly ArchiveFile[],
  { expands, isSlow }: { readonly expands: boolean; readonly isSlow: boolean },
): Archive {
  /** The file of each base name that lies least deep. */
  const byName = new Map<string, ArchiveFile>();
  const namesakes = new Set<string>();
  for (const file of all) {
    const base = baseName(file.path);
    const known = byName.get(base);
    if (known) namesakes.add(base);
    if (!known || depth(file.path) < depth(known.path)) byName.set(base, file);
  }
  return {
    name,
    all,
    isSlow,
    files: new Set(byName.keys()),
    content(wanted) {
      const file = byName.get(wanted);
      if (!file) throw new UserError(`${name} has no ${wanted}. ${contents(byName.keys())}`);
      return file.open(`${name}, ${wanted}`);
    },
    label({ path }) {
      const base = baseName(path);
      return namesakes.has(base) ? path : base;
    },
    requireRoom(baseNames) {
      if (!expands) return;
      const bytes = baseNames.reduce((sum, wanted) => sum + (byName.get(wanted)?.size ?? 0), 0);
      if (bytes <= MAX_EXPANDED_BYTES) return;
      throw new UserError(
        `${name} would expand to ${formatCount(bytes)} bytes; at most ${formatCount(MAX_EXPANDED_BYTES)} are read here.`,
      );
    },
  };
}

/**
 * A path as messages and choices show it; null: what macOS and Windows add beside the files, or a folder.
 * @throws UserError for a path that leads out of the archive, which only an attack has.
 */
function tidyPath(archive: string, raw: string): string | null {
  const path = raw.replaceAll('\\', '/');
  const parts = path.split('/').filter((part) => part !== '' && part !== '.');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
  if (parts.includes('..') || /^\/|^[a-z]:|[\x00-\x1f\x7f]/i.test(path)) {
    throw new UserError(
      `${archive} holds a file called "${shown(raw)}", which would lie outside of it. Nothing of it was read: pack the table again, or open it alone.`,
    );
  }
  const base = parts.at(-1);
  const isAdded = parts.includes('__MACOSX') || base === undefined || base.startsWith('.');
  return isAdded || path.endsWith('/') ? null : parts.join('/');
}

/** A name of others' making, fit for a sentence. */
function shown(name: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is replaced.
  const readable = name.replace(/[\x00-\x1f\x7f]/g, '\ufffd');
  return readable.length > 80 ? `${readable.slice(0, 40)}…${readable.slice(-39)}` : readable;
}

function depth(path: string): number {
  return path.split('/').length;
}
