import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { areaUnderCurve } from '../../src/data/auc';

/** The definition: every pair of a positive and a negative row, one by one. */
function bruteForce(scores: Float64Array, labels: Uint8Array): number | null {
  let wins = 0;
  let pairs = 0;
  for (let p = 0; p < labels.length; p++) {
    for (let n = 0; n < labels.length; n++) {
      if (labels[p] !== 1 || labels[n] !== 0) continue;
      pairs++;
      wins += scores[p] > scores[n] ? 1 : scores[p] === scores[n] ? 0.5 : 0;
    }
  }
  return pairs > 0 ? wins / pairs : null;
}

/** Few distinct scores, both zeros and both infinities among them, so that ties are common. */
const tiedScore = fc.constantFrom(-Infinity, -1.5, -0, 0, 1e-300, 0.25, 7, Infinity);
const rows = fc.array(
  fc.record({ score: fc.oneof(tiedScore, fc.double({ noNaN: true })), label: fc.nat(1) }),
  { minLength: 1, maxLength: 60 },
);

describe('areaUnderCurve', () => {
  it('is the share of pairs in the right order, ties at half weight', () => {
    fc.assert(
      fc.property(rows, (cases) => {
        const scores = Float64Array.from(cases, ({ score }) => score);
        const labels = Uint8Array.from(cases, ({ label }) => label);
        expect(areaUnderCurve(scores, labels)).toBe(bruteForce(scores, labels));
      }),
    );
  });

  it('takes single precision', () => {
    expect(areaUnderCurve(Float32Array.of(0.1, 0.4, 0.35, 0.8), Uint8Array.of(0, 0, 1, 1))).toBe(0.75);
  });

  it('leaves its input as it was', () => {
    const scores = Float64Array.of(3, 1, 2);
    areaUnderCurve(scores, Uint8Array.of(1, 0, 1));
    expect([...scores]).toEqual([3, 1, 2]);
  });

  it.each([
    ['one class', [0.1, 0.2], [1, 1]],
    ['no rows', [], []],
    ['a score that is not a number', [0.1, Number.NaN, 0.3], [1, 0, 0]],
  ])('is null, not a number, with %s', (_, scores, labels) => {
    expect(areaUnderCurve(Float64Array.from(scores), Uint8Array.from(labels))).toBeNull();
  });
});
