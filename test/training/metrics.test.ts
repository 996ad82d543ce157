import { describe, expect, it } from 'vitest';
import { batchMeanAuc, measure } from '../../src/training/metrics';

describe('measure', () => {
  it('has logloss but no AUC where all labels are the same', () => {
    const { auc, logloss } = measure(Float32Array.of(0, 0), Uint8Array.of(0, 0));
    expect(auc).toBeNull();
    expect(logloss).toBeCloseTo(Math.log(2), 6);
  });

  it.each([
    ['a logit is NaN', [0.1, Number.NaN, 0.3], [0, 1, 1]],
    ['there are no rows', [], []],
  ])('has neither where %s', (_, logits, labels) => {
    expect(measure(Float32Array.from(logits), Uint8Array.from(labels))).toEqual({ auc: null, logloss: null });
  });

  it('has no logloss where a wrong logit is infinite', () => {
    expect(measure(Float32Array.of(Infinity, 1), Uint8Array.of(0, 1))).toEqual({ auc: 0, logloss: null });
  });
});

describe('batchMeanAuc', () => {
  it('leaves out batches of one class', () => {
    const logits = Float32Array.of(1, 2, 3, 4, 6, 5);
    expect(batchMeanAuc(logits, Uint8Array.of(0, 1, 1, 1, 0, 1), 2)).toBe(0.5);
  });

  it('is null where no batch has both classes', () => {
    expect(batchMeanAuc(Float32Array.of(1, 2, 3, 4), Uint8Array.of(0, 0, 1, 1), 2)).toBeNull();
  });

  it('is null where any logit is NaN, not the mean over the batches that are left', () => {
    expect(batchMeanAuc(Float32Array.of(1, 2, 3, Number.NaN), Uint8Array.of(0, 1, 0, 1), 2)).toBeNull();
  });
});
