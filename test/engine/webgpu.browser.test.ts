/** What the WebGPU engine promises beyond its operations: order, sharing with tfjs, large grids, and failing aloud. */
import * as tf from '@tensorflow/tfjs-core';
import { expect, it, vi } from 'vitest';
import { Batch } from '../../src/data/batch';
import { createEngine, probeBackends } from '../../src/engine/backends';
import { lookup } from '../../src/engine/lookup/reference';
import { acquireBackend } from '../../src/engine/tfjs/webgpu-backend';
import { gpu } from '../../src/engine/webgpu/context';
import { createInputs, deviceBatch, deviceTable, type Size } from './inputs';

const SIZE: Size = { fieldSizes: [20, 5], dimension: 4, capacity: 16, rows: 16, seed: 3 };

it('offers the CPU first and names the adapter where WebGPU is emulated', async () => {
  const { backends, note } = await probeBackends();
  expect(backends.map(({ id }) => id)).toEqual(['cpu', 'webgpu']);
  expect(backends[1]).toMatchObject({ software: true, adapter: expect.stringMatching(/swiftshader/i) });
  expect(note).toMatch(/emulated in software/);
});

it('does writes, kernels, copies and reads in the order of the calls', async () => {
  const engine = await createEngine('webgpu');
  const inputs = createInputs(SIZE, 'none');
  const table = deviceTable(engine, inputs);
  const embeddings = engine.allocate('f32', inputs.embeddings.length, 'E');
  const kept = engine.allocate('f32', 2 * embeddings.length, 'kept');
  const operation = engine.lookup({ batch: deviceBatch(engine, inputs), table, embeddings });
  const { length } = embeddings;

  operation.run();
  // Neither is submitted yet: the write must not overtake the kernel, nor the copy the write.
  engine.write(
    table.values,
    inputs.table.values.map((value) => value + 1),
  );
  engine.copy(embeddings, kept, 0, length);
  operation.run();
  engine.copy(embeddings, kept, length, length);
  const [contents] = await engine.read([kept]);

  const first = contents.subarray(0, length);
  for (let i = 0; i < length; i++) expect(contents[length + i]).toBe(Math.fround(first[i] + 1));
  expect(first.some((value) => value !== 0)).toBe(true);
  engine.dispose();
});

it("keeps its order with tfjs's own operations, both ways", async () => {
  const engine = await createEngine('webgpu');
  const inputs = createInputs(SIZE, 'none');
  const table = deviceTable(engine, inputs);
  const embeddings = engine.allocate('f32', inputs.embeddings.length, 'E');
  const operation = engine.lookup({ batch: deviceBatch(engine, inputs), table, embeddings });
  const expected = new Float32Array(embeddings.length);
  lookup(inputs.batch, inputs.table, expected);

  operation.run();
  const shared = tf.tensor(
    { buffer: gpu(embeddings).buffer, zeroCopy: true },
    [16, 2 * SIZE.dimension],
    'float32',
  );
  const doubled = tf.mul(shared, 2);
  // Queued after tfjs has read the embeddings: it must not change what tfjs sees.
  engine.write(table.values, new Float32Array(table.values.length));
  operation.run();
  expect(await doubled.data()).toEqual(expected.map((value) => 2 * value));
  const [emptied] = await engine.read([embeddings]);
  expect(emptied).toEqual(new Float32Array(expected.length));
  tf.dispose([shared, doubled]);
  engine.dispose();
});

it('reaches all of a table that a grid of one dimension cannot hold at once', async () => {
  // 16,384 · 3 · 127 single lanes against 65,535 workgroups of 64 threads.
  const size: Size = { fieldSizes: [30, 9, 2], dimension: 127, capacity: 16_384, rows: 16_384, seed: 5 };
  const inputs = createInputs({ ...size, capacity: 1, rows: 1 }, 'none');
  const batch = new Batch({ capacity: size.capacity, fields: 3 }, 41);
  batch.rows = size.rows;
  for (let cell = 0; cell < batch.ids.length; cell++)
    batch.ids[cell] = [cell % 30, 30 + (cell % 9), 40][cell % 3];
  batch.buildIndex();
  const expected = new Float32Array(batch.ids.length * size.dimension);
  lookup(batch, inputs.table, expected);

  const engine = await createEngine('webgpu');
  const embeddings = engine.allocate('f32', expected.length, 'E');
  const target = engine.createBatch(batch.shape, 41);
  engine.upload(target, batch);
  engine.lookup({ batch: target, table: deviceTable(engine, inputs), embeddings }).run();
  const [found] = await engine.read([embeddings]);
  expect(found.findIndex((value, i) => value !== expected[i])).toBe(-1);
  engine.dispose();
});

it('allows empty arrays', async () => {
  const engine = await createEngine('webgpu');
  const empty = engine.allocate('u32', 0, 'empty');
  const full = engine.allocateFrom(Float32Array.of(1, 2, 3), 'full');
  expect(empty.length).toBe(0);
  expect(await engine.read([empty, full, empty])).toEqual([
    new Uint32Array(0),
    Float32Array.of(1, 2, 3),
    new Uint32Array(0),
  ]);
  engine.dispose();
});

it('refuses what does not fit', async () => {
  const engine = await createEngine('webgpu');
  const three = engine.allocate('f32', 3, 'three');
  expect(() => engine.write(three, new Float32Array(4))).toThrow(/three has no room for 4 items/);
  const target = engine.createBatch({ capacity: 4, fields: 2 }, 8);
  expect(() => engine.upload(target, new Batch({ capacity: 5, fields: 2 }, 8))).toThrow(/another shape/);
  engine.dispose();
});

it('rejects the next read after a device error, every time', async () => {
  const { device } = await acquireBackend();
  for (let round = 0; round < 20; round++) {
    const engine = await createEngine('webgpu');
    const array = engine.allocate('f32', 4, 'array');
    // A mappable buffer may not be a storage buffer.
    device.createBuffer({ size: 16, usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.STORAGE });
    await expect(engine.read([array])).rejects.toThrow(/WebGPU reported an error/);
    await expect(engine.settle()).rejects.toThrow(/WebGPU reported an error/);
    engine.dispose();
  }
  const engine = await createEngine('webgpu');
  await engine.settle();
  engine.dispose();
});

it('rejects when the device is lost, and a new engine starts on a new device', async () => {
  const engine = await createEngine('webgpu');
  const array = engine.allocate('f32', 4, 'array');
  const { device } = await acquireBackend();
  const pending = engine.read([array]);
  device.destroy();
  await expect(pending).rejects.toThrow(/WebGPU device was lost/);
  await expect(engine.settle()).rejects.toThrow(/WebGPU device was lost/);
  engine.dispose();

  const next = await createEngine('webgpu');
  const again = next.allocateFrom(Float32Array.of(4, 2), 'again');
  expect(await next.read([again])).toEqual([Float32Array.of(4, 2)]);
  expect((await acquireBackend()).device).not.toBe(device);
  next.dispose();
});

it('starts where every other request finds no adapter, also for tfjs', async () => {
  // tfjs keeps its device: only a lost one makes it ask anew.
  const { device } = await acquireBackend();
  device.destroy();
  await device.lost;
  const { requestAdapter } = GPU.prototype;
  let requests = 0;
  const spy = vi.spyOn(GPU.prototype, 'requestAdapter').mockImplementation(function (this: GPU, options) {
    return requests++ % 2 === 0 ? Promise.resolve(null) : requestAdapter.call(this, options);
  });
  const engine = await createEngine('webgpu').finally(() => spy.mockRestore());
  expect(requests).toBe(6);
  const array = engine.allocateFrom(Float32Array.of(1, 2), 'array');
  expect(await engine.read([array])).toEqual([Float32Array.of(1, 2)]);
  engine.dispose();
});
