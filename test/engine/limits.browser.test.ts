/** A table that the graphics adapter cannot hold is refused before the first step, by name. */
import { expect, it } from 'vitest';
import { generateSample } from '../../src/data/sample/sample';
import { createUniformScheme } from '../../src/embedding/table-scheme';
import { adamForAll } from '../../src/engine/parameter-groups';
import { createWebGpuEngine } from '../../src/engine/webgpu/engine';
import { createModel } from '../../src/models/models';
import { Trainer } from '../../src/training/trainer';
import { SMALL } from '../models/bench';

const MEGABYTE = 2 ** 20;
const ADAM = { learningRate: 1e-3, weightDecay: 1e-5 };
const ROOMY = 1_024 * MEGABYTE;

it.each([
  ['maxStorageBufferBindingSize', { maxStorageBufferBindingSize: MEGABYTE, maxBufferSize: ROOMY }],
  ['maxBufferSize', { maxStorageBufferBindingSize: ROOMY, maxBufferSize: MEGABYTE }],
])('names %s and the size of the table', async (name, limits) => {
  const engine = await createWebGpuEngine(limits);
  const dataset = generateSample(1);
  const trainer = Trainer.create({
    engine,
    dataset,
    trainRows: Uint32Array.from({ length: 64 }, (_, row) => row),
    dimension: 64,
    batchSize: 32,
    seed: 1,
    optimisers: adamForAll(ADAM),
    createScheme: createUniformScheme,
    createModel: (context) => createModel('fm', SMALL, context),
  });
  const size = `${Math.ceil((dataset.features * 64 * 4) / MEGABYTE)} MB`;
  await expect(trainer).rejects.toThrow(
    `There is no room for the embedding table: it takes ${size} in one piece`,
  );
  await expect(trainer).rejects.toThrow(`allows 1 MB (${name})`);
  await expect(trainer).rejects.toThrow(`${dataset.features} × 64 numbers (${size})`);
  engine.dispose();
});
