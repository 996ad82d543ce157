/** The dense models on WebGPU: the numbers of the CPU engine, with dropout, and nothing left behind. */
import { memory } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { createEngine } from '../../src/engine/backends';
import type { BackendInfo } from '../../src/engine/device';
import { readState } from '../../src/engine/state';
import { MODEL_IDS, modelReads } from '../../src/models/catalogue';
import { createBench, SMALL } from './bench';

const SETTINGS = { ...SMALL, dropout: 0.3, attentionDropout: 0.3 };
const DEEP = MODEL_IDS.filter((id) => modelReads(id, 'mlpWidths'));

describe.each(DEEP)('%s', (id) => {
  const train = async (backend: BackendInfo['id'], steps: number) => {
    const engine = await createEngine(backend);
    try {
      // Twelve rows where sixteen have room, and widths that are no multiple of four.
      const bench = await createBench(engine, id, SETTINGS, { rows: 12, capacity: 16 });
      const logits = await bench.forward(1);
      const gradients = await bench.backward();
      for (let step = 1; step <= steps; step++) bench.train(step);
      return { logits, gradients, state: await readState(engine, bench.model.state) };
    } finally {
      engine.dispose();
    }
  };

  it('computes what the CPU engine computes, dropout included', async () => {
    const cpu = await train('cpu', 1);
    const gpu = await train('webgpu', 1);
    expectClose('logits', gpu.logits, cpu.logits);
    expectClose('dE', gpu.gradients.embeddings, cpu.gradients.embeddings);
    for (const [name, gradient] of cpu.gradients.parameters) {
      expectClose(`gradient of ${name}`, gpu.gradients.parameters.get(name) ?? [], gradient);
    }
  });

  it('gives the same bits twice', async () => {
    expect((await train('webgpu', 2)).state).toEqual((await train('webgpu', 2)).state);
  });

  it('keeps no tensor and no array after a step', async () => {
    const engine = await createEngine('webgpu');
    const bench = await createBench(engine, id, SETTINGS);
    bench.train(1);
    await bench.forward(0);
    const tensors = memory().numTensors;
    const arrays = engine.memory();
    for (let step = 2; step <= 8; step++) bench.train(step);
    await bench.forward(0);
    expect(memory().numTensors).toBe(tensors);
    expect(engine.memory()).toEqual(arrays);
    engine.dispose();
  });
});

function expectClose(name: string, actual: ArrayLike<number>, expected: ArrayLike<number>): void {
  expect(actual.length, name).toBe(expected.length);
  for (let i = 0; i < expected.length; i++) {
    expect(Math.abs(actual[i] - expected[i]), `${name}[${i}]: ${actual[i]}, CPU ${expected[i]}`).toBeLessThan(
      1e-5,
    );
  }
}
