/**
 * `npm run bench:data`: how fast a table is read and how much memory that takes, on a generated file in Criteo's format
 * or on a file of your own. Not a test: it says what this machine does.
 */
import { rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Dataset } from '../data/dataset';
import { loadDataset } from '../data/load';
import { packStrings } from '../data/strings';
import { writeCriteo } from './criteo-generator';
import { openFiles } from './open-files';

const SAMPLE_INTERVAL_MS = 20;

interface Measurement {
  readonly seconds: number;
  /** Of all threads: what counts where other work slows the clock. */
  readonly processorSeconds: number;
  /** Largest growth of the process while reading. */
  readonly peakBytes: number;
  readonly encodedBytes: number;
  readonly dataset: Dataset;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      megabytes: { type: 'string', default: '1000' },
      runs: { type: 'string', default: '3' },
      file: { type: 'string' },
      keep: { type: 'boolean', default: false },
    },
  });
  const path = values.file ?? join(tmpdir(), `pep-criteo-${values.megabytes}.txt`);
  if (values.file === undefined && !(await stat(path).catch(() => null))) {
    console.log(`Writing ${path}…`);
    await writeCriteo(path, Number(values.megabytes) * 1e6, 1);
  }
  const { size } = await stat(path);
  const runs: Measurement[] = [];
  for (let run = 0; run < Number(values.runs); run++) {
    const measured = await measure(path);
    runs.push(measured);
    const { seconds, processorSeconds, peakBytes, encodedBytes, dataset } = measured;
    console.log(
      `run ${run + 1}: ${dataset.rows} rows, ${dataset.features} features, ${seconds.toFixed(1)} s, ` +
        `${(size / 1e6 / seconds).toFixed(1)} MB/s (${(size / 1e6 / processorSeconds).toFixed(1)} a processor second), peak ${megabytes(peakBytes)} MB above the start, ` +
        `encoded ${megabytes(encodedBytes)} MB (${(peakBytes / encodedBytes).toFixed(2)} times)`,
    );
  }
  const speeds = runs.map(({ seconds }) => size / 1e6 / seconds).sort((a, b) => a - b);
  console.log(`median ${speeds[Math.floor(speeds.length / 2)].toFixed(1)} MB/s of ${megabytes(size)} MB`);
  if (values.file === undefined && !values.keep) await rm(path);
}

async function measure(path: string): Promise<Measurement> {
  globalThis.gc?.();
  const files = await openFiles(path, '--file');
  const before = process.memoryUsage().rss;
  let peakBytes = 0;
  const sample = () => {
    peakBytes = Math.max(peakBytes, process.memoryUsage().rss - before);
  };
  const timer = setInterval(sample, SAMPLE_INTERVAL_MS);
  const start = performance.now();
  const startProcessor = process.cpuUsage();
  const dataset = await loadDataset(files, { withIds: false }, sample);
  const seconds = (performance.now() - start) / 1e3;
  const { user, system } = process.cpuUsage(startProcessor);
  sample();
  clearInterval(timer);
  const processorSeconds = (user + system) / 1e6;
  return { seconds, processorSeconds, peakBytes, encodedBytes: encodedBytes(dataset), dataset };
}

/** What the data set itself holds. */
function encodedBytes({ columns, labels, fields }: Dataset): number {
  const names = fields.map(({ values }) => packStrings(values));
  return (
    labels.byteLength +
    columns.reduce((sum, { byteLength }) => sum + byteLength, 0) +
    names.reduce((sum, { bytes, ends }) => sum + bytes.byteLength + ends.byteLength, 0)
  );
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(0);
}

await main();
