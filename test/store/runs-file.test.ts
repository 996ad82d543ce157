/**
 * Runs as a file and back; files that are not ours, cut off or newer are refused with the reason, and a run that cannot be
 * read is set aside.
 */
import { describe, expect, it } from 'vitest';
import { splitRows } from '../../src/data/split';
import { summariseDataset } from '../../src/experiment/dataset-summary';
import { readExperiments, sweepDocument } from '../../src/experiment/document';
import { presetConfig } from '../../src/experiment/presets';
import { RUN_KIND_IDS, RUN_KINDS } from '../../src/experiment/run-kinds';
import { fromJson } from '../../src/export/typed-json';
import { marksOf } from '../../src/store/comparison';
import { IDLE_RUN } from '../../src/store/run';
import { readRunsFile, runsFileText } from '../../src/store/runs-file';
import type { SavedRun } from '../../src/store/saved-run';
import { tinyDataset } from '../experiment/tiny-dataset';
import { measuredRun } from './events';
import { smallExperiment } from './small-experiment';

const experiment = smallExperiment();
/** Writing and reading ten thousand runs took 15 s on two busy cores. */
const MANY_RUNS_LIMIT_MS = 60_000;

describe('an archive', () => {
  it('gives the same runs back: curves, tickets, masks and results', async () => {
    const { runs } = await experiment;
    expect(runs).toHaveLength(2);
    expect(runs[0].view.tickets).toHaveLength(1);
    expect(readRunsFile(runsFileText(runs), 0)).toEqual(runs);
  });

  it('gives back what could not be measured, and why', async () => {
    const notes = ['The test AUC cannot be computed: test has no row with label 1.'];
    const run = measuredRun({ testAuc: null, notes });
    const [back] = readRunsFile(runsFileText([run]), 0);
    expect(back.view.finish?.result).toEqual(run.view.finish?.result);
  });

  it.each(RUN_KIND_IDS)('and a document give back a run of the kind "%s"', async (scheme) => {
    const run = measuredRun({ scheme });
    expect(readRunsFile(runsFileText([run]), 0)).toEqual([run]);
    const content = JSON.parse((await experiment).document);
    content.results = [{ ...content.results[1], scheme }];
    const [opened] = readRunsFile(JSON.stringify(content), 0);
    expect(opened.view.finish?.result?.scheme).toBe(scheme);
    expect(opened.view.start?.run).toEqual({
      id: `${scheme}-160`,
      label: `${RUN_KINDS[scheme].label}, 160`,
      scheme,
      target: 160,
    });
  });

  it('of version 0.1, which does not say how rows were split, holds random splits', async () => {
    const { runs } = await experiment;
    const text = runsFileText(runs).replaceAll(',"split":"random"', '');
    expect(text).not.toContain('"split"');
    const [run] = readRunsFile(text, 0);
    expect(run.view.start?.config.split).toBe('random');
  });

  it('takes a run that was under way for one that was cut off', async () => {
    const { runs } = await experiment;
    const [run] = readRunsFile(
      runsFileText([{ ...runs[0], view: { ...runs[0].view, status: 'running' } }]),
      0,
    );
    expect(run.view.status).toBe('cut');
    expect(run.view.error).toMatch(/while it was under way, at step \d/);
  });

  it('fills in settings that the file does not know yet', async () => {
    const { runs } = await experiment;
    const content = JSON.parse(runsFileText(runs));
    delete content.runs[0].view.start.config.patience;
    const [run] = readRunsFile(JSON.stringify(content), 0);
    expect(run.view.start?.config.patience).toBe(presetConfig('paper', 1).patience);
  });

  it('keeps the fingerprint of the data and how it was read, and opens runs of version 0.1, which have neither', async () => {
    const { runs, document } = await experiment;
    const { fingerprint } = summariseDataset(tinyDataset(), splitRows(2_000, 1));
    for (const [run] of [readRunsFile(runsFileText(runs), 0), readRunsFile(document, 0)]) {
      expect(run.view.start?.dataset.fingerprint).toBe(fingerprint);
      expect(run.view.start?.dataset.origin).toEqual({ format: 'made for tests' });
    }
    const content = JSON.parse(runsFileText(runs));
    delete content.runs[0].view.start.dataset.fingerprint;
    delete content.runs[0].view.start.dataset.origin;
    const [old] = readRunsFile(JSON.stringify(content), 0);
    expect(old.view.start?.dataset).not.toHaveProperty('fingerprint');
    content.runs[0].view.start.dataset.fingerprint = 'ml.csv';
    const setAside: string[] = [];
    readRunsFile(JSON.stringify(content), 0, (words) => setAside.push(words));
    expect(setAside).toEqual([
      '“Search” (1 of 2): view.start.dataset.fingerprint: must be 16 hexadecimal digits',
    ]);
  });

  it('keeps the first of runs with the same id', async () => {
    const { runs } = await experiment;
    const twice = [runs[0], runs[1], { ...runs[0], name: 'Again' }];
    expect(readRunsFile(runsFileText(twice), 0)).toEqual(runs);
  });

  it("opens the command line's document", async () => {
    const { runs, document } = await experiment;
    const opened = readRunsFile(document, 5_000);
    expect(opened.map(({ view }) => view.finish?.result)).toEqual(
      runs.map(({ view }) => view.finish?.result),
    );
    expect(opened[0].view.table.points.map(({ parameters }) => parameters).at(-1)).toBe(
      runs[0].view.table.points.at(-1)?.parameters,
    );
    const { view } = opened[1];
    expect(view.step).toBe(view.start?.totalSteps);
    expect(view.epoch).toBe(view.finish?.result?.epochs);
    expect(new Set(opened.map(({ experiment: id }) => id)).size).toBe(1);
  });

  it("opens a merged sweep: the command line's experiments, each with its own runs", async () => {
    const [document] = readExperiments((await experiment).document);
    const other = { ...document, config: { ...document.config, seed: 2 } };
    const opened = readRunsFile(JSON.stringify(sweepDocument([document, other])), 0);
    expect(opened.map(({ view }) => view.start?.config.seed)).toEqual([1, 1, 2, 2]);
    expect(new Set(opened.map(({ experiment: id }) => id)).size).toBe(2);
    expect(marksOf(opened).map(({ runs }) => runs.length)).toEqual([2, 2]);
  });

  it.each([
    ['cut off', (text: string) => text.slice(0, text.length / 2), /not whole JSON/],
    ['a table', () => 'user,item\n1,2\n', /neither an export of this page/],
    ['not ours', () => '{"hello": 1}', /neither an export of this page/],
    ['newer', (text: string) => text.replace('"formatVersion":2', '"formatVersion":3'), /newer page/],
    ['a newer document', () => '{"format": "pep-playground/2"}', /newer command line/],
    ['empty of runs', () => runsFileText([]), /no runs in it/],
    ['damaged', (text: string) => text.replaceAll('"step":', '"steps":'), /^“Search” \(1 of 2\): .*step/],
    ['without a list', (text: string) => text.replace('"runs":', '"run":'), /no list of runs/],
  ])('says what is wrong with a file that is %s', async (_name, damage, reason) => {
    const { runs } = await experiment;
    expect(() => readRunsFile(damage(runsFileText(runs)), 0)).toThrow(reason);
  });
});

// biome-ignore lint/suspicious/noExplicitAny: a file holds anything.
type Json = any;

/** The file of the small experiment as version 1 wrote it, with its content changed. */
async function changed(change: (content: Json) => void): Promise<string> {
  const content = asVersion1(JSON.parse(runsFileText((await experiment).runs)));
  change(content);
  // JSON.stringify has no way to write a number beyond all bounds.
  return JSON.stringify(content).replaceAll('"∞"', '1e999');
}

/** Masks are base64, other typed arrays lists, and no record says its version. */
function asVersion1(content: Json): Json {
  if (typeof content !== 'object' || content === null) return content;
  if (Array.isArray(content)) return content.map(asVersion1);
  if (content.$ === 'Uint32Array') return content.base64;
  if (content.$ !== undefined) return [...(fromJson(JSON.stringify(content)) as Uint8Array)];
  const fields = Object.entries(content).map(([name, each]) => [name, asVersion1(each)]);
  const { format, ...record } = Object.fromEntries(fields);
  if (record.formatVersion !== undefined) return { format, ...record, formatVersion: 1 };
  return typeof format === 'number' ? record : { ...record, ...(format && { format }) };
}

describe('what has no value', () => {
  const unmeasured = (run: SavedRun): SavedRun => {
    const { finish, evaluations, latest } = run.view;
    if (!finish?.result || !latest) throw new Error('The run has not ended.');
    const { NaN: none, POSITIVE_INFINITY: infinite } = Number;
    const result = { ...finish.result, validAuc: none, testAuc: none, testLogloss: infinite };
    const points = evaluations.points.map((point) => ({ ...point, auc: none, logloss: infinite }));
    const view = {
      ...run.view,
      finish: { ...finish, result },
      evaluations: { ...evaluations, points },
      latest: { ...latest, trainLoss: none },
    };
    return { ...run, view };
  };

  it('is null in the file and after it, and every other run is read', async () => {
    const { runs } = await experiment;
    const setAside: string[] = [];
    const text = runsFileText([unmeasured(runs[0]), runs[1]]);
    const [first, second] = readRunsFile(text, 0, (words) => setAside.push(words));
    expect(setAside).toEqual([]);
    expect(second).toEqual(runs[1]);
    expect(first.view.finish?.result).toMatchObject({ validAuc: null, testAuc: null, testLogloss: null });
    expect(first.view.evaluations.points.every(({ auc, logloss }) => auc === null && logloss === null)).toBe(
      true,
    );
    expect(first.view.latest?.trainLoss).toBeNaN();
    expect(readRunsFile(runsFileText([first, second]), 0)).toEqual([first, second]);
  });

  it('can be any statistic of any point, as the page or a file has it', async () => {
    for (const none of [null, '∞', '-∞']) {
      const text = await changed(({ runs: [{ view }] }) => {
        view.msPerStep = none;
        for (const point of [...view.table.points, view.latest]) {
          Object.assign(point.threshold, { mean: none, p05: none, p95: none });
          point.threshold.fieldMeans.fill(none);
          Object.assign(point.magnitude, { p05: none, median: none, p95: none });
          if (point.push) Object.assign(point.push, { data: none, decay: none });
          point.push?.groupData.fill(none);
        }
        for (const point of view.losses.points) point.trainLoss = none;
      });
      const runs = readRunsFile(text.replaceAll('"-∞"', '-1e999'), 0);
      expect(runs).toHaveLength(2);
      expect(runs[0].view.table.points.at(-1)?.threshold?.mean).toBeNaN();
      expect(runs[0].view.losses.points).toEqual([]);
      expect(readRunsFile(runsFileText(runs), 0)).toEqual(runs);
    }
  });

  it("is null in the command line's document and after it", async () => {
    const content = JSON.parse((await experiment).document);
    Object.assign(content.results[0], { validAuc: null, testAuc: null, testLogloss: null, converged: false });
    for (const point of content.search.trajectory) Object.assign(point, { validAuc: null, meanG: null });
    const opened = readRunsFile(JSON.stringify(content), 0);
    expect(opened).toHaveLength(2);
    expect(opened[0].view.finish?.result?.testAuc).toBeNull();
    expect(readExperiments(JSON.stringify(content))).toEqual([content]);
  });
});

describe('a run that cannot be read', () => {
  it('is set aside by its name, and every other one is read', async () => {
    const { runs } = await experiment;
    const text = await changed((content) => {
      content.runs[0].view.step = 'many';
      content.runs.push(null, { ...content.runs[1], id: 7 });
    });
    const setAside: string[] = [];
    expect(readRunsFile(text, 0, (words) => setAside.push(words))).toEqual([runs[1]]);
    expect(setAside).toEqual([
      '“Search” (1 of 4): view.step: must be a whole number',
      'A run (3 of 4): must be an object, not null',
      '“Winning ticket, 160” (4 of 4): id: must be a string, not a number',
    ]);
  });

  it('of a document leaves its other results and experiments as they are', async () => {
    const good = JSON.parse((await experiment).document);
    const half = structuredClone(good);
    half.results[1].testAuc = 'high';
    const bad = structuredClone(good);
    bad.dataset.fields = {};
    const setAside: string[] = [];
    const text = JSON.stringify({ ...good, experiments: [bad, good, half] });
    expect(readRunsFile(text, 0, (words) => setAside.push(words))).toHaveLength(3);
    expect(setAside.sort()).toEqual([
      expect.stringMatching(/^experiment 1 of 3, dataset\.fields: /),
      expect.stringMatching(
        /^experiment 3 of 3, results\.1\.testAuc: must be a number from 0 to 1, or null$/,
      ),
    ]);
  });

  it.each<[string, (run: Json) => void, RegExp]>([
    [
      'a billion features',
      ({ view }) => (view.start.dataset.features = 1e9),
      /dataset\.features: must be 26/,
    ],
    [
      'a billion features in fields that have them',
      ({ view: { start } }) => {
        start.dataset.fields = [{ name: 'all', offset: 0, features: 1e9 }];
        Object.assign(start, { tableSize: 8e9, dataset: { ...start.dataset, features: 1e9 } });
        start.size.arrays[0].rows = 1e9;
      },
      /tableSize: is more than a machine can hold/,
    ],
    ['another table', ({ view }) => view.start.tableSize++, /tableSize: must be 26 × 8/],
    [
      'a gap between fields',
      ({ view }) => view.start.dataset.fields[1].offset++,
      /fields\.1\.offset: must be 12/,
    ],
    ['a field of nothing', ({ view }) => (view.start.dataset.fields[1].features = 0), /must be at least 1/],
    ['half a feature', ({ view }) => (view.start.dataset.features = 26.5), /must be a whole number/],
    [
      'three thousand tickets',
      ({ view }) => (view.tickets = Array.from({ length: 3_000 }, () => view.tickets[0])),
      /tickets: a run has at most 8/,
    ],
    [
      'a target twice',
      ({ view }) => view.tickets.push(view.tickets[0]),
      /tickets\.1\.target: 160 is there twice/,
    ],
    [
      'tickets out of order',
      ({ view }) => view.tickets.push({ ...view.tickets[0], target: 150, step: 1 }),
      /tickets\.1\.step: the steps do not rise/,
    ],
    ['a short mask', ({ view }) => (view.tickets[0].mask = 'AAAAAA=='), /mask: must have 7 words/],
    ['a mask that is none', ({ view }) => (view.latest.mask = '?'), /latest\.mask: must be a mask in base64/],
    [
      'a mask beyond the table',
      ({ view }) => (view.latest.mask = `${'A'.repeat(32)}AAABAA==`),
      /latest\.mask: goes beyond the table/,
    ],
    [
      'a mask of another size than its count',
      ({ view }) => (view.tickets[0].mask = `${'A'.repeat(36)}AA==`),
      /tickets\.0\.parameters: is not what the mask keeps/,
    ],
    ['a dimension too many', ({ view }) => (view.latest.dimensions[3] = 9), /dimensions\.3: is more than 8/],
    ['too few dimensions', ({ view }) => view.latest.dimensions.pop(), /dimensions: must have 26 numbers/],
    ['other dimensions', ({ view }) => (view.latest.dimensions = Array(26).fill(0)), /latest\.parameters/],
    [
      'more left than there was',
      ({ view }) => (view.table.points[1].parameters = 209),
      /more than the table's 208/,
    ],
    [
      'steps that fall',
      ({ view }) => view.table.points.reverse(),
      /table\.points\.1\.step: the steps do not rise/,
    ],
    [
      'a step twice',
      ({ view }) => view.losses.points.push(view.losses.points.at(-1)),
      /the steps do not rise/,
    ],
    [
      '1e308',
      ({ view }) => (view.table.points[1].push.data = 1e308),
      /push\.data: must be a number from 0 to 1e\+39/,
    ],
    [
      'an AUC of two',
      ({ view }) => (view.finish.result.testAuc = 2),
      /testAuc: must be a number from 0 to 1/,
    ],
    [
      'a result of another width',
      ({ view }) => (view.finish.result.dimension = 4),
      /result\.dimension: must be 8/,
    ],
    ['a moment after all time', (run) => (run.startedAt = 1e300), /startedAt/],
    [
      'too few fields',
      ({ view }) => view.table.points[1].threshold.fieldMeans.pop(),
      /fieldMeans: must have 3/,
    ],
    ['uneven pushes', ({ view }) => view.table.points[1].push.groupDecay.pop(), /push\.groupData/],
    ['no start', ({ view }) => (view.start = null), /view\.start/],
    ['a name that every object has', ({ view }) => (view.start.config.model = 'toString'), /config\.model/],
  ])('has %s', async (_name, damage, reason) => {
    const text = await changed((content) => {
      content.runs.length = 1;
      damage(content.runs[0]);
    });
    expect(() => readRunsFile(text, 0)).toThrow(reason);
  });
});

it('a colour that is none becomes that of its kind', async () => {
  const text = await changed(({ runs }) => (runs[0].color = 'url(x)'));
  expect(readRunsFile(text, 0)).toEqual((await experiment).runs);
});

it('a curve of more points than a chart draws is thinned out, and stays as it is from then on', async () => {
  const text = await changed(({ runs: [{ view }] }) => {
    const [point] = view.losses.points;
    view.losses.points = Array.from({ length: 10_000 }, (_, step) => ({ ...point, step }));
  });
  const runs = readRunsFile(text, 0);
  expect(runs[0].view.losses.points.length).toBeLessThanOrEqual(300);
  expect(runs[0].view.losses.points.at(-1)?.step).toBe(9_999);
  expect(readRunsFile(runsFileText(runs), 0)).toEqual(runs);
});

it(
  'of more runs than a page lists the first are read, and how many were left is said',
  async () => {
    const [run] = (await experiment).runs;
    const view = { ...IDLE_RUN, status: 'cut' as const, start: run.view.start };
    const many = Array.from({ length: 10_002 }, (_, i) => ({ ...run, id: `run ${i}`, view }));
    const words: string[] = [];
    const read = readRunsFile(runsFileText(many), 0, (each) => words.push(each));
    expect(read.map(({ id }) => id)).toEqual(many.slice(0, 10_000).map(({ id }) => id));
    expect(words).toEqual(['the first 10,000 of its 10,002 runs were read, as a page cannot list more']);
  },
  MANY_RUNS_LIMIT_MS,
);
