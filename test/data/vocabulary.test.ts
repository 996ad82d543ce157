import { describe, expect, it } from 'vitest';
import { logBucket } from '../../src/data/table/log-bucket';
import { buildVocabulary } from '../../src/data/vocabulary';

describe('buildVocabulary', () => {
  const values = ['10', '9', '-1', 'unknown', '-2', '9'];

  it('orders by value: numbers by size, words last', () => {
    const { values: sorted, codes } = buildVocabulary(values, Uint32Array.of(1, 1, 1, 1, 1, 1), 'value');
    expect(sorted).toEqual(['-2', '-1', '9', '10', 'unknown']);
    expect([...codes]).toEqual([3, 2, 1, 4, 0, 2]);
  });

  it('orders by frequency, ties by value', () => {
    const { values: sorted } = buildVocabulary(values, Uint32Array.of(3, 1, 3, 7, 3, 1), 'frequency');
    expect(sorted).toEqual(['unknown', '-2', '-1', '10', '9']);
  });

  it('leaves out values that no row mentions', () => {
    expect(buildVocabulary(values, Uint32Array.of(0, 1, 0, 0, 0, 0), 'value').values).toEqual(['9']);
  });
});

describe('logBucket', () => {
  it('keeps 0, 1 and 2 apart and squares the logarithm above', () => {
    expect([0, 1, 2, 3, 10, 1_000, 1e9].map(logBucket)).toEqual([-2, -1, 0, 1, 5, 47, 429]);
  });
});
