/** What the user brought, looked into but not yet read: a file, a compressed file, a zip, a tar, a folder, several files. */
import { EmptyFile, UserError } from '../errors';
import { type Archive, type ArchiveFile, openFolder } from './archive';
import { blobContent, type Content, gunzipped, type Reading } from './content';
import { type Head, type HeadSize, readHead } from './head';
import { chooseTable, isTrainingTable, type TableQuestion } from './tables';
import { isTar, openCompressedTar, openTar } from './tar';
import { isZip, openZip } from './zip';

/** As much as tells archives apart. */
const START: HeadSize = { bytes: 512, lines: 0, mostBytes: 512 };
/**
 * Enough for some hundred rows, from which a format is recognised and a preview made. Rows of thousands of columns are
 * longer: some of them are looked at, within a bound.
 */
export const ENOUGH: HeadSize = { bytes: 256 * 1024, lines: 20, mostBytes: 4 * 1024 * 1024 };

/** One file with a single text in it, or several files under one name. */
export type Source = {
  /** What the page calls it, e.g. "ml-1m.zip", or "clicks.zip, train.csv" where there is more in it. */
  readonly name: string;
} & (
  | {
      readonly kind: 'text';
      readonly content: Content;
      readonly head: Uint8Array<ArrayBuffer>;
      /** Whether there is more than the head. */
      readonly isCut: boolean;
    }
  | { readonly kind: 'archive'; readonly archive: Archive }
);

/**
 * Looks at the beginning of each file; a gzip, and an archive of one file, are looked into.
 * @throws UserError for an empty or unreadable file, and for an archive in an archive; LoadCancelled.
 */
export async function openSource(files: readonly File[], reading: Reading = {}): Promise<Source> {
  if (files.length === 0) throw new UserError('There is no file in it.');
  if (files.length !== 1) {
    const name = folderName(files);
    return { kind: 'archive', name, archive: openFolder(name, files) };
  }
  const [file] = files;
  if (file.size === 0) throw new EmptyFile(`${file.name} is empty (0 bytes).`);
  const archive = await openArchive(file, file.name, reading);
  if (!archive) return openText(file.name, blobContent(file.name, file), reading);
  if (archive.all.length !== 1) return { kind: 'archive', name: file.name, archive };
  return openTable(archive, archive.all[0], reading);
}

/** What an archive that holds several files was opened to. */
export type Picked =
  | TableQuestion
  | {
      readonly kind: 'source';
      readonly source: Source;
      /** Where the source is an archive in a folder: its path, and what is chosen in it. */
      readonly inside: string | null;
      readonly wanted: string | undefined;
    };

/**
 * The table of an archive that holds several files, or what to ask; in a folder, also an archive.
 * @param wanted the path that was chosen; undefined: none was.
 */
export async function pickTable(
  archive: Archive,
  wanted: string | undefined,
  reading: Reading,
): Promise<Picked> {
  const around = archive.all.find(
    ({ path, file }) => file !== undefined && wanted?.startsWith(`${path}/`) === true,
  );
  const chosen = around ?? chooseTable(archive, wanted);
  if ('kind' in chosen) return chosen;
  const label = `${archive.name}, ${archive.label(chosen)}`;
  const inner = chosen.file ? await openArchive(chosen.file, label, reading) : null;
  if (!inner) {
    const source = await openTable(archive, chosen, reading);
    return { kind: 'source', source, inside: null, wanted: undefined };
  }
  const rest = around ? wanted?.slice(around.path.length + 1) : undefined;
  const source =
    inner.all.length === 1 && rest === undefined
      ? await openTable(inner, inner.all[0], reading)
      : { kind: 'archive' as const, name: label, archive: inner };
  return { kind: 'source', source, inside: chosen.path, wanted: rest };
}

function isGzip(start: Uint8Array): boolean {
  return start[0] === 0x1f && start[1] === 0x8b;
}

/** Null: the file is no archive. */
async function openArchive(file: File, name: string, reading: Reading): Promise<Archive | null> {
  const plain = blobContent(name, file);
  const { head: start } = await readHead(plain, START, reading);
  if (isZip(start)) return openZip(file, name);
  if (isTar(start)) return openTar(file, name);
  if (!isGzip(start)) return null;
  const expanded = gunzipped(plain);
  const { head } = await readHead(expanded, START, reading);
  return isTar(head) ? openCompressedTar(expanded, isTrainingTable, reading) : null;
}

/** A file of an archive; one that is alone in it is called as the archive. */
async function openTable(archive: Archive, file: ArchiveFile, reading: Reading): Promise<Source> {
  const label = `${archive.name}, ${archive.label(file)}`;
  const name = archive.all.length === 1 ? archive.name : label;
  return openText(name, file.open(label), reading);
}

/** @param name what the page calls it. */
async function openText(name: string, content: Content, reading: Reading): Promise<Source> {
  const raw = await readHead(content, ENOUGH, reading);
  if (!isGzip(raw.head)) return textSource(name, content, raw);
  const expanded = gunzipped(content);
  return textSource(name, expanded, await readHead(expanded, ENOUGH, reading));
}

/** @throws UserError for nothing, and for an archive. */
function textSource(name: string, content: Content, { head, isCut }: Head): Source {
  if (head.length === 0) throw new EmptyFile(`${content.name} is empty (0 bytes).`);
  const inner = isZip(head) ? 'a zip' : isTar(head) ? 'a tar' : isGzip(head) ? 'a gzip' : null;
  if (inner) {
    throw new UserError(
      `${content.name} is ${inner} in another archive: unpack the outer one and open what is in it.`,
    );
  }
  return { kind: 'text', name, content, head, isCut };
}

/** "ml-1m" for files chosen as a folder, otherwise the files' names. */
function folderName(files: readonly File[]): string {
  const folder = files[0]?.webkitRelativePath?.split('/')[0];
  if (folder) return folder;
  const names = files.map(({ name }) => name);
  return names.length <= 3
    ? names.join(' + ')
    : `${names.slice(0, 2).join(' + ')} + ${names.length - 2} more`;
}
