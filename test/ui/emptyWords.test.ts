/** What an empty chart says where a run has no thresholds, or before there is a run. */
import { expect, it } from 'vitest';
import { SCHEME_IDS, SCHEMES } from '../../src/embedding/catalogue';
import { drawnKind, whyNoThresholds } from '../../src/ui/charts/emptyWords';
import { runStarted } from '../store/events';

const started = (kind: 'pep' | 'qr' | 'uniform' | 'ticket', scheme: 'pep' | 'qr' | 'uniform') => {
  const start = runStarted('one');
  return { ...start, run: { ...start.run, scheme: kind }, config: { ...start.config, scheme } };
};

it.each(SCHEME_IDS)('before a run it is the sentence of the scheme that Train would start: %s', (scheme) => {
  expect(whyNoThresholds(null, scheme)).toBe(SCHEMES[scheme].noThresholds);
  expect(drawnKind(null, scheme).level).toBe(SCHEMES[scheme].level);
});

it('of a run it is its own, whatever the form says', () => {
  expect(whyNoThresholds(started('qr', 'qr'), 'pep')).toBe(SCHEMES.qr.noThresholds);
  expect(whyNoThresholds(started('pep', 'pep'), 'qr')).toBeNull();
  for (const kind of ['ticket', 'uniform'] as const) {
    expect(whyNoThresholds(started(kind, 'pep'), 'pep')).toMatch(/settled before it started/);
  }
});
