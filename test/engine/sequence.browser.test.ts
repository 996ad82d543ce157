/** Whole training steps in sequence: the WebGPU engine against the CPU engine, against itself, and against its memory. */
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it, vi } from 'vitest';
import { createEngine } from '../../src/engine/backends';
import type { BackendInfo } from '../../src/engine/device';
import { STEP_STATE } from '../../src/engine/step-state';
import type { Granularity } from '../../src/engine/table';
import { GRANULARITIES, type Size } from './inputs';
import { createStepRun } from './training-step';

const SIZE: Size = { fieldSizes: [120, 40, 9, 2], dimension: 8, capacity: 96, rows: 90, seed: 7 };
/** Thresholds have met most of |V| by then, and two of three tickets are saved. */
const STEPS = 40;

async function train(id: BackendInfo['id'], size: Size, granularity: Granularity, steps: number) {
  const engine = await createEngine(id);
  const run = await createStepRun(engine, size, granularity);
  for (let number = 0; number < steps; number++) run.step(number);
  const contents = await engine.read([...run.learnt, run.lossSums, run.stepState]);
  const tickets = await run.tickets();
  engine.dispose();
  const [values, thresholds, weights, lossSums] = contents as Float32Array[];
  const stepState = contents[4] as Uint32Array;
  const loss = lossSums.reduce((sum, part) => sum + part, 0) / steps;
  return { values, thresholds, weights, loss, stepState, tickets, contents };
}

/** Share of the items that differ by more than `tolerance`. */
function shareOff(found: Float32Array, expected: Float32Array, tolerance: number): number {
  let off = 0;
  for (let i = 0; i < expected.length; i++) if (!(Math.abs(found[i] - expected[i]) <= tolerance)) off++;
  return off / expected.length;
}

describe.each(GRANULARITIES)('%s', (granularity) => {
  it('trains to the same numbers as on the CPU', async () => {
    const onGpu = await train('webgpu', SIZE, granularity, STEPS);
    const onCpu = await train('cpu', SIZE, granularity, STEPS);
    // An entry at its threshold may fall on either side of it and then goes its own way; the others must agree.
    expect(shareOff(onGpu.values, onCpu.values, 1e-4)).toBeLessThan(0.002);
    expect(shareOff(onGpu.thresholds, onCpu.thresholds, 1e-3)).toBeLessThan(0.002);
    expect(shareOff(onGpu.weights, onCpu.weights, 1e-4)).toBe(0);
    expect(onGpu.loss).toBeCloseTo(onCpu.loss, 5);
    const entries = onCpu.values.length;
    expect(onGpu.stepState[STEP_STATE.step]).toBe(STEPS);
    const met = onCpu.stepState[STEP_STATE.targetsMet];
    expect(met).toBeGreaterThanOrEqual(1);
    expect(onGpu.stepState[STEP_STATE.targetsMet]).toBe(met);
    for (let i = 0; i < met; i++) {
      const difference = onGpu.tickets[i].parameters - onCpu.tickets[i].parameters;
      expect(onGpu.tickets[i].step).toBe(onCpu.tickets[i].step);
      expect(Math.abs(difference)).toBeLessThan(0.002 * entries);
    }
  });

  it('trains to the same bits each time', async () => {
    const once = await train('webgpu', SIZE, granularity, STEPS);
    const again = await train('webgpu', SIZE, granularity, STEPS);
    expect(again.contents).toEqual(once.contents);
    expect(again.tickets).toEqual(once.tickets);
  });
});

it('saves a ticket with exactly the parameters that it counted', async () => {
  const { tickets, stepState } = await train('webgpu', SIZE, 'feature_dim', STEPS);
  const saved = stepState[STEP_STATE.targetsMet];
  expect(saved).toBeGreaterThanOrEqual(2);
  for (let i = 0; i < saved; i++) {
    let ones = 0;
    for (const word of tickets[i].mask) {
      for (let bit = 0; bit < 32; bit++) ones += (word >>> bit) & 1;
    }
    expect(ones).toBe(tickets[i].parameters);
  }
});

it('takes each step, with a ticket or without, as one submit of one pass of direct dispatches', async () => {
  const engine = await createEngine('webgpu');
  const run = await createStepRun(engine, SIZE, 'feature_dim');
  run.step(0);
  const calls = {
    submits: vi.spyOn(GPUQueue.prototype, 'submit'),
    passes: vi.spyOn(GPUCommandEncoder.prototype, 'beginComputePass'),
    dispatches: vi.spyOn(GPUComputePassEncoder.prototype, 'dispatchWorkgroups'),
    indirect: vi.spyOn(GPUComputePassEncoder.prototype, 'dispatchWorkgroupsIndirect'),
  };
  const counts = [];
  for (let number = 1; number < STEPS; number++) {
    run.step(number);
    counts.push(
      Object.fromEntries(Object.entries(calls).map(([name, { mock }]) => [name, mock.calls.length])),
    );
    for (const spy of Object.values(calls)) spy.mockClear();
  }
  for (const spy of Object.values(calls)) spy.mockRestore();
  const [stepState] = await engine.read([run.stepState]);
  engine.dispose();
  expect(stepState[STEP_STATE.targetsMet]).toBeGreaterThanOrEqual(2);
  const { dispatches } = counts[0];
  expect(dispatches).toBeGreaterThan(10);
  for (const each of counts) expect(each).toEqual({ submits: 1, passes: 1, dispatches, indirect: 0 });
});

it('holds no more arrays or tensors after 2,000 steps than after two', async () => {
  const engine = await createEngine('webgpu');
  const run = await createStepRun(engine, SIZE, 'feature_dim');
  const held = () => ({ ...engine.memory(), tensors: tf.memory().numTensors });
  run.step(0);
  run.step(1);
  await engine.settle();
  const before = held();
  for (let number = 2; number < 2_000; number++) {
    run.step(number);
    if (number % 20 === 0) await engine.read([run.stepState]);
  }
  await engine.settle();
  expect(held()).toEqual(before);
  engine.dispose();
  expect(engine.memory()).toEqual({ arrays: 0, bytes: 0 });
});
