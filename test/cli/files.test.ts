/** The command line on files of every format. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { avazuLines, criteoLines } from '../data/formats/tables';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'pep-cli-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function write(name: string, lines: readonly string[]): string {
  const path = join(folder, name);
  writeFileSync(path, lines.join('\n'));
  return path;
}

function quietExperiment(...args: string[]) {
  return experiment('--quiet', ...args);
}

function experiment(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const options = [
    'src/setup/command.mjs',
    'experiment',
    '--epochs',
    '1',
    '--batch-size',
    '64',
    '--targets',
    '10',
    ...args,
  ];
  return new Promise((resolve) => {
    execFile(process.execPath, options, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr });
    });
  });
}

/** The data set of the document that a run prints. */
async function datasetOf(...args: string[]) {
  const { code, stdout, stderr } = await quietExperiment(...args);
  expect(code, stderr).toBe(0);
  const document = JSON.parse(stdout);
  return document.dataset;
}

const CLICKS = [
  'when,who,bought',
  ...Array.from({ length: 400 }, (_, i) => `${2 * i},${'abc'[i % 3]},${i % 4 ? 'no' : 'yes'}`),
];

describe('--dataset FILE', () => {
  it('trains on Criteo and Avazu', async () => {
    expect(await datasetOf('--dataset', write('train.txt', criteoLines(600)))).toMatchObject({
      name: 'train.txt',
      rows: 600,
    });
    expect(await datasetOf('--dataset', write('train.csv', avazuLines(600)), '--rows', '500')).toMatchObject({
      rows: 500,
    });
  });

  it('trains on any table, as its options say', async () => {
    const path = write('clicks.csv', CLICKS);
    const guessed = await datasetOf('--dataset', path);
    expect(guessed.fields.map(({ name }: { name: string }) => name)).toEqual(['when', 'who']);
    const told = await datasetOf(
      '--dataset',
      path,
      '--label',
      'who',
      '--positive',
      'a,b',
      '--ignore',
      'when',
      '--model',
      'lr',
      '--random-rows',
      '300',
    );
    expect(told.fields.map(({ name }: { name: string }) => name)).toEqual(['bought']);
    expect(told.rows).toBe(300);
    expect(told.positiveRate).toBeCloseTo(2 / 3, 1);
  });

  it.each([
    [
      ['--with-ids'],
      /^--with-ids: .*clicks\.csv is not MovieLens, whose ids can be left out\. Leave the option out\.$/,
    ],
    [['--sample-seed', '2'], /^--sample-seed: only the generated sample has a seed, and --dataset is /],
    [
      ['--rows-seed', '2'],
      /^--rows-seed: no rows are drawn at random\. Say how many with --random-rows N\.$/,
    ],
    [
      ['--ignore', 'bought'],
      /no column looks like a label\. Name it with --label\. Columns of two values: bought \("no" and "yes"\)\./,
    ],
    [
      ['--label', 'who', '--positive', ''],
      /say with --positive which values of who count as 1\. It has "a", "b", "c"\.$/,
    ],
    [['--label', 'what'], /has no column "what"\. Its columns: when, who, bought\.$/],
    [['--buckets', '1'], /^--buckets: 1 is not a whole number of at least 2\.$/],
    [['--buckets', '257'], /^--buckets: 257 is more than 256\.$/],
    [['--rows', '0'], /^--rows: 0 is not a whole number of at least 1\.$/],
    [['--rows', '5', '--random-rows', '5'], /exclude each other/],
    [['--separator', 'ab'], /no table: there are no "ab" between values in its first lines/],
  ])('refuses %j with one line', async (args, message) => {
    const { code, stderr } = await quietExperiment('--dataset', write('clicks.csv', CLICKS), ...args);
    expect(stderr.trimEnd()).toMatch(message);
    expect(stderr.trimEnd()).not.toContain('\n');
    expect(code).toBe(2);
  });
});

describe('before it trains, the command line', () => {
  const rows = Array.from(
    { length: 300 },
    (_, i) => `${i % 3 ? 0 : 1},${i % 3 ? 'no' : 'yes'},${'abcde'[i % 5]},x,u${i}`,
  );
  const ship = () => write('ship.csv', ['survived,alive,deck,line,passenger', ...rows]);
  const asked = ['--label', 'survived', '--positive', '1', '--categories', 'alive,deck,line,passenger'];

  it('says on standard error what the page warns of: leaks, constants, nearly unique fields, a scarce label', async () => {
    const { code, stdout, stderr } = await experiment('--dataset', ship(), ...asked);
    expect(code, stderr).toBe(0);
    expect(stderr.split('\n').filter((line) => line.startsWith('Warning: '))).toEqual([
      'Warning: alive alone tells the label (AUC 1.000 over 300 rows): is it the label in other words? Ignore it unless it is known before the label is.',
      'Warning: line is constant: it says the same in every row.',
      'Warning: passenger is nearly unique per row: what is learned of a value never helps with another row.',
      'Warning: Only 100 rows have label 1: AUCs will jump from seed to seed.',
      ...stderr.split('\n').filter((line) => /^Warning: (?!alive|line|passenger|Only)/.test(line)),
    ]);
    expect(JSON.parse(stdout).dataset).toMatchObject({
      fingerprint: expect.stringMatching(/^[0-9a-f]{16}$/),
      origin: { format: 'table', label: expect.stringContaining('survived') },
    });
  });

  it('says none of it with --quiet', async () => {
    const { stderr } = await quietExperiment('--dataset', ship(), ...asked);
    expect(stderr).not.toMatch(/alone tells|constant|unique/);
  });
});
