/**
 * `npm run data -- ml-1m`: downloads public data sets from their owner's address into public/data, checks them, and lists
 * them for the page. Node built-ins only: it needs no installed package. PEP_DATA_URL replaces the address.
 */
import './node-version.mjs';
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  createWriteStream,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ROOT } from './install.mjs';
import { DATA_FOLDER, LIST_NAME } from './public-data.mjs';

const GROUPLENS = 'https://files.grouplens.org/datasets/movielens/';

/**
 * What GroupLens offers of it; `digest`: whether it publishes an MD5 beside the zip.
 * @type {Record<string, { title: string, digest: boolean }>}
 */
const SETS = {
  'ml-100k': { title: 'MovieLens 100K: 100,000 ratings of 1998', digest: true },
  'ml-1m': { title: 'MovieLens 1M: 1,000,209 ratings of 2000, the set of the paper', digest: true },
  'ml-latest-small': { title: 'MovieLens latest, small: about 100,000 ratings', digest: false },
};

/** Everything that the page can open. */
const DATA_FILE = /\.(zip|gz|csv|tsv|txt)$/i;

const base = process.env.PEP_DATA_URL ?? GROUPLENS;
const folder = process.env.PEP_DATA_FOLDER ?? join(ROOT, DATA_FOLDER);

const USAGE = `Usage: npm run data -- NAME…

${Object.entries(SETS)
  .map(([name, { title }]) => `  ${name.padEnd(18)}${title}`)
  .join('\n')}

Downloads from ${GROUPLENS} into public/data and lists
every data file there for the page. Without a name it only lists what is there, also files of your own.
MovieLens may be used for research, not sold and not passed on: https://grouplens.org/datasets/movielens/`;

const names = process.argv.slice(2);
if (names.includes('--help') || names.includes('-h')) {
  console.log(USAGE);
} else {
  const unknown = names.filter((name) => !(name in SETS));
  if (unknown.length > 0) {
    console.error(`There is no "${unknown[0]}". Choose ${Object.keys(SETS).join(', ')}.`);
    process.exit(2);
  }
  mkdirSync(folder, { recursive: true });
  let failed = false;
  for (const name of names) {
    try {
      await download(name);
    } catch (error) {
      failed = true;
      console.error(explain(name, /** @type {Error & { cause?: Error }} */ (error)));
    }
  }
  list();
  process.exitCode = failed ? 1 : 0;
}

/** @param {string} name */
async function download(name) {
  const file = `${name}.zip`;
  const address = new URL(file, base.endsWith('/') ? base : `${base}/`);
  const response = await fetch(address);
  if (!response.ok || !response.body) throw new Error(`${address} answers ${response.status}`);
  const promised = Number(response.headers.get('content-length') ?? Number.NaN);
  const part = join(folder, `${file}.part`);
  const hash = createHash('md5');
  let bytes = 0;
  const meter = new Transform({
    transform(chunk, _encoding, done) {
      hash.update(chunk);
      bytes += chunk.length;
      show(file, bytes, promised);
      done(null, chunk);
    },
  });
  try {
    await pipeline(Readable.fromWeb(/** @type {any} */ (response.body)), meter, createWriteStream(part));
    if (!Number.isNaN(promised) && bytes !== promised) {
      throw new Error(`${promised} bytes were promised, ${bytes} came`);
    }
    if (SETS[name].digest) await checkDigest(`${address}.md5`, hash.digest('hex'));
    renameSync(part, join(folder, file));
  } finally {
    rmSync(part, { force: true });
  }
  console.error(
    `${process.stderr.isTTY ? '\r\x1b[K' : ''}${file}: ${bytes.toLocaleString('en-US')} bytes, complete.`,
  );
}

/**
 * Compares with the MD5 that the owner publishes beside the file.
 * @param {string} address
 * @param {string} found
 */
async function checkDigest(address, found) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address} answers ${response.status}`);
  const expected = /[0-9a-f]{32}/i.exec(await response.text())?.[0].toLowerCase();
  if (!expected) throw new Error(`${address} holds no MD5`);
  if (expected !== found)
    throw new Error(`its MD5 is ${found}, its owner says ${expected}: it was damaged on the way`);
}

/**
 * @param {string} file
 * @param {number} bytes
 * @param {number} promised
 */
function show(file, bytes, promised) {
  if (!process.stderr.isTTY) return;
  const share = Number.isNaN(promised) ? '' : ` of ${(promised / 1e6).toFixed(1)}`;
  process.stderr.write(`\r\x1b[K${file}: ${(bytes / 1e6).toFixed(1)}${share} MB`);
}

/**
 * @param {string} name
 * @param {Error & { cause?: Error }} error
 */
function explain(name, error) {
  const reason = error.cause?.message ?? error.message;
  return (
    `${name}.zip could not be downloaded (${reason}).\n` +
    `Download ${GROUPLENS}${name}.zip in a browser, put it into ${folder}, and run "npm run data" once more;\n` +
    'or drop the file on the page, which needs no list.'
  );
}

/** Writes the page's list, also beside a page that is built already. */
function list() {
  const files = readdirSync(folder)
    .filter((name) => DATA_FILE.test(name))
    .sort()
    .map((name) => ({ name, bytes: statSync(join(folder, name)).size }));
  writeFileSync(join(folder, LIST_NAME), `${JSON.stringify(files, null, 2)}\n`);
  const page = join(ROOT, 'dist', 'page');
  if (!process.env.PEP_DATA_FOLDER && existsSync(page)) {
    mkdirSync(join(page, 'data'), { recursive: true });
    for (const name of [LIST_NAME, ...files.map((file) => file.name)]) {
      copyFileSync(join(folder, name), join(page, 'data', name));
    }
  }
  console.error(
    files.length === 0
      ? `There is no data file in ${folder}.`
      : `The page offers: ${files.map(({ name }) => name).join(', ')}. Reload it if it is open.`,
  );
}
