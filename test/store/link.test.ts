/** A link gives back exactly the settings that it was made from. */
import { describe, expect, it } from 'vitest';
import { presetConfig } from '../../src/experiment/presets';
import { linkHash, readLinkHash } from '../../src/store/link';

describe('a link', () => {
  it.each(['fast', 'paper'] as const)('gives back the %s preset', (preset) => {
    const config = { ...presetConfig(preset, 11_572), seed: 7, targets: [30_000, 1_200], weightDecay: 1e-5 };
    const linked = { config, dataset: 'ml-1m & more.zip', features: 4_050 };
    expect(readLinkHash(linkHash(linked))).toEqual(linked);
  });

  it('holds the split; one of version 0.1, which does not, asks for a random one', () => {
    const config = { ...presetConfig('fast', 50), split: 'stratified' as const };
    const hash = linkHash({ config, dataset: 'a.csv', features: 50 });
    expect(readLinkHash(hash)?.config.split).toBe('stratified');
    expect(readLinkHash(hash.replace('&split=stratified', ''))?.config.split).toBe('random');
  });

  it('says nothing of the data set where what it says can be none', () => {
    const config = presetConfig('fast', 1);
    const hash = linkHash({ config, dataset: 'a.csv', features: 50, fingerprint: '3333333333333333' });
    const odd = hash.replace('features=50', 'features=1.5').replace('3333333333333333', 'abc');
    expect(readLinkHash(odd)).toEqual({ config, dataset: 'a.csv', features: null });
  });

  it('holds the fingerprint of the data set, where there is one', () => {
    const config = presetConfig('fast', 10);
    const linked = { config, dataset: 'ml.csv', features: 18, fingerprint: '3333333333333333' };
    expect(readLinkHash(linkHash(linked))).toEqual(linked);
    expect(linkHash({ config, dataset: 'ml.csv', features: 18 })).not.toContain('fingerprint');
  });

  it('without settings is no link', () => {
    expect(readLinkHash('')).toBeNull();
    expect(readLinkHash('#about')).toBeNull();
  });

  it('takes what it does not say from the fast preset, and ignores what it does not know', () => {
    const linked = readLinkHash('#seed=3&utm_source=mail');
    expect(linked?.config).toEqual({ ...presetConfig('fast', 1), targets: [], seed: 3 });
  });

  it('of a newer version says so', () => {
    expect(() => readLinkHash('#format=2&epochs=3')).toThrow(
      'A newer page wrote this link (format 2). Update the playground to open it.',
    );
    expect(() => readLinkHash('#format=new&epochs=3')).toThrow(/^format: must be a whole number/);
    expect(readLinkHash('#format=1&epochs=3')).toEqual(readLinkHash('#epochs=3'));
  });

  it.each([
    ['#dimension=0', /dimension.*from 1 to 128/],
    ['#dimension=', /dimension/],
    ['#model=gpt', /model.*"gpt" is unknown/],
    ['#targets=5+x', /target/],
    ['#split=by+user', /^split: "by user" is unknown; choose one of random, stratified\.$/],
    ['#stopAtLastTarget=1', /^stopAtLastTarget: "1" is unknown; choose one of true, false\.$/],
    ['#stopAtLastTarget=', /^stopAtLastTarget: "" is unknown; choose one of true, false\.$/],
  ])('%s is refused with the reason', (hash, reason) => {
    expect(() => readLinkHash(hash)).toThrow(
      expect.objectContaining({ message: expect.stringMatching(reason) }),
    );
  });
});
