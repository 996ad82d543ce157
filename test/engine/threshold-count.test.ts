/**
 * The WebAssembly kernel tells |V| > σ(s) from bounds of logit |V| where it can: held to double precision over the whole
 * range of both, edges included.
 */
import { describe, expect, it } from 'vitest';
import { CONTROL_WORDS } from '../../src/engine/control';
import { sigmoid } from '../../src/engine/host';
import { maskWords, type Table } from '../../src/engine/table';
import { createWasmEngine } from '../../src/engine/wasm/engine';

/** Relative error of the kernel's σ, with room; nearer pairs may fall on either side. */
const TOLERANCE = 1e-6;
/** Below it the kernel's σ stays at the smallest normal number. */
const SMALLEST_SIGMOID = 2e-38;

const magnitudes = [
  0,
  1e-38,
  1e-20,
  ...Array.from({ length: 400 }, (_, i) => 10 ** (i / 50 - 8)),
  0.5,
  0.68,
  0.99,
  1,
  1.5,
  30,
];
const thresholds = [-150, -89, -88, -87, -40, ...Array.from({ length: 81 }, (_, i) => i / 4 - 18), 5, 40];

/** nnz(V̂) of a table with rows of four, as a ticket records it. */
async function countLeft(pairs: readonly { value: number; s: number }[]): Promise<number> {
  const engine = await createWasmEngine('test');
  const numbers = (of: (pair: { value: number; s: number }) => number, label: string) =>
    engine.allocateFrom(Float32Array.from(pairs, of), label);
  const features = pairs.length / 4;
  const shape = { features, fields: 1, dimension: 4 };
  const table: Table = {
    shape,
    values: numbers(({ value }) => value, 'V'),
    fieldOf: engine.allocate('u32', features, 'field of feature'),
    plug: { kind: 'threshold', granularity: 'feature_dim', thresholds: numbers(({ s }) => s, 's') },
  };
  const control = engine.allocate('u32', CONTROL_WORDS, 'control');
  const tickets = engine.allocate('u32', 2, 'tickets');
  const masks = engine.allocate('u32', maskWords(shape), 'masks');
  engine.capture({ table, targets: [pairs.length], control, tickets, masks }).run();
  const [[, parameters]] = await engine.read([tickets]);
  engine.dispose();
  return parameters;
}

/** Pairs of every magnitude with s that are not too near each other to be told apart. */
function toldApart(s: number): { value: number; s: number }[] {
  const s32 = Math.fround(s);
  const g = sigmoid(s32);
  return magnitudes
    .map(Math.fround)
    .filter((a) => Math.abs(a - g) > TOLERANCE * g && (a === 0 || a > SMALLEST_SIGMOID))
    .map((a, i) => ({ value: i % 2 ? -a : a, s: s32 }));
}

/** Adds zeros, which are never left, up to a multiple of `count`. */
function filledUp(pairs: readonly { value: number; s: number }[], count: number) {
  const missing = (count - (pairs.length % count)) % count;
  const [{ s }] = pairs;
  return [...pairs, ...Array.from({ length: missing }, () => ({ value: 0, s }))];
}

function leftOf(pairs: readonly { value: number; s: number }[]): number {
  return pairs.filter(({ value, s }) => Math.abs(value) > sigmoid(s)).length;
}

describe('the count of what is left', () => {
  // 16 numbers and more at a time are told from the lowest and the highest threshold among them, where that is possible.
  it.each([4, 16])(
    'is that of double precision for every threshold, in a table of a multiple of %d',
    async (size) => {
      for (const s of thresholds) {
        const pairs = filledUp(toldApart(s), size);
        expect(await countLeft(pairs), `s = ${s}`).toBe(leftOf(pairs));
      }
    },
  );

  it('is that of double precision where thresholds differ, a little or much, from part to part of a large table', async () => {
    const pairs = Array.from({ length: 40 }, (_, part) => {
      const step = [0, 1e-6, 1e-3, 0.3][part % 4];
      return Array.from({ length: 3 }, (_, i) => toldApart(-9 + part / 5 + i * step)).flat();
    }).flat();
    const filled = filledUp(pairs, 16);
    expect(await countLeft(filled)).toBe(leftOf(filled));
  });
});
