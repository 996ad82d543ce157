/** Out of memory: said in sentences that name what was too large, and what to lower. */
import { expect, it } from 'vitest';
import { generateSample } from '../../src/data/sample/sample';
import { factorSize } from '../../src/embedding/factors';
import { xavierUniform } from '../../src/embedding/initialise';
import { namedScheme } from '../../src/embedding/schemes';
import { shapesOf } from '../../src/embedding/size';
import { createUniformScheme } from '../../src/embedding/table-scheme';
import type { Engine } from '../../src/engine/engine';
import { MemoryError } from '../../src/engine/memory-error';
import { adamForAll } from '../../src/engine/parameter-groups';
import { createWasmEngine } from '../../src/engine/wasm/engine';
import { presetConfig } from '../../src/experiment/presets';
import { createTrainer } from '../../src/experiment/run-plan';
import type { RunConfig } from '../../src/experiment/settings';
import { createModel } from '../../src/models/models';
import { Trainer } from '../../src/training/trainer';
import { SMALL } from '../models/bench';

const ADAM = { learningRate: 1e-3, weightDecay: 1e-5 };
/** More f32 than the 4 GiB of a WebAssembly memory. */
const TOO_MANY = 2 ** 30 + 1;

it('ends a run that the CPU engine has no room for, and says how large its table is', async () => {
  const engine = await createWasmEngine('test');
  const dataset = generateSample(1);
  const trainer = Trainer.create({
    engine,
    dataset,
    trainRows: Uint32Array.from({ length: 64 }, (_, row) => row),
    dimension: 16,
    batchSize: 32,
    seed: 1,
    optimisers: adamForAll(ADAM),
    createScheme: (context) => {
      context.engine.allocate('f32', TOO_MANY, 'embedding moments');
      return createUniformScheme(context);
    },
    createModel: (context) => createModel('fm', SMALL, context),
  });
  await expect(trainer).rejects.toThrow(MemoryError);
  await expect(trainer).rejects.toThrow(/no memory for the embedding moments \(4096 MB more than/);
  await expect(trainer).rejects.toThrow(`${dataset.features} × 16 numbers`);
  await expect(trainer).rejects.toThrow(
    /lower the embedding dimension, or use a data set with fewer features/,
  );
  engine.dispose();
});

it('says what a table of shared rows is made of', async () => {
  const engine = await createWasmEngine('test');
  const dataset = generateSample(1);
  const full: Engine = {
    ...engine,
    allocate: (type, length, label) =>
      engine.allocate(type, label === 'loss sums' ? TOO_MANY : length, label),
  };
  const config: RunConfig = {
    ...presetConfig('fast', dataset.features),
    scheme: 'qr',
    dimension: 16,
    wholeUpTo: 20,
  };
  const scheme = namedScheme('qr', config);
  const rows = Uint32Array.from({ length: 64 }, (_, row) => row);
  const split = { train: rows, validation: rows };
  const trainer = createTrainer({ config, scheme, modelSeed: 1 }, dataset, split, full);
  const shapes = shapesOf(
    factorSize({ fieldSizes: dataset.fields.map(({ size }) => size), dimension: 16 }, config),
  );
  expect(shapes).toMatch(/^\d+ × 16 \+ \d+ × 16 \+ \d+ × 16$/);
  await expect(trainer).rejects.toThrow(`The table has ${shapes} numbers (1 MB)`);
  engine.dispose();
});

it('has no starting values for a table larger than the host can hold', () => {
  expect(() => xavierUniform({ features: 2 ** 40, fields: 1, dimension: 64 }, 1)).toThrow(MemoryError);
});
