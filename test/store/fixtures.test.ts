/** What earlier versions have exported, linked and kept opens for ever, with the numbers that they had. See test/fixtures. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { readExperiments } from '../../src/experiment/document';
import { SETTING_NAMES, settingOf } from '../../src/experiment/setting-table';
import { FIRST_DRAFT, parseDraft } from '../../src/store/draft';
import { readKeptDraft } from '../../src/store/draft-storage';
import { readLinkHash } from '../../src/store/link';
import { ownFileKind, readSettings } from '../../src/store/own-files';
import { readRunsFile, runsFileText } from '../../src/store/runs-file';

const VERSIONS = ['v0.1', '2026-11-27', '2026-11-27-parts'] as const;
const DOCUMENTS = ['plain.json', 'full.json', 'sweep.json', 'merged.json'] as const;
const DATED_FINGERPRINT = /^[0-9a-f]{16}$/;

function read(version: string, name: string): string {
  const path = join('test', 'fixtures', version, name);
  return existsSync(path) ? readFileSync(path, 'utf8') : gunzipSync(readFileSync(`${path}.gz`)).toString();
}

/** The runs of a file, and what was set aside of it. */
function opened(text: string) {
  const setAside: string[] = [];
  return { runs: readRunsFile(text, 0, (words) => setAside.push(words)), setAside };
}

afterEach(() => vi.unstubAllGlobals());

describe.each(VERSIONS)('of %s', (version) => {
  const isDated = version !== 'v0.1';

  it('every run of an export opens: names, notes, tickets, numbers and settings', () => {
    const { runs, setAside } = opened(read(version, 'runs.json'));
    expect(setAside).toEqual([]);
    expect(
      runs.map(({ name, notes, isHidden, view }) => [name, notes, isHidden, view.status, view.step]),
    ).toEqual([
      ['My first search', 'warm-up “too short”?', false, 'finished', 92],
      ['Winning ticket, 150', '', false, 'finished', 30],
      ['Uniform embedding, d = 4', '', true, 'finished', 40],
      ['Pruned by field', 'cut by a reload', false, 'cut', 1],
    ]);
    const [search, ticket, uniform, cut] = runs.map(({ view }) => view);
    expect(search.tickets.map(({ target, parameters, step }) => [target, parameters, step])).toEqual([
      [150, 150, 24],
      [115, 115, 92],
    ]);
    expect(search.table.points).toHaveLength(93);
    expect([search, ticket, uniform].map(({ finish }) => finish?.result?.testAuc)).toEqual([
      0.6553030303030303, 0.4659090909090909, 0.6477272727272727,
    ]);
    expect(search.start?.config).toMatchObject({ model: 'fm', dimension: 4, epochs: 16, split: 'random' });
    expect(cut.start?.config).toMatchObject({ model: 'deepfm', granularity: 'field', mlpWidths: [8, 4] });
    expect(cut.error).toBe('Stopped by a reload or a closed tab at step 1.');
    for (const { start } of [search, cut]) {
      if (isDated) expect(start?.dataset.fingerprint).toMatch(DATED_FINGERPRINT);
      else expect(start?.dataset).not.toHaveProperty('fingerprint');
    }
    expect(new Set(runs.map(({ experiment }) => experiment)).size).toBe(3);
    expect(readRunsFile(runsFileText(runs), 0)).toEqual(runs);
  });

  it.each([
    ['plain.json', [0.6553]],
    [
      'full.json',
      [0.6553, 0.6477, 0.4659, 0.4482, 0.4482, 0.4609, 0.4558, 0.4583, 0.4533, 0.4482, 0.4609, 0.4583],
    ],
    ['sweep.json', [0.6553, 0.4659, 0.4583, 0.5429, ...(isDated ? [0.404, 0.4091] : [0.399, 0.399])]],
    ['merged.json', [0.6553, 0.5366]],
  ])('every result of the document %s opens, on the page and for --merge', (name, aucs) => {
    const text = read(version, name);
    const { runs, setAside } = opened(text);
    expect(setAside).toEqual([]);
    expect(runs.map(({ view }) => Number(view.finish?.result?.testAuc?.toFixed(4)))).toEqual(aucs);
    expect(readExperiments(text).flatMap(({ results }) => results)).toHaveLength(aucs.length);
    expect(readExperiments(text)[0].config.split).toBe('random');
    expect(runs[0].view.start?.config).toMatchObject({ targets: [150, 115], thresholdInit: -3, seed: 1 });
  });

  it('every link and every file of settings says what its run was trained with', async () => {
    const runs = opened(read(version, 'runs.json')).runs.toReversed();
    const links: string[] = JSON.parse(read(version, 'links.json'));
    expect(links).toHaveLength(runs.length);
    for (const [i, { view }] of runs.entries()) {
      const linked = readLinkHash(links[i]);
      expect(linked?.config).toEqual(view.start?.config);
      expect(linked).toMatchObject({ dataset: 'clicks.csv', features: 56 });
      const text = read(version, `settings-${i + 1}.json`);
      expect(await ownFileKind(new File([text], 'config.json'))).toBe('settings');
      const { config, ...madeFor } = readSettings(text);
      expect(config).toEqual(view.start?.config);
      expect(madeFor.dataset).toBe(isDated ? 'clicks.csv' : '');
      expect(madeFor.fingerprint).toBe(view.start?.dataset.fingerprint);
    }
  });

  it('the settings are as they were left, the half-typed one too', () => {
    const kept: Record<string, string> = JSON.parse(read(version, 'local-storage.json'));
    vi.stubGlobal('localStorage', { getItem: (key: string) => kept[key] ?? null });
    const { draft, features, trainRows } = readKeptDraft();
    expect([features, trainRows]).toEqual([6_572, 80_000]);
    expect(draft).toMatchObject({
      model: 'deepfm',
      granularity: 'field',
      targets: '100, 5',
      mlpWidths: '8, 4',
    });
    expect(draft.epochs).toBe('1e');
    expect(parseDraft(draft, null).errors).toHaveProperty('epochs');
    expect(draft).not.toEqual(FIRST_DRAFT);
  });

  it('a setting out of its bounds sets its run aside by name, and the others are read', () => {
    const text = read(version, 'runs.json');
    const bad = [
      ...SETTING_NAMES.flatMap((name) => {
        const setting = settingOf(name);
        if (setting.kind !== 'number') return [];
        return [setting.min - 5, setting.max + 5, null, '7', [7]].map((value) => [name, value] as const);
      }),
      ['targets', [0]],
      ['targets', [1, 2, 3, 4, 5, 6, 7, 8, 9]],
      ['mlpWidths', []],
      ['mlpWidths', [0]],
      ['model', 'cnn'],
      ['scheme', 'none'],
      ['granularity', 'row'],
      ['protocol', ''],
      ['split', 'by hand'],
      ['stopAtLastTarget', 'yes'],
      ['backend', 'abacus'],
    ] as const;
    for (const [name, value] of bad) {
      const content = JSON.parse(text);
      content.runs[1].view.start.config[name] = value;
      const { runs, setAside } = opened(JSON.stringify(content));
      expect(setAside.join(), `${name} ${value}`).toMatch(
        new RegExp(`^“Winning ticket, 150” \\(2 of 4\\): view\\.start\\.config\\.${name}`),
      );
      expect(runs).toHaveLength(3);
      const document = JSON.parse(read(version, 'plain.json'));
      document.config[name] = value;
      expect(() => opened(JSON.stringify(document)), `${name} ${value}`).toThrow(/Nothing was imported/);
    }
  });
});

describe('of a future version', () => {
  it.each([
    ['runs.json', 'formatVersion', 999, /^A newer page wrote it \(version 999\)\. Update the playground/],
    ...DOCUMENTS.map(
      (name) =>
        [
          name,
          'format',
          'pep-playground/999',
          /^A newer command line wrote it \(pep-playground\/999\)/,
        ] as const,
    ),
  ] as const)('%s is refused, and says so', (name, field, value, words) => {
    const text = JSON.stringify({ ...JSON.parse(read('2026-11-27', name)), [field]: value });
    expect(() => opened(text)).toThrow(words);
  });

  it('a run says so and is set aside, and the others are read', () => {
    const content = JSON.parse(read('2026-11-27', 'runs.json'));
    content.runs[0].format = 999;
    const { runs, setAside } = opened(JSON.stringify(content));
    expect(runs).toHaveLength(3);
    expect(setAside).toEqual([
      '“My first search” (1 of 4): a newer version of this page has kept it (format 999), which is needed to read it',
    ]);
  });

  it.each(['version', 'temperature'])('a file of settings with %s in it is refused, and says so', (name) => {
    const text = JSON.stringify({ ...JSON.parse(read('2026-11-27', 'settings-1.json')), [name]: 999 });
    expect(() => readSettings(text)).toThrow(
      `This version does not know the setting "${name}". If a newer page wrote the file, update the playground to open it.`,
    );
  });
});
