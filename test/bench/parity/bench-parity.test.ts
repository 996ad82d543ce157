/** `npm run bench:parity` as its user sees it: a thread a seed, and its exit codes. The figures are in report.test.ts. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ML_1M, zipFile } from '../../data/formats/movielens-zips';

const RATINGS = Array.from({ length: 120 }, (_, i) => {
  const [user, film] = [1 + (i % 4), [10, 20, 30][i % 3]];
  return `${user}::${film}::${i % 5 < 2 ? 1 : 5}::${1_000 + i}`;
});

let folder: string;
let path: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'pep-cli-'));
  path = join(folder, 'ml-1m.zip');
  const zip = zipFile('ml-1m.zip', { ...ML_1M, 'ml-1m/ratings.dat': RATINGS.join('\n') });
  writeFileSync(path, new Uint8Array(await zip.arrayBuffer()));
});
afterAll(() => rmSync(folder, { recursive: true }));

function benchParity(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const words = ['test/bench/command.mjs', 'bench-parity', ...args];
  return new Promise((resolve) => {
    execFile(process.execPath, words, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr });
    });
  });
}

describe('npm run bench:parity', () => {
  it('trains every seed in a thread of its own, in order whichever ends first, and fails on other data', async () => {
    const { code, stdout, stderr } = await benchParity('--search-only', '--seeds', '5,3', path);
    expect(code, stderr).toBe(1);
    expect(stdout).toContain('ml-1m.zip: 120 rows');
    expect(stdout).toMatch(/step +official +seed 5 +seed 3 +mean +largest/);
    for (const seed of [3, 5]) expect(stderr).toContain(`seed ${seed}: step 19999`);
    // The data decides about nothing in the first steps: g is the official one on any data.
    expect(stdout).toMatch(/^ +1000 +8\.203e-7( +8\.1\d\de-7){2} .* ok$/m);
    expect(stdout).toMatch(/^ +50000 +15074( +NaN){2} .*OFF: 2 of 2$/m);
    expect(stdout).not.toContain('Tickets retrained');
  }, 120_000);

  it.each([
    [['--seeds', '1,x', 'ml-1m.zip'], /^Seeds are whole numbers, such as 1,2,3\. Usage: /],
    [['--seeds', '1,2', '--seed', '3', 'ml-1m.zip'], /^Give --seed or --seeds\. Usage: /],
    [['--seeds', '1'], /^Give one file\. Usage: /],
    [['no-such.zip'], /^no-such\.zip: there is no such file\.$/m],
  ])('refuses %j with one line', async (args, message) => {
    const { code, stdout, stderr } = await benchParity(...args);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toMatch(message);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });
});
