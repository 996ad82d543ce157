/** What the user brought, looked into but not yet read: a file, a compressed file, a zip, a folder, several files. */
import { UserError } from '../errors';
import { type Archive, isZip, openFolder, openZip } from './archive';
import { type Content, fileContent, readHead } from './content';

/** Enough for some hundred rows, from which a format is recognised and a preview made. */
const HEAD_BYTES = 256 * 1024;

/** One file with a single text in it, or several files under one name. */
export type Source = {
  /** What the page calls it, e.g. "ml-1m.zip". */
  readonly name: string;
} & (
  | { readonly kind: 'text'; readonly content: Content; readonly head: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'archive'; readonly archive: Archive }
);

/**
 * Looks at the beginning of each file; a gzip, and a zip of one file, are looked into.
 * @throws UserError for an empty or unreadable file.
 */
export async function openSource(files: readonly File[]): Promise<Source> {
  if (files.length !== 1) {
    const name = folderName(files);
    if (files.length === 0) throw new UserError('There is no file in it.');
    return { kind: 'archive', name, archive: openFolder(name, files) };
  }
  const [file] = files;
  if (file.size === 0) throw new UserError(`${file.name} is empty (0 bytes).`);
  const plain = fileContent(file, false);
  const start = await readHead(plain, HEAD_BYTES);
  if (isZip(start)) {
    const archive = await openZip(file);
    if (archive.files.size !== 1) return { kind: 'archive', name: file.name, archive };
    return textSource(file.name, archive.content([...archive.files][0]));
  }
  if (isGzip(start)) return textSource(file.name, fileContent(file, true));
  return { kind: 'text', name: file.name, content: plain, head: start };
}

async function textSource(name: string, content: Content): Promise<Source> {
  return { kind: 'text', name, content, head: await readHead(content, HEAD_BYTES) };
}

export function isGzip(start: Uint8Array): boolean {
  return start[0] === 0x1f && start[1] === 0x8b;
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
