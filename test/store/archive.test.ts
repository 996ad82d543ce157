/** Runs as a file and back; files that are not ours, cut off or newer are refused with the reason. */
import { describe, expect, it } from 'vitest';
import { splitRows } from '../../src/data/split';
import { createCpuEngine } from '../../src/engine/cpu/engine';
import { RunControl } from '../../src/experiment/control';
import { ExperimentRecord, readExperiments, sweepDocument } from '../../src/experiment/document';
import { runExperiment } from '../../src/experiment/experiment';
import { presetConfig } from '../../src/experiment/presets';
import { summariseDataset } from '../../src/experiment/summary';
import { archiveText, readArchive } from '../../src/store/archive';
import { marksOf } from '../../src/store/comparison';
import { IDLE_RUN, type RunView, reduceRun } from '../../src/store/run';
import { createSavedRun, type SavedRun } from '../../src/store/savedRun';
import { tinyDataset } from '../experiment/tiny-dataset';

/** A short experiment as the page keeps it, and as the command line writes it. */
async function smallExperiment() {
  const dataset = { ...tinyDataset(), origin: { format: 'made for tests' } };
  const config = {
    ...presetConfig('fast', dataset.features),
    dimension: 8,
    batchSize: 64,
    thresholdInit: -5,
    learningRate: 2e-3,
    weightDecay: 2e-3,
    epochs: 8,
    retrainEpochs: 2,
    targets: [160],
  };
  const plan = { retrain: ['ticket' as const], controls: [] };
  const control = new RunControl(false);
  const split = splitRows(dataset.rows, config.seed);
  const context = { dataset, split, createEngine: async () => createCpuEngine('test'), control };
  const record = new ExperimentRecord(plan);
  const runs: SavedRun[] = [];
  let view: RunView = IDLE_RUN;
  for await (const event of runExperiment(config, plan, context)) {
    record.add(event);
    if (event.type === 'run-started') runs.push(createSavedRun(event, 'experiment', 1_000));
    view = reduceRun(event.type === 'run-started' ? { ...IDLE_RUN, status: 'starting' } : view, event);
    const last = runs.at(-1);
    if (last) runs[runs.length - 1] = { ...last, view };
  }
  return { runs, document: JSON.stringify(record.toJSON()) };
}

const experiment = smallExperiment();

describe('an archive', () => {
  it('gives the same runs back: curves, tickets, masks and results', async () => {
    const { runs } = await experiment;
    expect(runs).toHaveLength(2);
    expect(runs[0].view.tickets).toHaveLength(1);
    expect(readArchive(archiveText(runs), 0)).toEqual(runs);
  });

  it('takes a run that was under way for one that was cut off', async () => {
    const { runs } = await experiment;
    const [run] = readArchive(archiveText([{ ...runs[0], view: { ...runs[0].view, status: 'running' } }]), 0);
    expect(run.view.status).toBe('cut');
    expect(run.view.error).toMatch(/while it was under way, at step \d/);
  });

  it('fills in settings that the file does not know yet', async () => {
    const { runs } = await experiment;
    const content = JSON.parse(archiveText(runs));
    delete content.runs[0].view.start.config.patience;
    const [run] = readArchive(JSON.stringify(content), 0);
    expect(run.view.start?.config.patience).toBe(presetConfig('paper', 1).patience);
  });

  it('keeps the fingerprint of the data and how it was read, and opens runs of version 0.1, which have neither', async () => {
    const { runs, document } = await experiment;
    const { fingerprint } = summariseDataset(tinyDataset(), splitRows(2_000, 1));
    for (const [run] of [readArchive(archiveText(runs), 0), readArchive(document, 0)]) {
      expect(run.view.start?.dataset.fingerprint).toBe(fingerprint);
      expect(run.view.start?.dataset.origin).toEqual({ format: 'made for tests' });
    }
    const content = JSON.parse(archiveText(runs));
    delete content.runs[0].view.start.dataset.fingerprint;
    delete content.runs[0].view.start.dataset.origin;
    const [old] = readArchive(JSON.stringify(content), 0);
    expect(old.view.start?.dataset).not.toHaveProperty('fingerprint');
    content.runs[0].view.start.dataset.fingerprint = 'ml.csv';
    expect(() => readArchive(JSON.stringify(content), 0)).toThrow(/a fingerprint is 16 hexadecimal digits/);
  });

  it('keeps the first of runs with the same id', async () => {
    const { runs } = await experiment;
    const twice = [runs[0], runs[1], { ...runs[0], name: 'Again' }];
    expect(readArchive(archiveText(twice), 0)).toEqual(runs);
  });

  it("opens the command line's document", async () => {
    const { runs, document } = await experiment;
    const opened = readArchive(document, 5_000);
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
    const opened = readArchive(JSON.stringify(sweepDocument([document, other])), 0);
    expect(opened.map(({ view }) => view.start?.config.seed)).toEqual([1, 1, 2, 2]);
    expect(new Set(opened.map(({ experiment: id }) => id)).size).toBe(2);
    expect(marksOf(opened).map(({ runs }) => runs.length)).toEqual([2, 2]);
  });

  it.each([
    ['cut off', (text: string) => text.slice(0, text.length / 2), /not whole JSON/],
    ['a table', () => 'user,item\n1,2\n', /neither an export of this page/],
    ['not ours', () => '{"hello": 1}', /neither an export of this page/],
    ['newer', (text: string) => text.replace('"formatVersion":1', '"formatVersion":2'), /newer page/],
    ['a newer document', () => '{"format": "pep-playground/2"}', /newer command line/],
    ['empty of runs', () => archiveText([]), /no runs in it/],
    ['damaged', (text: string) => text.replace('"step":', '"steps":'), /step/],
  ])('says what is wrong with a file that is %s', async (_name, damage, reason) => {
    const { runs } = await experiment;
    expect(() => readArchive(damage(archiveText(runs)), 0)).toThrow(reason);
  });
});
