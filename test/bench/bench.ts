/**
 * `npm run bench`: how long a training step takes, as ratios within one run on one machine; prints tables and with --out
 * writes the rows as JSON. Exit codes: 0 done, 1 something failed, 2 a bad argument.
 */
import { writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { UserError } from '../../src/data/errors';
import type { Granularity } from '../../src/engine/table';
import { type BenchRequest, type Part, parseBenchArguments, USAGE } from './arguments';
import { type BenchPage, openBenchPage } from './browser';
import { measureMemory } from './memory';
import { printFit, printRows } from './report';
import { type GroupRequest, type Guest, type Row, runGroup } from './rows';
import { measureStartUp } from './start-up';
import { createTorch, findTorch, TORCH_ADVICE } from './torch';
import { evenWork, STANDARD, type Variant, WORKS, type Work, workSize } from './work';

/** The bundle of this file is dist/bench/node/bench.js. */
const ROOT = join(import.meta.dirname, '..', '..', '..');

const GRANULARITIES: readonly Granularity[] = [
  'global',
  'dimension',
  'field',
  'field_dim',
  'feature',
  'feature_dim',
];

/** From the standard work, one size at a time. */
function growthWorks(): Work[] {
  const { N, d, B, F } = workSize(STANDARD);
  return [
    STANDARD,
    ...[100_000, 1_000_000].map((features) => evenWork(features, d, B, F)),
    ...[8, 16, 64].map((dimension) => evenWork(N, dimension, B, F)),
    ...[256, 4_096].map((rows) => evenWork(N, d, rows, F)),
    ...[4, 16, 32].map((fields) => evenWork(N, d, B, fields)),
  ];
}

class Bench {
  readonly rows: Row[] = [];
  private page: BenchPage | null = null;

  constructor(private readonly request: BenchRequest) {}

  async run(part: Part): Promise<void> {
    switch (part) {
      case 'cpu-node':
        return this.models('CPU engine in Node', part, ['uniform', 'pep']);
      case 'cpu-chromium':
        return this.models('CPU engine in Chromium', part, ['uniform', 'pep']);
      case 'webgpu':
        return this.models('WebGPU', part, ['uniform', 'pep', 'stock']);
      case 'granularities':
        return this.granularities();
      case 'growth':
        return this.growth('cpu-node');
      case 'growth-webgpu':
        return this.growth('webgpu');
      case 'memory':
        return measureMemory();
      case 'start-up':
        return measureStartUp(ROOT);
      default:
        return part satisfies never;
    }
  }

  async close(): Promise<void> {
    await this.page?.close();
  }

  private async models(
    title: string,
    engine: GroupRequest['engine'],
    variants: readonly Variant[],
  ): Promise<void> {
    const rows: Row[] = [];
    for (const model of this.request.models) {
      for (const name of this.request.works) {
        // The large table is there for PEP's cost over the uniform one.
        if (name === 'n-40000' && (model !== 'fm' || engine === 'webgpu')) continue;
        rows.push(...(await this.group({ model, work: WORKS[name], engine, variants })));
      }
    }
    printRows(title, rows);
  }

  private async granularities(): Promise<void> {
    const rows: Row[] = [];
    for (const granularity of GRANULARITIES) {
      const variants: Variant[] = granularity === 'global' ? ['uniform', 'pep'] : ['pep'];
      rows.push(
        ...(await this.group(
          { model: 'fm', work: STANDARD, engine: 'cpu-node', variants, granularity },
          false,
        )),
      );
    }
    printRows('Granularities of the thresholds, FM, CPU engine in Node', rows);
  }

  private async growth(engine: GroupRequest['engine']): Promise<void> {
    const rows: Row[] = [];
    for (const work of growthWorks()) {
      rows.push(...(await this.group({ model: 'fm', work, engine, variants: ['pep'] }, false)));
    }
    printRows(`Growth of a step, FM with PEP, ${engine}`, rows);
    printFit(rows);
  }

  /** One measurement; all its contenders take turns. */
  private async group(
    asked: Omit<GroupRequest, 'rounds' | 'granularity'> & { granularity?: Granularity },
    withTorch = true,
  ): Promise<Row[]> {
    const request: GroupRequest = { granularity: 'feature_dim', rounds: this.request.rounds, ...asked };
    const { N, d, B, F } = workSize(request.work);
    console.error(
      `${request.engine}: ${request.model}, N ${N}, d ${d}, B ${B}, F ${F}; load ${loadavg()[0].toFixed(1)}`,
    );
    const rows =
      request.engine === 'cpu-node'
        ? await runGroup(request, withTorch ? await torchGuests(request) : [])
        : await (await this.openPage()).measure(request);
    this.rows.push(...rows);
    for (const { engine, variant, msPerStep } of rows)
      console.error(`  ${engine} ${variant}: ${msPerStep.toFixed(2)} ms/step`);
    return rows;
  }

  private async openPage(): Promise<BenchPage> {
    this.page ??= await openBenchPage(ROOT, this.request.usesGpu);
    return this.page;
  }
}

const python = findTorch();

async function torchGuests({ model, work, variants }: GroupRequest): Promise<Guest[]> {
  if (python === null) return [];
  const guests: Guest[] = [];
  for (const variant of variants) {
    if (variant !== 'stock') guests.push(await createTorch(ROOT, python, model, work, variant));
  }
  return guests;
}

async function main(): Promise<void> {
  const request = parseBenchArguments(process.argv.slice(2));
  if (request === 'help') {
    console.log(USAGE);
    return;
  }
  if (python === null && request.parts.includes('cpu-node')) console.log(`${TORCH_ADVICE}\n`);
  const bench = new Bench(request);
  try {
    for (const part of request.parts) await bench.run(part);
  } finally {
    await bench.close();
    if (request.out !== null)
      writeFileSync(request.out, `${JSON.stringify({ rows: bench.rows }, null, 2)}\n`);
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof UserError ? error.message : error);
  process.exitCode = error instanceof UserError ? 2 : 1;
});
