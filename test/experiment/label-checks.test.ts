/** What is said before training of parts that lack rows of a label. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SplitKind } from '../../src/data/split';
import { countLabels, type SplitLabels, splitRows, stratifiedSizes } from '../../src/data/split';
import { checkRun } from '../../src/experiment/checks';
import { mayLackLabels, stratifyingHelps } from '../../src/experiment/label-checks';
import { presetConfig } from '../../src/experiment/presets';
import { trainingSize } from './training-sizes';

const PLENTY: SplitLabels = { train: [500, 300], validation: [60, 40], test: [60, 40] };

function findings(change: Partial<SplitLabels>, split: SplitKind = 'random') {
  const config = { ...presetConfig('fast', 5_000), split };
  const labels = { ...PLENTY, ...change };
  return checkRun(config, { ...trainingSize(5_000, 3, 80_000), labels }).map(
    ({ severity, setting, message }) => `${severity} ${setting}: ${message}`,
  );
}

describe('the labels of a split', () => {
  it('raise no finding where every part has plenty of both', () => {
    expect(findings({})).toEqual([]);
  });

  it.each([0, 1] as const)('are named where validation has no row with label %s, and what helps', (label) => {
    const validation = label === 1 ? ([100, 0] as const) : ([0, 100] as const);
    const [all, there] = label === 1 ? [340, 34] : [560, 56];
    expect(stratifiedSizes(all).validation).toBe(there);
    expect(findings({ validation })).toEqual([
      `warning split: Validation has no row with label ${label}: its AUC cannot be computed, and the validation ` +
        `logloss decides in its place. A stratified split would put ${there} there.`,
    ]);
  });

  it('are named where test has none', () => {
    expect(findings({ test: [100, 0] })).toEqual([
      'warning split: Test has no row with label 1: its AUC cannot be computed. A stratified split would put 34 there.',
    ]);
  });

  it('are named where a part has only a handful of one', () => {
    const few = findings({ train: [800, 9], validation: [99, 1], test: [3, 90] });
    expect(few).toEqual([
      'warning split: Validation has only 1 row with label 1: its AUC will jump from seed to seed. A stratified split would put 10 there.',
      'warning split: Test has only 3 rows with label 0: its AUC will jump from seed to seed. A stratified split would put 91 there.',
      'warning split: Training has only 9 rows with label 1: hardly anything can be learned of them. A stratified split would put 80 there.',
    ]);
    expect(findings({ validation: [90, 10], test: [90, 10] })).toEqual([]);
  });

  it('say whether another split would help, as the advice does', () => {
    const few = { ...PLENTY, validation: [99, 1] } as const;
    const hopeless: SplitLabels = { train: [800, 1], validation: [100, 0], test: [100, 0] };
    expect(stratifyingHelps(PLENTY, 'random')).toBe(false);
    expect(stratifyingHelps(few, 'random')).toBe(true);
    expect(stratifyingHelps(few, 'stratified')).toBe(false);
    expect(stratifyingHelps(hopeless, 'random')).toBe(false);
  });

  it('do not advise a split that is there already, or that cannot help', () => {
    const rare = { train: [800, 1], validation: [100, 0], test: [100, 0] } as const;
    for (const split of ['random', 'stratified'] as const) {
      const words = findings(rare, split);
      expect(words).toHaveLength(4);
      expect(words.join(' ')).not.toContain('stratified');
      expect(words.at(-1)).toContain('The whole data set has only 1 row with label 1');
    }
  });

  it('say that a part is empty', () => {
    expect(findings({ validation: [0, 0] }).join()).toContain(
      'Validation has no rows: its AUC cannot be computed',
    );
  });

  it('are refused where training has one only', () => {
    expect(findings({ train: [800, 0] })).toEqual([
      'error split: The training rows have no row with label 1: there is nothing to tell apart. A stratified split would put 64 there.',
    ]);
    expect(findings({ train: [800, 0], validation: [100, 0], test: [100, 0] })).toEqual([
      'error split: All rows have label 0: there is nothing to tell apart. Choose another label column, or what counts as 1.',
    ]);
    expect(findings({ train: [0, 0], validation: [0, 0], test: [1, 1] })[0]).toContain('no rows to train on');
  });
});

it('where nobody needs to count, there would be nothing to say', () => {
  expect(mayLackLabels(1_000_000, 0.0005)).toBe(true);
  expect(mayLackLabels(50, 0.5)).toBe(true);
  fc.assert(
    fc.property(fc.integer({ min: 1_000, max: 3_000 }), fc.nat(), fc.boolean(), (scarce, seed, isOne) => {
      const rows = 8_000;
      const labels = new Uint8Array(rows).fill(isOne ? 0 : 1).fill(isOne ? 1 : 0, rows - scarce);
      expect(mayLackLabels(rows, (isOne ? scarce : rows - scarce) / rows)).toBe(false);
      expect(findings(countLabels(splitRows(rows, seed), labels))).toEqual([]);
    }),
    { numRuns: 50 },
  );
});
