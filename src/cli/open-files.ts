/** Files of the disk as the data loaders take them: read when they are read, never as a whole. */
import { openAsBlob } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { UserError } from '../data/errors';

/**
 * A file, or the files of a folder.
 * @param option named in messages, e.g. "--dataset".
 */
export async function openFiles(path: string, option: string): Promise<File[]> {
  try {
    const found = await stat(path);
    if (!found.isDirectory()) return [await openFile(path, found.mtimeMs)];
    const entries = await readdir(path, { withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile()).map(({ name }) => join(path, name));
    return await Promise.all(files.map((file) => openFile(file, found.mtimeMs)));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const reason = code === 'ENOENT' ? 'there is no such file' : message;
    throw new UserError(`${option} ${path}: ${reason}. Give a file, or "sample" for the generated data set.`);
  }
}

async function openFile(path: string, lastModified: number): Promise<File> {
  return new File([await openAsBlob(path)], basename(path), { lastModified });
}
