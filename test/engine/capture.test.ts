/** Tickets: at most one a step, at exactly the step at which a target is met, with exactly the mask of that step. */
import { expect, it } from 'vitest';
import { capture } from '../../src/engine/capture/reference';
import { CONTROL, CONTROL_WORDS } from '../../src/engine/control';
import { createCpuEngine } from '../../src/engine/cpu/engine';
import { sigmoid } from '../../src/engine/host';
import { maskWords } from '../../src/engine/table';
import { createMaterial, type Size } from './material';
import { createStepRun } from './training-step';

const SIZE: Size = { fieldSizes: [60, 20, 5], dimension: 8, capacity: 64, rows: 64, seed: 2 };

it('opens the next target only at the next step, even when both are met at once', () => {
  const { table } = createMaterial(SIZE, 'feature_dim');
  const words = maskWords(table.shape);
  const control = new Uint32Array(CONTROL_WORDS);
  const tickets = new Uint32Array(4);
  const masks = new Uint32Array(2 * words);
  const count = (parameters: number) => {
    control[CONTROL.counting] = parameters;
    capture(table, [100, 40], control, tickets, masks);
  };
  count(101);
  expect([...tickets]).toEqual([0, 0, 0, 0]);
  count(40);
  expect([...tickets]).toEqual([2, 40, 0, 0]);
  expect(masks.subarray(words).every((word) => word === 0)).toBe(true);
  count(40);
  expect([...tickets]).toEqual([2, 40, 3, 40]);
  count(10);
  expect([...tickets]).toEqual([2, 40, 3, 40]);
  expect(control[CONTROL.targetsMet]).toBe(2);
  expect(control[CONTROL.step]).toBe(4);
  expect(control[CONTROL.parameters]).toBe(10);
});

it('saves the mask of the step at which the parameters first fell to the target', async () => {
  const engine = createCpuEngine('test');
  const run = createStepRun(engine, SIZE, 'feature_dim');
  const history: { parameters: number; mask: boolean[] }[] = [];
  for (let number = 0; number < 60; number++) {
    run.step(number);
    const [values, thresholds] = await engine.read(run.learnt);
    const mask = [...values].map((value, i) => Math.abs(value) > sigmoid(thresholds[i]));
    history.push({ parameters: mask.filter(Boolean).length, mask });
  }
  const [control, tickets, masks] = (await engine.read(run.counted)) as Uint32Array[];
  const words = masks.length / 3;
  const met = [0.9, 0.5, 0.2].slice(0, control[CONTROL.targetsMet]);
  expect(met.length).toBeGreaterThanOrEqual(2);
  met.forEach((share, i) => {
    const target = Math.floor(share * SIZE.dimension * 85);
    const first = history.findIndex(({ parameters }) => parameters <= target);
    expect(tickets[2 * i]).toBe(first + 1);
    expect(tickets[2 * i + 1]).toBe(history[first].parameters);
    const bits = history[first].mask.map(
      (_, entry) => ((masks[i * words + (entry >>> 5)] >>> (entry & 31)) & 1) === 1,
    );
    expect(bits).toEqual(history[first].mask);
  });
});
