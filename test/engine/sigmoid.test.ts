/** σ of the WebAssembly kernels, and σ of the host. */
import { expect, it } from 'vitest';
import { sigmoid } from '../../src/data/elementary';
import { createRandom } from '../../src/data/random';
import { exceedsThreshold } from '../../src/engine/capture/exceeds-threshold';
import { instantiateKernels } from '../../src/engine/wasm/kernels';
import { WasmMemory } from '../../src/engine/wasm/memory';

const { fround } = Math;
const NUMBERS = 20_000;

/** The kernel's arithmetic, one rounding after the other: what no engine and no compiler may change. */
function kernelSigmoid(s: number): number {
  const x = Math.min(Math.max(s, -87), 87);
  const biased = fround(fround(x * fround(-Math.LOG2E)) + 12_582_912);
  const power = fround(biased - 12_582_912);
  const high = fround(power * fround(0.693359375));
  const q = fround(fround(x + high) + fround(power * fround(-2.1219444e-4)));
  const pair = (a: number, b: number) => fround(fround(fround(a) * q) + fround(b));
  const q2 = fround(q * q);
  const upper = fround(
    fround(pair(-1.98756915e-4, 1.3981999507e-3) * q2) + pair(-8.3334519073e-3, 4.1665795894e-2),
  );
  const polynomial = fround(fround(upper * q2) + pair(-1.6666665459e-1, 5.0000001201e-1));
  const fraction = fround(fround(polynomial * q2) + fround(1 - q));
  // 2 to a whole power: exact.
  let scaled = fround(fraction);
  for (let k = Math.abs(power); k > 0; k--) scaled = fround(power > 0 ? scaled * 2 : scaled / 2);
  return fround(1 / fround(1 + scaled));
}

function thresholds(): Float32Array {
  const random = createRandom(1, 'thresholds');
  return Float32Array.from({ length: NUMBERS }, () => 200 * random.uniform() - 160);
}

it('is the same in WebAssembly as step by step in TypeScript, to the bit', async () => {
  const memory = new WasmMemory();
  const kernels = await instantiateKernels(memory.memory);
  const s = memory.allocate('f32', NUMBERS, 's');
  const levels = memory.allocate('f32', NUMBERS, 'levels');
  (s.data as Float32Array).set(thresholds());
  kernels.sigmoids(s.address, levels.address, NUMBERS);
  const found = levels.data as Float32Array;
  expect(found.findIndex((level, i) => level !== kernelSigmoid(s.data[i]))).toBe(-1);
  expect(
    found.findIndex((level, i) => s.data[i] > -87 && !(Math.abs(level / sigmoid(s.data[i]) - 1) < 3e-7)),
  ).toBe(-1);
});

it('decides what exceeds a threshold as σ itself does, on both sides of it', () => {
  for (const s of thresholds()) {
    const level = sigmoid(s);
    expect(exceedsThreshold(level, s)).toBe(false);
    expect(exceedsThreshold(level * (1 + 2 ** -52), s)).toBe(level * (1 + 2 ** -52) > level);
    expect(exceedsThreshold(level * (1 - 2 ** -52), s)).toBe(false);
  }
});
