/**
 * `npm run bench:data`: how fast tables are read and how much memory that takes, on generated files in Criteo's format or
 * on a file of your own. Not a test: it says what this machine does. Each file is read in a process of its own, so that
 * none finds what another left.
 */
import { fork, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openFiles } from '../../../src/cli/open-files';
import type { Dataset } from '../../../src/data/dataset';
import { loadDataset } from '../../../src/data/load';
import { packStrings } from '../../../src/data/strings';
import { writeCriteo } from './criteo-generator';

const SAMPLE_INTERVAL_MS = 20;
const READING_STEPS = 10;

/** Bytes above the level before reading. */
interface Memory {
  /** Arrays and objects, those that wait for the garbage collector too. */
  readonly held: number;
  /** The resident set: also what the allocator and the engine keep for themselves. */
  readonly process: number;
}

interface Measurement {
  readonly fileBytes: number;
  readonly seconds: number;
  /** Of all threads: what counts where other work slows the clock. */
  readonly processorSeconds: number;
  readonly rows: number;
  readonly features: number;
  /** What the data set itself holds. */
  readonly encodedBytes: number;
  readonly peak: Memory;
  /** When a tenth, two tenths … of the file had been read, and in the end. */
  readonly course: readonly (Memory & { readonly rows: number; readonly moment: string })[];
}

const USAGE =
  'Usage: npm run bench:data -- [--megabytes 20,100,1000 | --file FILE] [--runs N] [--keep] [--chromium]';

function parseWords() {
  const { values } = parseArgs({
    options: {
      megabytes: { type: 'string', default: '20,100,1000' },
      runs: { type: 'string', default: '1' },
      file: { type: 'string' },
      keep: { type: 'boolean', default: false },
      /** Also in the built page. */
      chromium: { type: 'boolean', default: false },
      /** The way in for the process that reads. */
      measure: { type: 'string' },
    },
  });
  const isCount = (text: string) => /^[1-9]\d*$/.test(text);
  if (!values.megabytes.split(',').every(isCount) || !isCount(values.runs)) {
    throw new Error('--megabytes and --runs are whole numbers above 0.');
  }
  if (values.file !== undefined && !existsSync(values.file)) {
    throw new Error(`There is no file ${values.file}.`);
  }
  return values;
}

async function main(): Promise<void> {
  let values: ReturnType<typeof parseWords>;
  try {
    values = parseWords();
  } catch (error) {
    console.error(`${(error as Error).message}\n${USAGE}`);
    process.exitCode = 2;
    return;
  }
  if (values.measure !== undefined) {
    const measured = await measure(values.measure);
    process.send?.(measured);
    return;
  }
  const sizes = values.file === undefined ? values.megabytes.split(',').map(Number) : [null];
  const all: Measurement[] = [];
  for (const size of sizes) {
    const path = values.file ?? join(tmpdir(), `pep-criteo-${size}.txt`);
    if (size !== null && !(await stat(path).catch(() => null))) {
      console.log(`Writing ${path}…`);
      await writeCriteo(path, size * 1e6, 1);
    }
    for (let run = 0; run < Number(values.runs); run++) {
      const measured = await measureApart(path);
      all.push(measured);
      print(measured);
    }
    if (values.chromium) {
      spawnSync(process.execPath, ['test/bench/data/chromium.mjs', path], { stdio: 'inherit' });
    }
    if (size !== null && !values.keep) await rm(path);
  }
  if (sizes.length > 1) printFit(all);
}

async function measureApart(path: string): Promise<Measurement> {
  const execArgv = [...process.execArgv, '--expose-gc'];
  const child = fork(process.argv[1], ['--measure', path], { execArgv });
  const failed = once(child, 'exit').then(([code]) => {
    throw new Error(`The process that reads ended with code ${code}.`);
  });
  failed.catch(() => {});
  const [measured] = await Promise.race([once(child, 'message'), failed]);
  return measured as Measurement;
}

async function measure(path: string): Promise<Measurement> {
  const files = await openFiles(path, '--file');
  globalThis.gc?.();
  const before = memory({ held: 0, process: 0 });
  const peak = { held: 0, process: 0 };
  const course: Measurement['course'][number][] = [];
  const sample = (): Memory => {
    const now = memory(before);
    peak.held = Math.max(peak.held, now.held);
    peak.process = Math.max(peak.process, now.process);
    return now;
  };
  const fileBytes = files.reduce((sum, { size }) => sum + size, 0);
  const timer = setInterval(sample, SAMPLE_INTERVAL_MS);
  const start = performance.now();
  const startProcessor = process.cpuUsage();
  const dataset = await loadDataset(files, { withIds: false }, (_, __, counts) => {
    const now = sample();
    const step = course.length + 1;
    if (!counts || step > READING_STEPS || counts.bytes < (step / READING_STEPS) * fileBytes) return;
    course.push({ ...now, rows: counts.rows, moment: `${(100 * step) / READING_STEPS} %` });
  });
  const seconds = (performance.now() - start) / 1e3;
  const { user, system } = process.cpuUsage(startProcessor);
  course.push({ ...sample(), rows: dataset.rows, moment: 'end' });
  clearInterval(timer);
  return {
    fileBytes,
    seconds,
    processorSeconds: (user + system) / 1e6,
    rows: dataset.rows,
    features: dataset.features,
    encodedBytes: encodedBytes(dataset),
    peak,
    course,
  };
}

function memory(before: Memory): Memory {
  const { arrayBuffers, heapUsed, rss } = process.memoryUsage();
  return { held: arrayBuffers + heapUsed - before.held, process: rss - before.process };
}

function encodedBytes({ columns, labels, fields }: Dataset): number {
  const names = fields.map(({ valueNames }) => packStrings(valueNames));
  return (
    labels.byteLength +
    columns.reduce((sum, { byteLength }) => sum + byteLength, 0) +
    names.reduce((sum, { bytes, ends }) => sum + bytes.byteLength + ends.byteLength, 0)
  );
}

function print(measured: Measurement): void {
  const { fileBytes, seconds, processorSeconds, rows, features, encodedBytes: encoded } = measured;
  const { peak, course } = measured;
  const times = (bytes: number) => `${megabytes(bytes)} MB (${(bytes / encoded).toFixed(2)} times)`;
  console.log(
    `\n${megabytes(fileBytes)} MB: ${rows} rows, ${features} features, ${seconds.toFixed(1)} s, ` +
      `${(fileBytes / 1e6 / seconds).toFixed(1)} MB/s (${(fileBytes / 1e6 / processorSeconds).toFixed(1)} a processor second)\n` +
      `encoded ${megabytes(encoded)} MB; at most ${times(peak.held)} held, ${times(peak.process)} of process, above the start`,
  );
  const line = (title: string, cells: readonly string[]) =>
    console.log(title.padEnd(30) + cells.map((cell) => cell.padStart(6)).join(''));
  const beyond = (at: Memory & { readonly rows: number }) => at.held - encoded * (at.rows / rows);
  line(
    'MB when so much was read',
    course.map(({ moment }) => moment),
  );
  line(
    'process',
    course.map((at) => megabytes(at.process)),
  );
  line(
    'held',
    course.map((at) => megabytes(at.held)),
  );
  line(
    'held beyond the encoded rows',
    course.map((at) => megabytes(beyond(at))),
  );
}

/** Peak = fixed + factor · encoded, by least squares over the files. */
function printFit(all: readonly Measurement[]): void {
  const mean = (of: (each: Measurement) => number) =>
    all.reduce((sum, each) => sum + of(each), 0) / all.length;
  const centre = mean(({ encodedBytes: encoded }) => encoded);
  const spread = mean(({ encodedBytes: encoded }) => (encoded - centre) ** 2);
  console.log('');
  for (const kind of ['held', 'process'] as const) {
    const middle = mean(({ peak }) => peak[kind]);
    const slope =
      mean(({ encodedBytes: encoded, peak }) => (encoded - centre) * (peak[kind] - middle)) / spread;
    console.log(`peak ${kind} = ${megabytes(middle - slope * centre)} MB + ${slope.toFixed(2)} × encoded`);
  }
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(0);
}

await main();
