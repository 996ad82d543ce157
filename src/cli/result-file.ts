/**
 * The file that a result goes to: tried before anything is trained, and replaced as a whole, so that there is never half a
 * document in it. What stands in it stays until there is something to put in its place.
 */
import { randomBytes } from 'node:crypto';
import type { Stats } from 'node:fs';
import {
  access,
  constants,
  type FileHandle,
  lstat,
  open,
  readlink,
  rename,
  rm,
  stat,
} from 'node:fs/promises';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { UserError } from '../data/errors';

/** Room that is asked for before the training: an experiment's document has some 60 kB. */
const PROBE_BYTES = 262_144;
const MAX_LINKS = 40;

/** Beside these a file cannot be made, or not put in another's place; it may still be writable itself. */
const NO_REPLACING: readonly string[] = ['EACCES', 'EPERM', 'EROFS', 'EBUSY', 'EXDEV'];

const REASONS: ReadonlyMap<string, string> = new Map([
  ['EACCES', 'you may not write there'],
  ['EPERM', 'you may not write there'],
  ['EROFS', 'that file system can only be read'],
  ['ENOSPC', 'the disk is full'],
  ['EDQUOT', 'your share of the disk is used up'],
  ['ENAMETOOLONG', 'the name is too long'],
  ['ELOOP', 'the links lead in a circle'],
  ['ENXIO', 'nobody reads from it'],
  ['ENOENT', 'no file can be made there'],
  ['ENOTDIR', 'one of its folders is a file'],
]);

/** Why a file cannot be written, as part of a sentence. */
export function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return REASONS.get(code ?? '') ?? message;
}

export class ResultFile {
  private constructor(
    private given: string,
    /** Where links lead. */
    private path: string,
    /** What stood there when it was last looked at; null: nothing. */
    private known: Stats | null,
    /** False for a pipe or a device: what went into it cannot be replaced. */
    readonly isReplaceable: boolean,
  ) {}

  /**
   * Makes sure that the file can be written; leaves no trace.
   * @throws UserError where it cannot, or where it names a folder.
   */
  static async open(name: string): Promise<ResultFile> {
    const refuse = (reason: string) => new UserError(`--out ${name}: ${reason}.`);
    try {
      const path = await followLinks(resolve(name));
      const found = await statOf(path);
      if (found?.isDirectory() || /[/\\]$/.test(name)) {
        throw refuse(`this is a folder. Name a file in it, such as ${join(name, 'result.json')}`);
      }
      await requireFolder(dirname(path), refuse);
      if (found !== null) await access(path, constants.W_OK);
      const isReplaceable = found === null || found.isFile();
      if (isReplaceable) await probe(path, found);
      // A line feed before the document changes nothing, and /dev/full tells what it is.
      else if (found.isCharacterDevice()) await writeInPlace(path, '\n');
      return new ResultFile(name, path, found, isReplaceable);
    } catch (error) {
      throw error instanceof UserError ? error : refuse(reasonOf(error));
    }
  }

  /** As the user wrote it, or that of the file beside it that had to be taken. */
  get name(): string {
    return this.given;
  }

  /**
   * Puts `text` in the place of what the file holds; it is on the disk when this resolves. Where somebody else has written
   * the file meanwhile, theirs stays, and a new file beside it is taken from then on.
   * @throws Error of the file system; the file is then as it was.
   */
  async write(text: string): Promise<void> {
    if (!this.isReplaceable) return writeInPlace(this.path, text);
    let found = await statOf(this.path);
    if (found && !isSame(found, this.known)) {
      await this.moveAside();
      found = null;
    }
    await replace(this.path, text, found);
    this.known = await statOf(this.path);
  }

  /** From "result.json" to "result-2.json", or the next number that is free. */
  private async moveAside(): Promise<void> {
    const extension = extname(this.path);
    for (let number = 2; ; number++) {
      const file = `${basename(this.path, extension)}-${number}${extension}`;
      const path = join(dirname(this.path), file);
      if ((await statOf(path)) !== null) continue;
      this.given = join(dirname(this.given), file);
      this.path = path;
      return;
    }
  }
}

/** Whether two names are of one file; false where there is none. */
export async function isSameFile(a: string, b: string): Promise<boolean> {
  const [one, other] = await Promise.all([a, b].map((name) => statOf(resolve(name)).catch(() => null)));
  return one !== null && other !== null && one.ino === other.ino && one.dev === other.dev;
}

function isSame(found: Stats, known: Stats | null): boolean {
  return (
    known !== null && found.ino === known.ino && found.size === known.size && found.mtimeMs === known.mtimeMs
  );
}

async function statOf(path: string): Promise<Stats | null> {
  return stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
}

/** A link is written through, also one to a file that does not exist yet. */
async function followLinks(path: string): Promise<string> {
  let end = path;
  for (let links = 0; links < MAX_LINKS; links++) {
    const isLink = await lstat(end).then(
      (found) => found.isSymbolicLink(),
      () => false,
    );
    if (!isLink) return end;
    end = resolve(dirname(end), await readlink(end));
  }
  return end;
}

async function requireFolder(folder: string, refuse: (reason: string) => UserError): Promise<void> {
  const found = await stat(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null;
    throw error;
  });
  if (found === null) throw refuse(`the folder ${folder} does not exist`);
  if (!found.isDirectory()) throw refuse(`${folder} is a file, not a folder`);
}

/** Writes something beside the file and takes it away again. */
async function probe(path: string, found: Stats | null): Promise<void> {
  const trial = temporaryName(path);
  try {
    await writeNew(trial, ' '.repeat(PROBE_BYTES));
  } catch (error) {
    if (found === null || !NO_REPLACING.includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    await (await open(path, 'r+')).close();
  } finally {
    await rm(trial, { force: true });
  }
}

/** A new file takes the old one's place in one move; where the folder does not let it, the old one is written over. */
async function replace(path: string, text: string, found: Stats | null): Promise<void> {
  const fresh = temporaryName(path);
  try {
    await writeNew(fresh, text, found?.mode);
    await rename(fresh, path);
  } catch (error) {
    await rm(fresh, { force: true });
    if (found === null || !NO_REPLACING.includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    await writeInPlace(path, text);
    return;
  }
  await syncFolder(dirname(path));
}

/** Short, whatever the name of the result: names have a limit. */
function temporaryName(path: string): string {
  return join(dirname(path), `.pep-${process.pid}-${randomBytes(4).toString('hex')}.tmp`);
}

async function writeNew(path: string, text: string, mode?: number): Promise<void> {
  await using(await open(path, 'wx'), async (file) => {
    await file.writeFile(text);
    if (mode !== undefined) await file.chmod(mode & 0o7777);
    await file.sync();
  });
}

async function writeInPlace(path: string, text: string): Promise<void> {
  await using(await open(path, constants.O_WRONLY), async (file) => {
    await file.writeFile(text);
    if (!(await file.stat()).isFile()) return;
    await file.truncate(Buffer.byteLength(text));
    await file.sync();
  });
}

/** The new name is on the disk, too. Some systems cannot do that for a folder. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r').catch(() => null);
  if (folder) await using(folder, (handle) => handle.sync().catch(() => undefined));
}

async function using(file: FileHandle, work: (file: FileHandle) => Promise<void>): Promise<void> {
  try {
    await work(file);
  } finally {
    await file.close();
  }
}
