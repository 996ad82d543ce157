/** Our own products inside tfjs-wasm: every way of taking them, odd sizes included, against sums in double precision. */
import { matMul, tensor } from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { createRandom } from '../../src/data/random';
import type { TensorBridge } from '../../src/engine/tfjs/contract';
import { createWasmBridge } from '../../src/engine/tfjs/wasm';

let bridge: TensorBridge;

beforeAll(async () => {
  bridge = await createWasmBridge();
});

const side = fc.integer({ min: 1, max: 37 });
const cases = fc.record({
  /** Below and above the number from which ours take over. */
  count: fc.constantFrom(1, 3, 16, 50),
  rows: fc.oneof(fc.constant(1), side),
  inner: side,
  columns: side,
  transposed: fc.constantFrom('neither', 'a', 'b'),
  seed: fc.nat(),
});

it('is the matrix product', () => {
  fc.assert(
    fc.property(cases, ({ count, rows, inner, columns, transposed, seed }) => {
      const random = createRandom(seed, 'products');
      const draw = (length: number) => Float32Array.from({ length }, () => random.normal());
      const a = draw(count * rows * inner);
      const b = draw(count * inner * columns);
      bridge.open();
      const found = matMul(
        tensor(a, transposed === 'a' ? [count, inner, rows] : [count, rows, inner]),
        tensor(b, transposed === 'b' ? [count, columns, inner] : [count, inner, columns]),
        transposed === 'a',
        transposed === 'b',
      ).dataSync();
      bridge.close();
      const aAt = (n: number, i: number, p: number) =>
        a[n * rows * inner + (transposed === 'a' ? p * rows + i : i * inner + p)];
      const bAt = (n: number, p: number, j: number) =>
        b[n * inner * columns + (transposed === 'b' ? j * inner + p : p * columns + j)];
      for (let n = 0, at = 0; n < count; n++) {
        for (let i = 0; i < rows; i++) {
          for (let j = 0; j < columns; j++, at++) {
            let sum = 0;
            for (let p = 0; p < inner; p++) sum += aAt(n, i, p) * bAt(n, p, j);
            expect(Math.abs(found[at] - sum)).toBeLessThan(1e-4);
          }
        }
      }
    }),
    { numRuns: 60 },
  );
});
