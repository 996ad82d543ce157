/** Tars of every dialect, plain and in a gzip: each gives the table that went in, or says what is wrong with it. */
import { execFileSync } from 'node:child_process';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../../src/data/errors';
import { loadDataset } from '../../../src/data/load';
import { FREE_EXPANSION_BYTES } from '../../../src/data/source/content';
import { decode } from '../decode';
import { criteoLines } from '../formats/tables';
import { handTar, systemTar } from './tars';

const OPTIONS = { withIds: false, rare: 1 };
const TABLE = `${criteoLines(300).join('\n')}\n`;
const plain = decode(await loadDataset(new File([TABLE], 'train.txt'), OPTIONS, () => {}));

const load = (bytes: Uint8Array<ArrayBuffer>, name: string) =>
  loadDataset(new File([bytes], name), OPTIONS, () => {});

async function refusal(bytes: Uint8Array<ArrayBuffer>, name: string): Promise<string> {
  const error: unknown = await load(bytes, name).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(UserError);
  return error instanceof UserError ? error.message : '';
}

/** Plain and in a gzip: the one is read here and there, the other as it comes. */
const WAYS = [
  ['plain', 'data.tar', (bytes: Uint8Array<ArrayBuffer>) => bytes],
  ['in a gzip', 'data.tar.gz', (bytes: Uint8Array<ArrayBuffer>) => Uint8Array.from(gzipSync(bytes))],
] as const;

function hasTar(): boolean {
  try {
    return execFileSync('tar', ['--version']).includes('GNU');
  } catch {
    return false;
  }
}

describe.each(WAYS)('a tar, %s,', (_, name, pack) => {
  describe.skipIf(!hasTar())('of GNU tar (skipped where it is absent)', () => {
    it.each(['v7', 'oldgnu', 'gnu', 'ustar', 'pax'])('in the dialect %s', async (dialect) => {
      const files = {
        'dac/readme.txt': 'words',
        'dac/train.txt': TABLE,
        'dac/test.txt': 'to be predicted\n',
      };
      const dataset = await load(pack(systemTar(files, `--format=${dialect}`)), name);
      expect(decode(dataset)).toEqual(plain);
      expect(dataset.name).toBe(`${name}, train.txt`);
    });

    it.each(['gnu', 'ustar', 'pax'])('with a long path in the dialect %s', async (dialect) => {
      const path = `${'folder/'.repeat(20)}clicks of ${'a'.repeat(60)}.txt`;
      const files = { 'readme.md': 'words', [path]: TABLE, 'é.md': 'words' };
      const dataset = await load(pack(systemTar(files, `--format=${dialect}`)), name);
      expect(decode(dataset)).toEqual(plain);
      expect(dataset.name).toBe(`${name}, clicks of ${'a'.repeat(60)}.txt`);
    });

    it('whose only file is called as the tar', async () => {
      const dataset = await load(pack(systemTar({ 'clicks.txt': TABLE }, '--format=gnu')), name);
      expect(dataset.name).toBe(name);
      expect(decode(dataset)).toEqual(plain);
    });

    it.each([0.2, 0.6, 0.9])('refused when it is cut off after %f of its length', async (share) => {
      const bytes = systemTar({ 'a.md': 'words', 'clicks.txt': TABLE }, '--format=gnu', '-b1');
      const cut = bytes.slice(0, Math.floor(bytes.length * share));
      expect(await refusal(pack(cut), name)).toMatch(/^data\.tar(\.gz)?(, clicks\.txt)? is cut off: the tar/);
    });
  });

  it('with a size in binary', async () => {
    const size = new Uint8Array(12);
    size[0] = 0x80;
    new DataView(size.buffer).setUint32(8, new TextEncoder().encode(TABLE).length);
    const bytes = handTar([
      { path: 'a.md', content: 'words' },
      { path: 'clicks.txt', content: TABLE, size },
    ]);
    expect(decode(await load(pack(bytes), name))).toEqual(plain);
  });

  it('with a table in a gzip', async () => {
    const bytes = handTar([
      { path: 'README', content: 'words' },
      { path: 'train.gz', content: gzipSync(TABLE) },
    ]);
    const dataset = await load(pack(bytes), name);
    expect(decode(dataset)).toEqual(plain);
    expect(dataset.name).toBe(`${name}, train.gz`);
  });

  it('in which folders, links and what macOS adds are passed over', async () => {
    const bytes = handTar([
      { path: 'dac/', content: '', type: '5' },
      { path: 'dac/link.txt', content: '', type: '2' },
      { path: 'dac/._clicks.txt', content: 'junk' },
      { path: './dac/clicks.txt', content: TABLE },
    ]);
    expect(decode(await load(pack(bytes), name))).toEqual(plain);
  });

  it.each([
    ['a header that is damaged', [{ path: 'a.md', content: 'words' }], "should begin a file's header"],
    [
      'a size that is no number',
      [{ path: 'a.txt', content: TABLE, size: Buffer.from('99999999999\0') }],
      'is damaged',
    ],
    ['attributes that are none', [{ path: 'x', content: 'nonsense', type: 'x' }], 'attributes of a file'],
    ['a part of another tar', [{ path: 'a.txt', content: TABLE, type: 'M' }], 'in several volumes'],
    ['a sparse file', [{ path: 'a.txt', content: TABLE, type: 'S' }], 'as a sparse file'],
    [
      'two files of one name',
      [
        { path: 'a.txt', content: TABLE },
        { path: './a.txt', content: TABLE },
      ],
      'holds two files called "a.txt"',
    ],
    [
      'a path that leads out of it',
      [{ path: 'a/../../train.txt', content: TABLE }],
      'which would lie outside of it',
    ],
    ['a path from the root', [{ path: '/etc/train.txt', content: TABLE }], 'which would lie outside of it'],
    ['no files', [{ path: 'a/', content: '', type: '5' }], 'is an empty archive. It holds no files.'],
    [
      'no table',
      [
        { path: 'a.png', content: 'a' },
        { path: 'b.md', content: 'b' },
      ],
      'holds no table. It holds a.png, b.md.',
    ],
    [
      'empty files',
      [
        { path: 'a.csv', content: '' },
        { path: 'b.csv', content: '' },
      ],
      'holds only empty files',
    ],
    [
      'a tar in it',
      [
        { path: 'a.md', content: 'a' },
        { path: 'b.tar', content: handTar([{ path: 'c', content: TABLE }]) },
      ],
      'b.tar is a tar in another archive: unpack',
    ],
    [
      'more than 20,000 files',
      Array.from({ length: 20_001 }, (_, i) => ({ path: `${i}.csv`, content: '' })),
      'more than 20,000 files',
    ],
  ])('refused for %s', async (what, entries, words) => {
    const bytes = handTar(entries);
    if (what === 'a header that is damaged') bytes[1024] = 1;
    expect(await refusal(pack(bytes), name)).toMatch(/^data\.tar/);
    expect(await refusal(pack(bytes), name)).toContain(words);
  });
});

it('a gzip that expands without end is left before the table in it', async () => {
  const zeros = { path: 'padding.bin', content: new Uint8Array(FREE_EXPANSION_BYTES * 2) };
  const bytes = Uint8Array.from(gzipSync(handTar([zeros, { path: 'b.txt', content: TABLE }])));
  expect(await refusal(bytes, 'bomb.tgz')).toMatch(/^bomb\.tgz expands to more than 200 times its size/);
});

it('a compressed tar is listed up to its train file only', async () => {
  const whole = gzipSync(handTar([{ path: 'train.txt', content: TABLE }]).subarray(0, -1024));
  const broken = gzipSync(new Uint8Array(4096).fill(1));
  const dataset = await load(Uint8Array.from(Buffer.concat([whole, broken])), 'data.tgz');
  expect(decode(dataset)).toEqual(plain);
});
