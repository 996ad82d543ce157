/** Every setting of the table, of whatever kind, is wherever settings are: nobody who shows or takes them forgets one. */
import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { parseExperimentArguments, USAGE } from '../src/cli/arguments';
import { optionOf } from '../src/cli/setting-arguments';
import { isRead } from '../src/experiment/read-settings';
import { optionsOf } from '../src/experiment/setting-kinds';
import { SETTING_NAMES, settingOf } from '../src/experiment/setting-table';
import { writeSetting } from '../src/experiment/setting-text';
import { expandGrid } from '../src/experiment/sweep';
import { changedSettings, draftFromConfig, parseDraft } from '../src/store/draft';
import { keepDraft, readKeptDraft } from '../src/store/draft-storage';
import { linkHash, readLinkHash } from '../src/store/link';
import { readSettings, settingsText } from '../src/store/own-files';
import { gridOf, newAxis, unusedSettings } from '../src/ui/run/sweepAxes';
import { shownSettings } from '../src/ui/setup/settingGroups';
import { changed, PAIRS, readerOf } from './experiment/some-settings';
import { trainingSize } from './experiment/training-sizes';

const FEATURES = 1_000;
const SIZE = trainingSize(FEATURES, 8, 80_000);

afterEach(() => vi.unstubAllGlobals());

describe.each(SETTING_NAMES)('%s', (name) => {
  const setting = settingOf(name);
  const preset = readerOf(name, FEATURES);
  const config = changed(preset, name);
  const made = { config, dataset: 'a.csv', features: FEATURES };
  const text = writeSetting(config[name], ',');

  it('is in the form where it is read, and there alone', () => {
    for (const pair of PAIRS) {
      expect(shownSettings(setting.group, pair).includes(name)).toBe(isRead(name, pair));
    }
  });

  it('is typed and comes back', () => {
    expect(parseDraft(draftFromConfig(config), SIZE).config?.[name]).toEqual(config[name]);
    expect(changedSettings(draftFromConfig(preset), draftFromConfig(config))).toEqual([name]);
  });

  it('is kept for the next visit', () => {
    const kept = new Map<string, string>();
    vi.stubGlobal('localStorage', {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => kept.set(key, value),
    });
    const draft = draftFromConfig(config);
    keepDraft({ draft, features: FEATURES, trainRows: null });
    expect(readKeptDraft().draft).toEqual(draft);
  });

  it('is in a link and in a file of settings', () => {
    expect(readLinkHash(linkHash(made))).toEqual(made);
    expect(readSettings(settingsText(made))).toEqual(made);
  });

  it('is the same where a link and a file leave it out', () => {
    const link = new URLSearchParams(linkHash(made).slice(1));
    link.delete(name);
    const { [name]: _, ...file } = JSON.parse(settingsText(made));
    expect(readLinkHash(`#${link}`)).toEqual(readSettings(JSON.stringify(file)));
  });

  it('is an option of the command line and a line of its help, unless it is of the page alone', () => {
    const lines = USAGE.split('\n').filter((line) =>
      [optionOf(name), `--[no-]${optionOf(name).slice(2)}`].some((option) =>
        line.trim().startsWith(`${option} `),
      ),
    );
    expect(lines).toHaveLength(setting.isOnPageOnly ? 0 : 1);
    const word =
      setting.kind === 'switch' ? optionOf(name).replace('--', text === 'true' ? '--' : '--no-') : null;
    const parse = () => parseExperimentArguments([word ?? `${optionOf(name)}=${text}`]);
    if (setting.isOnPageOnly) return expect(parse).toThrow(/^Unknown option/);
    expect(parse()).toMatchObject({ overrides: { [name]: config[name] } });
    const longest = Math.max(...lines.map((line) => line.length));
    if (setting.kind !== 'choice') expect(longest).toBeLessThanOrEqual(110);
    for (const id of setting.kind === 'choice' ? optionsOf(setting) : []) expect(lines[0]).toContain(id);
  });

  it('can be swept over, also on the page unless it is a list or has a reason', () => {
    expect(expandGrid(preset, { [name]: [preset[name], config[name]] }, SIZE)).toHaveLength(2);
    const isOffered = setting.kind !== 'list' && !setting.isFixedInSweeps;
    for (const pair of PAIRS) {
      expect(unusedSettings([], pair).includes(name)).toBe(isOffered && isRead(name, pair));
    }
    if (!isOffered) return;
    const typed = gridOf([{ setting: name, values: `${writeSetting(preset[name], ' ')}, ${text}` }]);
    expect(typed).toEqual({ [name]: [preset[name], config[name]] });
    if (setting.kind !== 'number') expect(gridOf([newAxis(name)])[name].length).toBeGreaterThan(1);
  });

  it('is in the table of settings of the documentation', () => {
    const rows = readFileSync('docs/settings.md', 'utf8').split('\n');
    expect(rows.filter((row) => row.startsWith(`| ${setting.label} `))).toHaveLength(1);
  });
});
