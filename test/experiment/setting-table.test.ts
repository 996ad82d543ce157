/** The table of settings is whole: what it says of one setting does not contradict another, or what is read of it. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { SCHEME_IDS, SCHEMES } from '../../src/embedding/catalogue';
import { PRESET_IDS } from '../../src/experiment/preset-catalogue';
import { presetConfig } from '../../src/experiment/presets';
import { isRead } from '../../src/experiment/read-settings';
import { SETTING_NAMES, SETTINGS, settingOf } from '../../src/experiment/setting-table';
import { modelSettings, runConfigSchema } from '../../src/experiment/settings';
import { saidSettings, UNSAID, UNSAID_IN_RECORDS } from '../../src/experiment/unsaid-settings';
import { MODEL_IDS, MODELS } from '../../src/models/catalogue';
import { PAIRS } from './some-settings';

const OF_VERSION_0_1 = Object.keys(JSON.parse(readFileSync('test/fixtures/v0.1/settings-1.json', 'utf8')));

it('no two settings have the same label', () => {
  expect(new Set(SETTING_NAMES.map((name) => settingOf(name).label)).size).toBe(SETTING_NAMES.length);
});

it.each(PRESET_IDS)('every value of the %s preset is within its bounds', (preset) => {
  for (const [features, rows] of [
    [1, 1],
    [60, 300],
    [6_572, 80_000],
    [1e6, 1e8],
  ]) {
    const config = presetConfig(preset, features, rows);
    expect(runConfigSchema.parse(config)).toEqual(config);
  }
});

it('schemes and models read settings that are there', () => {
  const shape = Object.keys(modelSettings(presetConfig('fast', 1)));
  const read = [...SCHEME_IDS.map((id) => SCHEMES[id]), ...MODEL_IDS.map((id) => MODELS[id])];
  const unknown = read
    .flatMap(({ reads }): readonly string[] => reads)
    .filter((name) => !Object.hasOwn(SETTINGS, name) && !shape.includes(name));
  expect(unknown).toEqual([]);
});

it.each(SETTING_NAMES)('%s is read by somebody, and by some only where its group says so', (name) => {
  const readers = PAIRS.filter((pair) => isRead(name, pair)).length;
  expect(readers).toBeGreaterThan(0);
  if (['scheme', 'model'].includes(settingOf(name).group)) expect(readers).toBeLessThan(PAIRS.length);
});

describe('what is not said', () => {
  it.each(SETTING_NAMES)('%s has a value for it as soon as version 0.1 did not say it', (name) => {
    expect(settingOf(name).unsaid === undefined).toBe(OF_VERSION_0_1.includes(name));
  });

  it('is sound', () => {
    for (const unsaid of [UNSAID, UNSAID_IN_RECORDS]) expect(runConfigSchema.parse(unsaid)).toEqual(unsaid);
  });

  it.each(PAIRS)('$scheme with $model says what it reads and what version 0.1 has said', (pair) => {
    const said = Object.keys(saidSettings({ ...presetConfig('paper', 100), ...pair }));
    expect(said).toEqual(SETTING_NAMES.filter((name) => OF_VERSION_0_1.includes(name) || isRead(name, pair)));
  });
});
