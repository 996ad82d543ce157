/** What rows that are shared start as, and when they move. How they train is in test/parity/quotient-remainder.ts. */
import { expect, it } from 'vitest';
import { Batch } from '../../src/data/batch';
import { createQuotientRemainderScheme } from '../../src/embedding/quotient-remainder';
import type { FactorSettings } from '../../src/embedding/settings';
import { createCpuEngine } from '../../src/engine/cpu/engine';
import { adamForAll, ParameterGroups } from '../../src/engine/parameter-groups';
import { readState } from '../../src/engine/state';
import { STEP_STATE, STEP_STATE_WORDS, stepStateFloats } from '../../src/engine/step-state';
import { type Combination, expandFactors, type FactorTable } from '../../src/export/factor-table';

/** The second field stays whole. */
const SIZES = [3_600, 100];
const FEATURES = 3_700;
const DIMENSION = 16;
const COLLISIONS = 60;

function createScheme(change: Pick<FactorSettings, 'combination' | 'factorStart'>) {
  const engine = createCpuEngine('test');
  const batch = engine.createBatch({ capacity: 1, fields: SIZES.length }, FEATURES);
  const groups = new ParameterGroups(engine, adamForAll({ learningRate: 1e-3, weightDecay: 0 }));
  const scheme = createQuotientRemainderScheme(
    {
      engine,
      shape: { features: FEATURES, fields: SIZES.length, dimension: DIMENSION },
      fieldOf: Uint32Array.from(SIZES.flatMap((size, f) => new Array<number>(size).fill(f))),
      batch,
      groups,
      stepState: engine.allocateFrom(stateOfScale1(), 'step state'),
      seed: 1,
    },
    { collisions: COLLISIONS, wholeUpTo: 200, ...change },
  );
  return { engine, batch, groups, scheme };
}

function stateOfScale1(): Uint32Array {
  const words = new Uint32Array(STEP_STATE_WORDS);
  stepStateFloats(words)[STEP_STATE.gradientScale] = 1;
  return words;
}

async function startingTable(
  change: Pick<FactorSettings, 'combination' | 'factorStart'>,
): Promise<FactorTable> {
  return (await createScheme(change).scheme.readTable()) as FactorTable;
}

/** Smallest, largest, mean and variance. */
function measure(numbers: Float32Array) {
  const mean = numbers.reduce((sum, x) => sum + x, 0) / numbers.length;
  const variance = numbers.reduce((sum, x) => sum + (x - mean) ** 2, 0) / numbers.length;
  return { low: Math.min(...numbers), high: Math.max(...numbers), mean, variance };
}

function expectWithin(found: number, [low, high]: readonly [number, number]): void {
  expect(found).toBeGreaterThanOrEqual(low);
  expect(found).toBeLessThanOrEqual(high);
}

it.each<Combination>(['product', 'sum', 'concatenation'])(
  'starts embeddings around 0 with the variance of a plain table: %s',
  async (combination) => {
    const table = await startingTable({ combination, factorStart: 'plain' });
    const shared = measure(expandFactors(table).subarray(0, SIZES[0] * DIMENSION));
    const whole = measure(table.whole);
    // Xavier-uniform (Glorot & Bengio 2010): U(−a, a) with a = √(6/(N + d)) has the variance a²/3.
    const variance = 2 / (FEATURES + DIMENSION);
    for (const numbers of [shared, whole]) {
      expectWithin(numbers.variance / variance, [0.9, 1.1]);
      expectWithin(numbers.mean / Math.sqrt(variance), [-0.1, 0.1]);
    }
    expectWithin(whole.high / Math.sqrt(3 * variance), [0.98, 1.0001]);
  },
);

it('starts shared rows between √(1/n) and 1, and whole ones within ±√(1/n), as the public code does', async () => {
  const { quotients, remainders, whole } = await startingTable({
    combination: 'product',
    factorStart: 'official',
  });
  for (const rows of [quotients, remainders]) {
    const { low, high, mean } = measure(rows);
    // √(1/3600) = 1/60.
    expectWithin(low, [1 / 60 - 1e-6, 0.03]);
    expectWithin(high, [0.98, 1]);
    expectWithin(mean, [0.49, 0.53]);
  }
  // √(1/100) = 0.1.
  const { low, high } = measure(whole);
  expectWithin(low, [-0.1 - 1e-6, -0.097]);
  expectWithin(high, [0.097, 0.1 + 1e-6]);
});

it('moves its rows only where the table is moved', async () => {
  const { engine, batch, groups, scheme } = createScheme({ combination: 'product', factorStart: 'plain' });
  const given = new Batch(batch.shape, FEATURES);
  given.rows = 1;
  given.ids.set([1, SIZES[0]]);
  given.buildIndex();
  groups.begin(1);
  engine.upload(batch, given);
  scheme.prepare(given);
  engine.write(scheme.output.embeddingGradients, new Float32Array(SIZES.length * DIMENSION).fill(1));
  scheme.lookup();
  scheme.gradient();
  const start = await readState(engine, scheme.state);
  scheme.update((group) => group !== 'table');
  expect(await readState(engine, scheme.state)).toEqual(start);
  scheme.update((group) => group === 'table');
  const after = await readState(engine, scheme.state);
  for (const [name, values] of start) expect(after.get(name), name).not.toEqual(values);
});
