/** Zips and folders of several files: which of them is read, what is asked, and what is refused. */
import { existsSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { type Dataset, positiveRate } from '../../../src/data/dataset';
import { UserError } from '../../../src/data/errors';
import { inspectFiles, loadDataset } from '../../../src/data/load';
import { ENOUGH } from '../../../src/data/source/source';
import { ML_1M, ML_LATEST, zipFile } from '../formats/movielens-zips';
import { avazuLines, textFile, zipOf } from '../formats/tables';
import { handTar } from './tars';

const OPTIONS = { withIds: false };
/** A table of so many rows: tells which one was read. */
const table = (rows: number) =>
  ['click,colour', ...Array.from({ length: rows }, (_, i) => `${i % 2},${['red', 'blue'][i % 2]}`), ''].join(
    '\n',
  );

function load(files: File | readonly File[], file?: string): Promise<Dataset> {
  return loadDataset(files, { ...OPTIONS, ...(file !== undefined && { file }) }, () => {});
}

async function refusal(action: Promise<unknown>): Promise<string> {
  const error: unknown = await action.catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(UserError);
  return error instanceof UserError ? error.message : '';
}

/** A file of a folder that was chosen on the page. */
function inFolder(path: string, content: string | Uint8Array<ArrayBuffer>): File {
  const file = new File([content], path.slice(path.lastIndexOf('/') + 1));
  Object.defineProperty(file, 'webkitRelativePath', { value: path });
  return file;
}

describe('a zip', () => {
  it('is told what can be read where it is empty, whatever a file is called', async () => {
    const empty = zipFile('e.zip', { 'a.csv': '', 'b.csv': '' });
    expect(await refusal(load(empty))).toMatch(/^e\.zip holds only empty files \(0 bytes\)\. Expected: /);
    const named = zipFile('n.zip', { 'a.csv': table(20), 'b.csv': table(20) });
    expect(await refusal(load(named, 'was (0 bytes).csv'))).toMatch(
      /^n\.zip has no file "was \(0 bytes\)\.csv"\. It holds a\.csv, b\.csv\.$/,
    );
  });

  it.each([
    [{ 'd/train.csv': table(20), 'd/README.txt': 'words, more, words' }, 'train.csv'],
    [
      { 'clicks.csv': table(20), LICENSE: 'words', 'picture.png': 'x', 'notes/index.html': '<html>' },
      'clicks.csv',
    ],
    [{ 'train.csv': table(20), 'test.csv': table(9), 'sample_submission.csv': table(8) }, 'train.csv'],
    [{ 'a/train.txt': table(20), 'a/train_extra.txt': table(8), 'a/valid.txt': table(9) }, 'train.txt'],
    [{ 'X_test.csv': table(9), 'X_learn.csv': table(20) }, 'X_learn.csv'],
    [{ 'clicks.csv': table(20), 'empty.csv': '', 'terms of use.txt': 'Do not\npass on\n' }, 'clicks.csv'],
    [{ 'test.csv': table(20), 'README.md': 'words' }, 'test.csv'],
    [
      { '__MACOSX/._clicks.csv': 'x', '.DS_Store': 'x', 'clicks.csv': table(20), 'about.md': 'x' },
      'clicks.csv',
    ],
    [{ 'data\\clicks.csv': table(20), 'data\\readme.txt': 'words' }, 'clicks.csv'],
    [{ 'clicks.csv.gz': gzipSync(table(20)), 'readme.txt': 'words' }, 'clicks.csv.gz'],
    [{ 'data.xls': table(20), 'readme.txt': 'words' }, 'data.xls'],
  ])('of %j is read by its table', async (files, read) => {
    const dataset = await load(zipOf('shop.zip', files as Record<string, string | Uint8Array>));
    expect(dataset.rows).toBe(20);
    expect(dataset.name).toBe(`shop.zip, ${read}`);
  });

  it('of one file is called as the zip, also where that is a gzip', async () => {
    const file = zipOf('avazu.zip', { 'train.gz': gzipSync(avazuLines(40).join('\n')) });
    expect(await inspectFiles([file])).toEqual({ kind: 'known', format: 'avazu' });
    const dataset = await load(file);
    expect(dataset.rows).toBe(40);
    expect(dataset.name).toBe('avazu.zip');
  });

  it('of several tables is asked about, and the chosen one is read', async () => {
    const file = zipOf('shop.zip', {
      'a/clicks.csv': table(20),
      'b/clicks.csv': table(22),
      'views.csv': table(24),
      'no-table.txt': 'Dear Sir,\nso it is\n',
      'test.csv': table(26),
    });
    const tables = [
      { path: 'a/clicks.csv', size: table(20).length },
      { path: 'b/clicks.csv', size: table(22).length },
      { path: 'views.csv', size: table(24).length },
    ];
    expect(await inspectFiles([file])).toEqual({ kind: 'several', name: 'shop.zip', tables });
    expect(await refusal(load(file))).toMatch(
      /^shop\.zip holds 3 tables: a\/clicks\.csv \(\d+ bytes\), b\/clicks\.csv \(\d+ bytes\), views\.csv \(\d+ bytes\)\. Choose one of them\.$/,
    );
    for (const [wanted, rows, name] of [
      ['b/clicks.csv', 22, 'shop.zip, b/clicks.csv'],
      ['b\\clicks.csv', 22, 'shop.zip, b/clicks.csv'],
      ['views.csv', 24, 'shop.zip, views.csv'],
      ['test.csv', 26, 'shop.zip, test.csv'],
    ] as const) {
      const dataset = await load(file, wanted);
      expect([dataset.rows, dataset.name]).toEqual([rows, name]);
    }
    expect(await refusal(load(file, 'clicks.csv'))).toBe(
      'shop.zip has 2 files called clicks.csv: choose one of a/clicks.csv, b/clicks.csv.',
    );
    expect(await refusal(load(file, 'none.csv'))).toMatch(
      /^shop\.zip has no file "none\.csv"\. It holds a\/clicks/,
    );
  });

  it('of MovieLens is read as such unless one of its files is chosen', async () => {
    const file = zipFile('films.zip', ML_LATEST);
    expect((await load(file)).fields.map(({ name }) => name)).toContain('genre');
    expect(await inspectFiles([file], {}, { file: 'ratings.csv' })).toMatchObject({ kind: 'table' });
  });

  it.each([
    [
      'a path that leads out of it',
      { '../train.csv': table(20), 'a.md': 'a' },
      'which would lie outside of it',
    ],
    [
      'such a path with backslashes',
      { 'a\\..\\..\\train.csv': table(20), 'a.md': 'a' },
      'which would lie outside',
    ],
    ['a path on a drive', { 'C:\\train.csv': table(20), 'a.md': 'a' }, 'which would lie outside of it'],
    [
      'two files of one name',
      { 'a\\b.csv': table(20), 'a/b.csv': table(9) },
      'holds two files called "a/b.csv"',
    ],
    [
      'a zip in it',
      { 'a.md': 'a', 'in.zip': zipSync({ 'a.csv': new Uint8Array(9) }) },
      'in.zip is a zip in another archive: unpack the outer one',
    ],
    [
      'only a zip in it',
      { 'in.zip': zipSync({ 'a.csv': new Uint8Array(9) }) },
      'in.zip is a zip in another archive',
    ],
    [
      'a tar in it',
      { 'a.md': 'a', 'in.tar.gz': gzipSync(handTar([{ path: 'a.csv', content: 'a' }])) },
      'is a tar in another archive',
    ],
    ['nothing but words', { 'README.md': 'a', LICENSE: 'b' }, 'holds no table. It holds README.md, LICENSE.'],
    ['empty files', { 'a.csv': '', 'b.csv': '' }, 'holds only empty files'],
    [
      'an Excel workbook',
      { 'readme.txt': 'a', 'data.xlsx': workbook() },
      'data.xlsx is a zip in another archive',
    ],
    [
      'a Parquet file',
      { 'readme.txt': 'a', 'data.parquet': 'PAR1\x15\x04\x15' },
      'shop.zip, data.parquet is a Parquet file: write it as CSV',
    ],
  ])('with %s is refused', async (_, files, words) => {
    const message = await refusal(load(zipOf('shop.zip', files as Record<string, string | Uint8Array>)));
    expect(message).toMatch(/^shop\.zip/);
    expect(message).toContain(words);
  });

  it('with more than 20,000 files is refused', async () => {
    const names = Array.from({ length: 20_001 }, (_, i) => [`${i}.csv`, new Uint8Array(0)]);
    const file = new File([zipSync(Object.fromEntries(names), { level: 0 }).slice()], 'many.zip');
    expect(await refusal(load(file))).toMatch(/^many\.zip holds more than 20,000 files/);
  });

  it.each([
    ['encrypted', 8, 1, /^shop\.zip, a\.csv is encrypted: unpack the zip with its password/],
    [
      'packed by Deflate64',
      10,
      9,
      /^shop\.zip, a\.csv is compressed by Deflate64, which browsers cannot expand/,
    ],
    ['packed by an unknown method', 10, 77, /^shop\.zip, a\.csv is compressed by method 77/],
  ])('that is %s is named so', async (_, at, value, words) => {
    const bytes = new Uint8Array(await zipOf('a', { 'a.csv': table(30) }).arrayBuffer());
    const directory = Buffer.from(bytes).indexOf('PK\x01\x02');
    bytes[directory + at] = value;
    expect(await refusal(load(new File([bytes], 'shop.zip')))).toMatch(words);
  });

  it('in volumes is named so', async () => {
    const last = new Uint8Array(await zipOf('a', { 'a.csv': table(30) }).arrayBuffer());
    // The number of the last part, where the table of contents is.
    last[Buffer.from(last).indexOf('PK\x05\x06') + 4] = 2;
    expect(await refusal(load(new File([last], 'shop.zip')))).toMatch(
      /^shop\.zip is one of the parts of a zip/,
    );
    const bytes = Uint8Array.from([0x50, 0x4b, 7, 8, 0x50, 0x4b, 3, 4, ...new Uint8Array(500)]);
    expect(await refusal(load(new File([bytes], 'shop.z01')))).toMatch(
      /^shop\.z01 is one of the parts of a zip/,
    );
  });
});

function workbook(): Uint8Array {
  const part = new TextEncoder().encode('<xml/>');
  return zipSync({ '[Content_Types].xml': part, 'xl/workbook.xml': part, 'xl/worksheets/sheet1.xml': part });
}

describe('a folder', () => {
  it('is read by its table, or asked about', async () => {
    const files = [inFolder('shop/clicks.csv', table(20)), inFolder('shop/README.md', 'words')];
    const dataset = await load(files);
    expect([dataset.rows, dataset.name]).toEqual([20, 'shop, clicks.csv']);
    const more = [...files, inFolder('shop/b/views.csv', table(22))];
    expect(await inspectFiles(more)).toMatchObject({
      kind: 'several',
      name: 'shop',
      tables: [{ path: 'shop/clicks.csv' }, { path: 'shop/b/views.csv' }],
    });
    expect((await load(more, 'shop/b/views.csv')).rows).toBe(22);
  });

  it('with a zip is read as the zip', async () => {
    const zip = new Uint8Array(await zipFile('ml-1m.zip', ML_1M).arrayBuffer());
    const dataset = await load([inFolder('films/ml-1m.zip', zip), inFolder('films/notes.md', 'words')]);
    expect(dataset.rows).toBe(5);
    expect(dataset.name).toBe('films, ml-1m.zip');
  });

  it('with a zip of several tables is asked about these, and the chosen one is read', async () => {
    const zip = new Uint8Array(await zipOf('a', { 'a.csv': table(20), 'b.csv': table(22) }).arrayBuffer());
    const files = [inFolder('shop/in.zip', zip), inFolder('shop/README', 'words')];
    const found = await inspectFiles(files);
    expect(found).toMatchObject({ kind: 'several', name: 'shop, in.zip' });
    const paths = found.kind === 'several' ? found.tables.map(({ path }) => path) : [];
    expect(paths).toEqual(['shop/in.zip/a.csv', 'shop/in.zip/b.csv']);
    const dataset = await load(files, paths[1]);
    expect([dataset.rows, dataset.name]).toEqual([22, 'shop, in.zip, b.csv']);
  });

  it('whose files were dropped without their folders tells those of one name apart', async () => {
    const files = [textFile('a.csv', table(20)), textFile('a.csv', table(22))];
    expect(await inspectFiles(files)).toMatchObject({ tables: [{ path: 'a.csv' }, { path: 'a.csv (2)' }] });
    expect((await load(files, 'a.csv (2)')).rows).toBe(22);
  });
});

it('a file that is alone takes no choice', async () => {
  expect(await refusal(load(textFile('clicks.csv', table(20)), 'other.csv'))).toBe(
    'clicks.csv has no other file in it: "other.csv" cannot be chosen.',
  );
});

describe('the beginning of a file', () => {
  const wide = (columns: number, rows: number) =>
    [
      ['label', ...Array.from({ length: columns }, (_, i) => `a rather long name ${i}`)].join(),
      ...Array.from({ length: rows }, (_, r) => [r % 2, ...Array(columns).fill(r % 3)].join()),
    ].join('\n');

  it('grows until it holds a header of any width, and rows', async () => {
    const found = await inspectFiles([new File([gzipSync(wide(20_000, 40))], 'wide.csv.gz')]);
    expect(found.kind === 'table' && found.preview.choices.columns.length).toBe(20_001);
    expect(found.kind === 'table' && found.preview.rows.length).toBeGreaterThan(10);
  });

  it('ends somewhere: a longer header is named as the reason', async () => {
    const file = new File([gzipSync(wide(200_000, 2))], 'wide.csv.gz');
    expect(await refusal(load(file))).toContain(
      `text whose first line alone is longer than the ${ENOUGH.mostBytes.toLocaleString('en-US')} bytes that are looked at`,
    );
  });
});

const CASES = new URL('../../../../shared/cases/', import.meta.url);

describe.skipIf(!existsSync(CASES))('cases beside the project (skipped where they are absent)', () => {
  it.each([
    ['csv-with-readme.zip', 100, 0.5],
    ['dac.tar.gz', 200, 0.245],
    ['ml-10m-layout.zip', 4, 0.5],
  ])('%s has %i rows', async (name, rows, rate) => {
    const dataset = await load(new File([readFileSync(new URL(name, CASES))], name));
    expect(dataset.rows).toBe(rows);
    expect(positiveRate(dataset)).toBeCloseTo(rate, 2);
  });

  it('a header of 560 kB is looked at as a whole', async () => {
    const name = 'wide-header-over-256k.csv.gz';
    const found = await inspectFiles([new File([readFileSync(new URL(name, CASES))], name)]);
    expect(found.kind === 'table' && found.preview.choices.columns.length).toBe(60_001);
  });
});
