/** Tickets: at most one a step, at exactly the step at which a target is met, with exactly the mask of that step. */
import { describe, expect, it } from 'vitest';
import { capture, countLeft } from '../../src/engine/capture/reference';
import { CONTROL, CONTROL_WORDS } from '../../src/engine/control';
import { createCpuEngine } from '../../src/engine/cpu/engine';
import type { Engine } from '../../src/engine/engine';
import { type HostTable, pluggedValue, sigmoid } from '../../src/engine/host';
import { maskWords, type Table } from '../../src/engine/table';
import { createWasmEngine } from '../../src/engine/wasm/engine';
import { createMaterial, deviceTable, GRANULARITIES, type Size } from './material';
import { createStepRun } from './training-step';

const SIZE: Size = { fieldSizes: [60, 20, 5], dimension: 8, capacity: 64, rows: 64, seed: 2 };
/** Of several of the parts in which a kernel counts, which end with a row. */
const LARGE: Size = { fieldSizes: [600, 100], dimension: 16, capacity: 8, rows: 8, seed: 1 };

it('opens the next target only at the next step, even when both are met at once', () => {
  const { table } = createMaterial(SIZE, 'global');
  const words = maskWords(table.shape);
  const control = new Uint32Array(CONTROL_WORDS);
  const tickets = new Uint32Array(4);
  const masks = new Uint32Array(2 * words);
  const count = (parameters: number) => {
    table.values.fill(0).fill(1, 0, parameters);
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

describe.each([
  ['TypeScript', async () => createCpuEngine('test')],
  ['WebAssembly', () => createWasmEngine('test')],
] as const)('%s', (_, createEngine) => {
  it.each(GRANULARITIES)(
    'meets a target with exactly its parameters, and none with fewer (%s)',
    async (granularity) => {
      const material = createMaterial(LARGE, granularity);
      const left = countLeft(material.table);
      expect(left).toBeGreaterThan(2_000);
      const engine = await createEngine();
      const table = deviceTable(engine, material);
      for (const target of new Set([0, 1, left - 1, 4 * left, ...leftByRow(material.table)])) {
        const expected = target < left ? null : left;
        expect(await parametersCaptured(engine, table, target), `target ${target}`).toBe(expected);
      }
      engine.dispose();
    },
  );
});

/** How many entries are left in the rows up to each: where counting may stop. [N] */
function leftByRow(table: HostTable): number[] {
  const { features, dimension } = table.shape;
  let left = 0;
  return Array.from({ length: features }, (_, feature) => {
    for (let k = 0; k < dimension; k++) if (pluggedValue(table, feature, k) !== 0) left++;
    return left;
  });
}

/** What a ticket for `target` records; null where none is saved. */
async function parametersCaptured(engine: Engine, table: Table, target: number): Promise<number | null> {
  const control = engine.allocate('u32', CONTROL_WORDS, 'control');
  const tickets = engine.allocate('u32', 2, 'tickets');
  const masks = engine.allocate('u32', maskWords(table.shape), 'masks');
  engine.capture({ table, targets: [target], control, tickets, masks }).run();
  const [words, [step, parameters]] = await engine.read([control, tickets]);
  expect(words[CONTROL.targetsMet]).toBe(step);
  return step === 0 ? null : parameters;
}
