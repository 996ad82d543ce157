/** The settings of the last visit: what is good of them is kept, what is not is named, what a newer page kept stays. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FIRST_DRAFT } from '../../src/store/draft';
import { type KeptDraft, keepDraft, readKeptDraft } from '../../src/store/draft-storage';
import { createPlaygroundStore } from '../../src/store/playground';
import type { TrainerClient } from '../../src/worker/client';

const KEY = 'pep-playground-settings-1';
const SET_ASIDE_KEY = 'pep-playground-settings-set-aside';
const LEFT: KeptDraft = { draft: { ...FIRST_DRAFT, epochs: '7', seed: '1e' }, features: 50, trainRows: 40 };

let kept: Map<string, string>;
beforeEach(() => {
  kept = new Map();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
  });
});
afterEach(() => vi.unstubAllGlobals());

/** The text of settings that were left, changed. */
function leave(change: object, draft: object = {}): string {
  const text = JSON.stringify({ format: 1, ...LEFT, ...change, draft: { ...LEFT.draft, ...draft } });
  kept.set(KEY, text);
  return text;
}

function read() {
  const faults: string[] = [];
  return { found: readKeptDraft((words) => faults.push(words)), faults };
}

it('settings come back as they were left, and nothing is said', () => {
  keepDraft(LEFT);
  expect(JSON.parse(kept.get(KEY) ?? '')).toEqual({ format: 1, ...LEFT });
  expect(read()).toEqual({ found: LEFT, faults: [] });
  kept.clear();
  expect(read()).toEqual({ found: { draft: FIRST_DRAFT, features: null, trainRows: null }, faults: [] });
});

describe('settings of a newer version', () => {
  it('are said to be, and stay as they are, whatever is edited', () => {
    const text = leave({ format: 2, draft: 'in another place' });
    const { found, faults } = read();
    expect(found.draft).toEqual(FIRST_DRAFT);
    expect(faults).toEqual([
      'Stored in this browser, the settings of the last visit: a newer version of this page has kept it (format 2), which is needed to read it. Until it is opened again, changes are not kept for the next visit.',
    ]);
    keepDraft(LEFT);
    expect([...kept]).toEqual([[KEY, text]]);
  });

  it('are not written over by a page that opens and is worked with, and the page says why', async () => {
    vi.stubGlobal('navigator', {});
    const text = leave({ format: 3 });
    const worker: Partial<TrainerClient> = {
      capabilities: async () => ({ backends: [], note: '' }),
      storedDatasets: async () => [],
    };
    const page = createPlaygroundStore(() => worker as TrainerClient);
    await page.getState().connect();
    page.getState().edit({ epochs: '3' });
    expect(page.getState().draft.epochs).toBe('3');
    expect(page.getState().setAside.join()).toMatch(/settings of the last visit: a newer version/);
    expect(kept.get(KEY)).toBe(text);
  });
});

it.each([
  [
    'a choice that there is not',
    { model: 'gpt' },
    /: model: "gpt" is unknown; choose one of .*\. The others are/,
  ],
  [
    'a number where its text is kept',
    { dimension: 8 },
    /: dimension: must be a string, not a number\. The others/,
  ],
  [
    'two of them',
    { scheme: 0, patience: null },
    /: scheme: .*; patience: must be a string, not null\. The others/,
  ],
  [
    'one that is missing',
    { dropout: undefined },
    /: dropout: is missing\. The others are as they were left\.$/,
  ],
])('%s is named and set aside, and the others are as they were left', (_name, change, words) => {
  const text = leave({}, change);
  const { found, faults } = read();
  expect(faults).toEqual([expect.stringMatching(words)]);
  const mended = Object.fromEntries(Object.keys(change).map((name) => [name, expect.anything()]));
  expect(found).toEqual({ ...LEFT, draft: { ...LEFT.draft, ...mended } });
  expect(found.draft).not.toMatchObject(change);
  keepDraft(found);
  expect(kept.get(SET_ASIDE_KEY)).toBe(text);
  expect(read()).toEqual({ found, faults: [] });
});

it('one that came after they were left is what it is where nobody says it, and nothing is said', () => {
  leave({ format: undefined }, { split: undefined });
  expect(read()).toEqual({ found: { ...LEFT, draft: { ...LEFT.draft, split: 'random' } }, faults: [] });
});

it.each([
  ['that were cut off', '{"draft":{"model":"fm"', 'they are cut off or no settings'],
  ['that are a list', '[]', 'must be an object, not an array'],
  ['without a draft', '{"format":1}', 'draft: is missing'],
  ['of no version', '{"format":"new","draft":{}}', 'format: must be a whole number of at least 1'],
])('settings %s are said to be, and set aside before others are kept', (_name, text, why) => {
  kept.set(KEY, text);
  const { found, faults } = read();
  expect(found.draft).toEqual(FIRST_DRAFT);
  expect(faults).toEqual([
    `Stored in this browser, the settings of the last visit: ${why}. The page begins with its own.`,
  ]);
  keepDraft(LEFT);
  expect(kept.get(SET_ASIDE_KEY)).toBe(text);
  expect(read()).toEqual({ found: LEFT, faults: [] });
});

it('what nobody here knows stays beside what is kept', () => {
  leave({ theme: 'sepia' }, { temperature: '0.5' });
  const { found, faults } = read();
  expect({ found, faults }).toEqual({ found: LEFT, faults: [] });
  keepDraft({ ...found, features: 51 });
  expect(JSON.parse(kept.get(KEY) ?? '')).toEqual({
    format: 1,
    ...LEFT,
    features: 51,
    theme: 'sepia',
    draft: { ...LEFT.draft, temperature: '0.5' },
  });
});
