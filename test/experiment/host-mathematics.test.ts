/** A run is the same to the bit on a host whose Math.exp and its kin have other last digits, as other browsers' have. */
import { createHash } from 'node:crypto';
import { afterEach, expect, it, vi } from 'vitest';
import type { Engine } from '../../src/engine/engine';
import type { RunConfig } from '../../src/experiment/settings';

/** What ECMAScript leaves to the host. */
const HOST_FUNCTIONS = [
  ...([
    'exp',
    'expm1',
    'log',
    'log1p',
    'log2',
    'log10',
    'pow',
    'cbrt',
    'hypot',
    'sin',
    'cos',
    'tan',
  ] as const),
  ...(['asin', 'acos', 'atan', 'atan2', 'sinh', 'cosh', 'tanh', 'asinh', 'acosh', 'atanh'] as const),
];
/** Far more than a host may be off, so that nothing is lost in a rounding to single precision. */
const OFF = 1 + 1e-6;

function makeHostStrange(): void {
  for (const name of HOST_FUNCTIONS) {
    const own = Math[name] as (...numbers: number[]) => number;
    vi.spyOn(Math, name).mockImplementation((...numbers: number[]) => own(...numbers) * OFF);
  }
}

afterEach(() => {
  vi.restoreAllMocks();
});

async function createEngine(name: string): Promise<Engine> {
  if (name === 'WebAssembly') return (await import('../../src/engine/wasm/engine')).createWasmEngine('test');
  return (await import('../../src/engine/cpu/engine')).createCpuEngine('test');
}

const CASES: readonly (readonly [engine: 'TypeScript' | 'WebAssembly', overrides: Partial<RunConfig>])[] = [
  ['TypeScript', { granularity: 'feature_dim' }],
  ['WebAssembly', { granularity: 'feature_dim' }],
  ['WebAssembly', { granularity: 'field', model: 'autoint', mlpWidths: [8] }],
];

/** What searches report, and the sample, from modules that are loaded anew: some compute as soon as they are loaded. */
async function everything(): Promise<unknown[]> {
  vi.resetModules();
  const { generateSample } = await import('../../src/data/sample/sample');
  const { columns, labels, planted } = generateSample(1);
  const digest = createHash('sha256');
  for (const array of [...columns, labels]) digest.update(new Uint8Array(array.buffer));
  const found: unknown[] = [digest.digest('hex'), planted];
  for (const [engine, overrides] of CASES) found.push(await search(engine, overrides));
  return found;
}

async function search(engineName: string, overrides: Partial<RunConfig>): Promise<unknown[]> {
  const { tinyDataset } = await import('./tiny-dataset');
  const { splitRows } = await import('../../src/data/split');
  const { RunHandle } = await import('../../src/experiment/run-handle');
  const { presetConfig } = await import('../../src/experiment/presets');
  const { runTraining } = await import('../../src/experiment/run');
  const { planSearch } = await import('../../src/experiment/search');
  const dataset = tinyDataset(1_000);
  const config: RunConfig = {
    ...presetConfig('fast', dataset.features, dataset.rows),
    dimension: 8,
    thresholdInit: -3,
    epochs: 6,
    targets: [160, 130],
    ...overrides,
  };
  const engine = await createEngine(engineName);
  const context = {
    dataset,
    split: splitRows(dataset.rows, config.seed),
    createEngine: async () => engine,
    handle: new RunHandle(false),
  };
  const events: unknown[] = [];
  for await (const event of runTraining(planSearch(config), context)) {
    if (event.type === 'run-finished') events.push({ ...event, msPerStep: 0 });
    else if (event.type !== 'progress' && event.type !== 'run-started') events.push(event);
  }
  expect(events.length).toBeGreaterThan(5);
  return events;
}

it('gives the same numbers', { timeout: 180_000 }, async () => {
  // tfjs is loaded twice, and says so kernel by kernel.
  vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  const expected = await everything();
  makeHostStrange();
  expect(await everything()).toEqual(expected);
});
