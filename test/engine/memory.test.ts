/** Out of memory: said in sentences that name what was too large, and what to lower. */
import { expect, it } from 'vitest';
import { generateSample } from '../../src/data/sample/sample';
import { xavierUniform } from '../../src/embedding/initialise';
import { createUniformScheme } from '../../src/embedding/table-scheme';
import { MemoryError } from '../../src/engine/memory-error';
import { adamForAll } from '../../src/engine/parameter-groups';
import { createWasmEngine } from '../../src/engine/wasm/engine';
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

it('has no starting values for a table larger than the host can hold', () => {
  expect(() => xavierUniform({ features: 2 ** 40, fields: 1, dimension: 64 }, 1)).toThrow(MemoryError);
});
