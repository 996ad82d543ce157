/** The WebAssembly kernel that counts what is left: exact up to its limit, and above it beyond. */
import { describe, expect, it } from 'vitest';
import { sigmoid } from '../../src/data/elementary';
import { type HostTable, pluggedValue } from '../../src/engine/host-table';
import type { Table } from '../../src/engine/table';
import { instantiateKernels } from '../../src/engine/wasm/kernels';
import { type WasmArray, WasmMemory } from '../../src/engine/wasm/memory';
import { WasmPlugs } from '../../src/engine/wasm/plug';
import { createInputs, deviceTable, GRANULARITIES } from './inputs';

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

/** Larger than any count. */
const NO_LIMIT = 2 ** 31 - 1;

async function createCounter() {
  const memory = new WasmMemory();
  const kernels = await instantiateKernels(memory.memory);
  const allocate = (type: WasmArray['type'], length: number, label: string) =>
    memory.allocate(type, length, label);
  const plugs = new WasmPlugs(kernels, allocate);
  return {
    allocateFrom: (data: Float32Array | Uint32Array, label: string) => {
      const array = allocate(data instanceof Float32Array ? 'f32' : 'u32', data.length, label);
      array.data.set(data);
      return array;
    },
    /** nnz(V̂) as the kernel counts it. */
    counterOf: (table: Table) => {
      const { features, dimension } = table.shape;
      const plug = plugs.create(table, 1);
      plug.refresh();
      const { address } = table.values as WasmArray;
      return (limit: number) => kernels.countLeft(features, dimension, address, ...plug.parameters, limit);
    },
  };
}

interface Pair {
  readonly value: number;
  readonly s: number;
}

/** The count of a table with rows of four. */
async function countLeft(pairs: readonly Pair[]): Promise<number> {
  const { allocateFrom, counterOf } = await createCounter();
  const numbers = (of: (pair: Pair) => number, label: string) =>
    allocateFrom(Float32Array.from(pairs, of), label);
  const features = pairs.length / 4;
  const count = counterOf({
    shape: { features, fields: 1, dimension: 4 },
    values: numbers(({ value }) => value, 'V'),
    fieldOf: allocateFrom(new Uint32Array(features), 'field of feature'),
    plug: { kind: 'threshold', granularity: 'feature_dim', thresholds: numbers(({ s }) => s, 's') },
  });
  return count(NO_LIMIT);
}

/** Pairs of every magnitude with s that are not too near each other to be told apart. */
function toldApart(s: number): Pair[] {
  const s32 = Math.fround(s);
  const g = sigmoid(s32);
  return magnitudes
    .map(Math.fround)
    .filter((a) => Math.abs(a - g) > TOLERANCE * g && (a === 0 || a > SMALLEST_SIGMOID))
    .map((a, i) => ({ value: i % 2 ? -a : a, s: s32 }));
}

/** Adds zeros, which are never left, up to a multiple of `count`. */
function filledUp(pairs: readonly Pair[], count: number) {
  const missing = (count - (pairs.length % count)) % count;
  const [{ s }] = pairs;
  return [...pairs, ...Array.from({ length: missing }, () => ({ value: 0, s }))];
}

function leftOf(pairs: readonly Pair[]): number {
  return pairs.filter(({ value, s }) => Math.abs(value) > sigmoid(s)).length;
}

describe('|V| > σ(s), told from bounds of logit |V| where that is possible', () => {
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

it.each([0, 5, 9, 14, 16, 40, 1_023, 1_024, 1_500, 4_095])(
  'finds the one entry that is pruned, at %d',
  async (at) => {
    const kept = Array.from({ length: 4_096 }, (): Pair => ({ value: -0.9, s: -9 }));
    expect(await countLeft(kept)).toBe(4_096);
    expect(await countLeft(kept.with(at, { value: 0, s: -9 }))).toBe(4_095);
    expect(await countLeft(kept.with(at, { value: -0.9, s: 5 }))).toBe(4_095);
  },
);

/** How many entries are left in the rows up to each: where counting may stop. [N] */
function leftByRow(table: HostTable): number[] {
  const { features, dimension } = table.shape;
  let left = 0;
  return Array.from({ length: features }, (_, feature) => {
    for (let k = 0; k < dimension; k++) if (pluggedValue(table, feature, k) !== 0) left++;
    return left;
  });
}

// Several of the parts in which a kernel counts: 16 numbers a row fill whole parts, three leave seven for the last.
describe.each([16, 3])('in rows of %d', (dimension) => {
  it.each(GRANULARITIES)('is exact up to its limit and above it beyond (%s)', async (granularity) => {
    const size = { fieldSizes: [600, 85], dimension, capacity: 8, rows: 8, seed: 1 };
    const inputs = createInputs(size, granularity);
    const byRow = leftByRow(inputs.table);
    const left = byRow[byRow.length - 1];
    expect(left).toBeGreaterThan(100 * dimension);
    const counter = await createCounter();
    const count = counter.counterOf(deviceTable(counter, inputs));
    for (const limit of new Set([0, 1, left - 1, NO_LIMIT, ...byRow])) {
      if (limit < left) expect(count(limit), `limit ${limit}`).toBeGreaterThan(limit);
      else expect(count(limit), `limit ${limit}`).toBe(left);
    }
  });
});
