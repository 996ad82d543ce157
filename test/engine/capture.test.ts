/** Tickets: at most one a step, at exactly the step at which a target is met, with exactly the mask of that step. */
import { describe, expect, it } from 'vitest';
import { hasBit } from '../../src/data/bits';
import { sigmoid } from '../../src/data/elementary';
import { capture, countLeft } from '../../src/engine/capture/reference';
import { createCpuEngine } from '../../src/engine/cpu/engine';
import type { Engine } from '../../src/engine/engine';
import { STEP_STATE, STEP_STATE_WORDS } from '../../src/engine/step-state';
import { maskWords, type Table } from '../../src/engine/table';
import { createWasmEngine } from '../../src/engine/wasm/engine';
import { createInputs, deviceTable, GRANULARITIES, type Size } from './inputs';
import { createStepRun } from './training-step';

const SIZE: Size = { fieldSizes: [60, 20, 5], dimension: 8, capacity: 64, rows: 64, seed: 2 };

it('opens the next target only at the next step, even when both are met at once', () => {
  const { table } = createInputs(SIZE, 'global');
  const words = maskWords(table.shape);
  const stepState = new Uint32Array(STEP_STATE_WORDS);
  const tickets = new Uint32Array(4);
  const masks = new Uint32Array(2 * words);
  const count = (parameters: number) => {
    table.values.fill(0).fill(1, 0, parameters);
    capture(table, [100, 40], stepState, tickets, masks);
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
  expect(stepState[STEP_STATE.targetsMet]).toBe(2);
  expect(stepState[STEP_STATE.step]).toBe(4);
});

it('asks how many are left only as far as the open target, and no more once all are met', () => {
  const { table } = createInputs(SIZE, 'global');
  const stepState = new Uint32Array(STEP_STATE_WORDS);
  const limits: number[] = [];
  for (const parameters of [200, 90, 50, 40, 30]) {
    table.values.fill(0).fill(1, 0, parameters);
    capture(
      table,
      [100, 40],
      stepState,
      new Uint32Array(4),
      new Uint32Array(2 * maskWords(table.shape)),
      (limit) => {
        limits.push(limit);
        return Math.min(countLeft(table), limit + 1);
      },
    );
  }
  expect(limits).toEqual([100, 100, 40, 40]);
});

it('saves the mask of the step at which the parameters first fell to the target', async () => {
  const engine = createCpuEngine('test');
  const run = await createStepRun(engine, SIZE, 'feature_dim');
  const history: { parameters: number; mask: boolean[] }[] = [];
  for (let number = 0; number < 60; number++) {
    run.step(number);
    const [values, thresholds] = await engine.read(run.learnt);
    const mask = [...values].map((value, i) => Math.abs(value) > sigmoid(thresholds[i]));
    history.push({ parameters: mask.filter(Boolean).length, mask });
  }
  const [stepState] = await engine.read([run.stepState]);
  const tickets = await run.tickets();
  const met = [0.9, 0.5, 0.2].slice(0, stepState[STEP_STATE.targetsMet]);
  expect(met.length).toBeGreaterThanOrEqual(2);
  met.forEach((share, i) => {
    const target = Math.floor(share * SIZE.dimension * 85);
    const first = history.findIndex(({ parameters }) => parameters <= target);
    const { step, parameters, mask } = tickets[i];
    expect(step).toBe(first + 1);
    expect(parameters).toBe(history[first].parameters);
    const bits = history[first].mask.map((_, entry) => hasBit(mask, entry));
    expect(bits).toEqual(history[first].mask);
  });
});

describe.each([
  ['TypeScript', async () => createCpuEngine('test')],
  ['WebAssembly', () => createWasmEngine('test')],
] as const)('%s', (_, createEngine) => {
  it.each(GRANULARITIES)(
    'meets a target with its very number, and none with one more (%s)',
    async (granularity) => {
      const inputs = createInputs({ ...SIZE, seed: 1 }, granularity);
      const left = countLeft(inputs.table);
      expect(left).toBeGreaterThan(100);
      const engine = await createEngine();
      const table = deviceTable(engine, inputs);
      for (const target of [0, left - 1, left, left + 1, 4 * left]) {
        const expected = target < left ? [0, 0, 0, 0] : [1, left, 0, 0];
        expect(await ticketsOf(engine, table, [target, 0]), `target ${target}`).toEqual(expected);
      }
      engine.dispose();
    },
  );
});

/** Step and parameters of each ticket after one step. */
async function ticketsOf(engine: Engine, table: Table, targets: readonly number[]): Promise<number[]> {
  const stepState = engine.allocate('u32', STEP_STATE_WORDS, 'step state');
  const tickets = engine.allocate('u32', 2 * targets.length, 'tickets');
  const masks = engine.allocate('u32', targets.length * maskWords(table.shape), 'masks');
  const capture = engine.capture({ table, targets, stepState, tickets, masks });
  // More than a page of WebAssembly's memory: it grows, and the views of its arrays are made anew.
  engine.allocate('f32', 20_000, 'more');
  capture.run();
  const [words, records] = await engine.read([stepState, tickets]);
  expect(words[STEP_STATE.step]).toBe(1);
  expect(words[STEP_STATE.targetsMet]).toBe(records[0]);
  return [...records];
}
