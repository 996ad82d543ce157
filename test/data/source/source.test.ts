/** What can go wrong between the disk and the first row. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, openAsBlob, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LoadCancelled, UserError } from '../../../src/data/errors';
import { loadDataset } from '../../../src/data/load';
import { FREE_EXPANSION_BYTES, MAX_EXPANSION } from '../../../src/data/source/content';
import { ML_1M } from '../formats/movielens-zips';
import { criteoLines, gzipFile, textFile, zipOf } from '../formats/tables';

const OPTIONS = { withIds: false };

async function refusal(files: File | readonly File[]): Promise<string> {
  const error: unknown = await loadDataset(files, OPTIONS, () => {}).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(UserError);
  return error instanceof UserError ? error.message : '';
}

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'pep-source-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('compressed files', () => {
  it.each([0.3, 0.9, 0.999])('refuses a gzip cut off after %f of its length', async (share) => {
    const whole = new Uint8Array(await gzipFile('train.txt.gz', criteoLines(20_000)).arrayBuffer());
    const cut = new File([whole.slice(0, Math.floor(whole.length * share))], 'train.txt.gz');
    expect(await refusal(cut)).toBe(
      'train.txt.gz is damaged or cut off: its compressed data cannot be expanded. Download or compress it again.',
    );
  });

  it('refuses a gzip with a flipped bit', async () => {
    const bytes = new Uint8Array(await gzipFile('train.txt.gz', criteoLines(20_000)).arrayBuffer());
    bytes[Math.floor(bytes.length / 2)] ^= 0x10;
    expect(await refusal(new File([bytes], 'train.txt.gz'))).toMatch(
      /^train\.txt\.gz(, line \d+: | is damaged)/,
    );
  });

  it.each(['gzip', 'zip'])('refuses a %s bomb while it expands', async (kind) => {
    const rows = `1,${'a'.repeat(5_000)}\n0,${'b'.repeat(5_000)}\n`;
    const repeated = rows.repeat(Math.ceil((FREE_EXPANSION_BYTES * 1.8) / rows.length));
    const file =
      kind === 'gzip' ? new File([gzipSync(repeated)], 'bomb.gz') : zipOf('bomb.zip', { 't.csv': repeated });
    expect(repeated.length).toBeGreaterThan(FREE_EXPANSION_BYTES + MAX_EXPANSION * file.size);
    expect(await refusal(file)).toMatch(/^bomb\.(gz|zip, t\.csv) expands to more than 200 times its size/);
  });
});

describe('other files', () => {
  it('refuses binary junk', async () => {
    expect(await refusal(new File([randomBytes(100_000)], 'junk.csv'))).toMatch(
      /^junk\.csv is not a data set that can be read here: it is (binary data of an unknown kind|text that begins)/,
    );
  });

  it('refuses a line that never ends', async () => {
    const long = `${criteoLines(5).join('\n')}\n${'0\t'.repeat(800_000)}`;
    expect(await refusal(textFile('train.txt', long))).toMatch(
      /^train\.txt, line 6: the line is longer than 1,000,000 bytes/,
    );
  });

  it('refuses a file that changes while it is read', async () => {
    const path = join(folder, 'train.txt');
    writeFileSync(path, criteoLines(40_000).join('\n'));
    const file = new File([await openAsBlob(path)], 'train.txt');
    const reading = loadDataset(file, OPTIONS, (fraction) => {
      if (fraction > 0.2) writeFileSync(path, criteoLines(100).join('\n'));
    });
    await expect(reading).rejects.toThrow(/^train\.txt could not be read .*changed while it was read/);
  });

  it.each([
    ['while it reads', 'Reading rows', 0.2],
    ['while it makes the columns', 'Making the columns', 0],
    ['at the last column', 'Making the columns', 0.99],
  ])('stops when it is told to %s', async (_, what, from) => {
    const control = new AbortController();
    const reading = loadDataset(
      textFile('train.txt', criteoLines(40_000)),
      { ...OPTIONS, signal: control.signal },
      (fraction, doing) => {
        // As a message that waits for its turn.
        if (doing === what && fraction >= from) setTimeout(() => control.abort());
      },
    );
    await expect(reading).rejects.toThrow(LoadCancelled);
  });
});

describe('several files', () => {
  const files = Object.entries(ML_1M).map(([path, text]) => {
    const file = new File(
      [Uint8Array.from(text, (c) => c.charCodeAt(0))],
      path.slice(path.lastIndexOf('/') + 1),
    );
    Object.defineProperty(file, 'webkitRelativePath', { value: path });
    return file;
  });

  it('reads a MovieLens folder as its zip', async () => {
    const dataset = await loadDataset(files, OPTIONS, () => {});
    expect(dataset.name).toBe('ml-1m');
    expect(dataset.rows).toBe(5);
  });

  it('says what a folder lacks', async () => {
    expect(await refusal(files.filter(({ name }) => name !== 'users.dat'))).toBe(
      'ml-1m has no users.dat. It holds ratings.dat, movies.dat.',
    );
    expect(await refusal([new File(['a'], 'a.txt'), new File(['b'], 'b.txt')])).toMatch(
      /^a\.txt \+ b\.txt holds no table\. It holds a\.txt, b\.txt\./,
    );
  });
});
