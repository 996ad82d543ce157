/** `npm run data` against a server of this machine: what it keeps, what it refuses, what it says without a network. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

const ZIP = Buffer.from('not really a zip, but whole');
const MD5 = createHash('md5').update(ZIP).digest('hex');

let server: Server;
let base: string;
let folder: string;
let answers: Record<string, { status?: number; body: string | Buffer; cut?: boolean }>;

beforeAll(async () => {
  server = createServer((request, response) => {
    const answer = answers[request.url ?? ''];
    if (!answer) {
      response.writeHead(404).end();
      return;
    }
    const { status = 200, body, cut = false } = answer;
    response.writeHead(status, { 'content-length': Buffer.byteLength(body) });
    if (!cut) response.end(body);
    else response.write(body.slice(0, 5), () => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/movielens/`;
});
afterAll(() => server.close());
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pep-data-'));
  answers = {
    '/movielens/ml-1m.zip': { body: ZIP },
    '/movielens/ml-1m.zip.md5': { body: `MD5 (ml-1m.zip) = ${MD5}\n` },
    '/movielens/ml-latest-small.zip': { body: ZIP },
  };
  return () => rmSync(folder, { recursive: true });
});

function data(...args: string[]): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    const env = { ...process.env, PEP_DATA_URL: base, PEP_DATA_FOLDER: folder };
    execFile(process.execPath, ['src/setup/data.mjs', ...args], { env }, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code) : 0, output: stdout + stderr });
    });
  });
}

const list = () => JSON.parse(readFileSync(join(folder, 'index.json'), 'utf8'));

describe('npm run data', () => {
  it('downloads, checks and lists', async () => {
    const { code, output } = await data('ml-1m', 'ml-latest-small');
    expect(output).toContain(`ml-1m.zip: ${ZIP.length} bytes, complete.`);
    expect(code).toBe(0);
    expect(readFileSync(join(folder, 'ml-1m.zip')).equals(ZIP)).toBe(true);
    expect(list()).toEqual([
      { name: 'ml-1m.zip', bytes: ZIP.length },
      { name: 'ml-latest-small.zip', bytes: ZIP.length },
    ]);
  });

  it('lists files of one’s own as well', async () => {
    writeFileSync(join(folder, 'clicks.csv.gz'), 'x');
    writeFileSync(join(folder, 'notes.md'), 'x');
    expect((await data()).code).toBe(0);
    expect(list()).toEqual([{ name: 'clicks.csv.gz', bytes: 1 }]);
  });

  it('keeps nothing of a damaged download', async () => {
    answers['/movielens/ml-1m.zip.md5'] = { body: '0'.repeat(32) };
    const { code, output } = await data('ml-1m');
    expect(code).toBe(1);
    expect(output).toContain(`its MD5 is ${MD5}, its owner says ${'0'.repeat(32)}`);
    expect(readdirSync(folder)).toEqual(['index.json']);
  });

  it('keeps nothing of a download that breaks off', async () => {
    answers['/movielens/ml-1m.zip'] = { body: ZIP, cut: true };
    const { code, output } = await data('ml-1m');
    expect(code).toBe(1);
    expect(output).toContain('ml-1m.zip could not be downloaded');
    expect(existsSync(join(folder, 'ml-1m.zip'))).toBe(false);
  });

  it('says what to download and where to put it', async () => {
    const { code, output } = await data('ml-100k');
    expect(code).toBe(1);
    expect(output).toContain('answers 404');
    expect(output).toContain(
      `Download https://files.grouplens.org/datasets/movielens/ml-100k.zip in a browser, put it into ${folder}`,
    );
  });

  it('names what there is', async () => {
    expect(await data('ml-25m')).toMatchObject({
      code: 2,
      output: expect.stringContaining('There is no "ml-25m". Choose ml-100k'),
    });
    expect((await data('--help')).output).toContain('MovieLens 1M');
  });
});
