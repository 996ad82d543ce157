/** What is typed becomes a config, or words that say why not. */
import { describe, expect, it } from 'vitest';
import { SCHEME_IDS } from '../../src/embedding/catalogue';
import { presetConfig } from '../../src/experiment/presets';
import { isRead } from '../../src/experiment/read-settings';
import { isTyped } from '../../src/experiment/setting-kinds';
import { SETTING_NAMES, settingOf } from '../../src/experiment/setting-table';
import { readList } from '../../src/experiment/setting-text';
import { MODEL_IDS } from '../../src/models/catalogue';
import {
  applyPreset,
  type Draft,
  draftFromConfig,
  editDraft,
  matchingPreset,
  parseDraft,
} from '../../src/store/draft';
import { trainingSize } from '../experiment/training-sizes';

const FEATURES = 5_000;
const SIZE = trainingSize(FEATURES, 8, 80_000);
const fast = draftFromConfig(presetConfig('fast', FEATURES));

function parse(change: Partial<Draft>) {
  return parseDraft({ ...fast, ...change }, SIZE);
}

describe('parseDraft', () => {
  it.each(['fast', 'paper'] as const)('gives the %s preset back as it was', (preset) => {
    const config = presetConfig(preset, FEATURES);
    expect(parseDraft(draftFromConfig(config), SIZE)).toMatchObject({ config, errors: {} });
  });

  it('reads scientific notation and a true minus sign', () => {
    const { config } = parse({ weightDecay: '1e-4', thresholdInit: '−9' });
    expect(config).toMatchObject({ weightDecay: 1e-4, thresholdInit: -9 });
  });

  it.each([
    ['dimension', ''],
    ['dimension', '0'],
    ['dimension', '1.5'],
    ['learningRate', 'fast'],
    ['epochs', '1001'],
    ['targets', '12, x'],
    ['targets', '12, 12'],
    ['targets', '999999'],
    ['thresholdInit', '-1'],
    ['batchSize', '16384.5'],
  ] as const)('refuses %s = %j at its own field', (name, value) => {
    const { config, errors } = parse({ [name]: value });
    expect(config).toBeNull();
    expect(Object.keys(errors)).toEqual([name]);
  });

  it('warns of a run that cannot prune, and lets it start', () => {
    const { config, warnings } = parse({ thresholdWeightDecay: '0' });
    expect(config).not.toBeNull();
    expect(warnings.join()).toContain('hardly prune');
  });

  it('warns of a split that leaves a part without a label, and refuses one that leaves training without', () => {
    const labels = { train: [500, 60], validation: [70, 0], test: [60, 10] } as const;
    const { config, warnings } = parseDraft(fast, { ...SIZE, labels });
    expect(config).not.toBeNull();
    expect(warnings.join()).toContain('Validation has no row with label 1');
    const refused = parseDraft(fast, { ...SIZE, labels: { ...labels, train: [560, 0] } });
    expect(refused.config).toBeNull();
    expect(Object.keys(refused.errors)).toEqual(['split']);
  });

  it('does not let a setting block a scheme that does not read it', () => {
    const { config, errors } = parse({ scheme: 'uniform', thresholdInit: 'x', targets: 'y' });
    expect(errors).toEqual({});
    expect(config?.scheme).toBe('uniform');
  });

  it('still refuses what every scheme reads', () => {
    expect(parse({ scheme: 'uniform', epochs: '0' }).config).toBeNull();
  });
});

describe('presets', () => {
  it('are recognised, whatever is trained and where', () => {
    expect(matchingPreset(fast, FEATURES)).toBe('fast');
    expect(matchingPreset({ ...fast, scheme: 'uniform', backend: 'cpu', seed: '7' }, FEATURES)).toBe('fast');
    expect(matchingPreset(applyPreset(fast, 'paper', FEATURES), FEATURES)).toBe('paper');
  });

  it('are recognised however a number is written', () => {
    expect(matchingPreset({ ...fast, learningRate: '5e-3' }, FEATURES)).toBe('fast');
  });

  it('are left as soon as a setting differs', () => {
    expect(matchingPreset({ ...fast, epochs: '3' }, FEATURES)).toBeNull();
    expect(matchingPreset({ ...fast, granularity: 'field' }, FEATURES)).toBeNull();
  });

  it('leave alone what is trained, where, from which seed and by which split', () => {
    const own = { scheme: 'uniform', backend: 'cpu', seed: '7', split: 'stratified' } as const;
    expect(applyPreset({ ...fast, ...own }, 'paper', FEATURES)).toMatchObject({ ...own, dimension: '32' });
    expect(matchingPreset({ ...fast, ...own }, FEATURES)).toBe('fast');
  });
});

describe('editDraft', () => {
  it("keeps the fast preset's shares of the table when its width changes", () => {
    const narrow = editDraft(fast, { dimension: '8' }, FEATURES);
    const halves = readList(fast.targets).map((target) => Math.round(target / 2));
    expect(readList(narrow.targets).every((target, i) => Math.abs(target - halves[i]) <= 1)).toBe(true);
    expect(parseDraft(narrow, SIZE).errors).toEqual({});
  });

  it('leaves targets alone that somebody has chosen', () => {
    const chosen = editDraft(fast, { targets: '900, 100' }, FEATURES);
    expect(editDraft(chosen, { dimension: '8' }, FEATURES).targets).toBe('900, 100');
    expect(editDraft(fast, { dimension: '' }, FEATURES).targets).toBe(fast.targets);
  });
});

describe.each(SCHEME_IDS)('with the scheme "%s"', (scheme) => {
  it.each(MODEL_IDS)(
    'and %s a typed setting that is no number refuses the draft where it is read',
    (model) => {
      const draft = { ...draftFromConfig(presetConfig('paper', 1_000)), scheme, model };
      for (const name of SETTING_NAMES.filter((each) => isTyped(settingOf(each)))) {
        const { config, errors } = parseDraft({ ...draft, [name]: 'many' }, null);
        expect(config === null, name).toBe(isRead(name, draft));
        expect(errors[name] !== undefined, name).toBe(isRead(name, draft));
      }
    },
  );
});
