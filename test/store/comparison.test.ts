/** What is drawn across runs, on cases whose answer is known. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { storeTable } from '../../src/experiment/accounting';
import { marksOf, masksOf, overlapByField, paretoFront, prunedByFrequency } from '../../src/store/comparison';
import { IDLE_RUN } from '../../src/store/run';
import { createSavedRun, type SavedRun } from '../../src/store/saved-run';
import { measuredRun, runStarted } from './events';

describe('marksOf', () => {
  /** A finished run of a seed on data with this fingerprint; null: a run of version 0.1. */
  function finished(seed: number, fingerprint: string | null): SavedRun {
    const { dataset, config, ...rest } = runStarted('search');
    const start = {
      ...rest,
      config: { ...config, seed },
      dataset: { ...dataset, ...(fingerprint !== null && { fingerprint }) },
    };
    const result = {
      scheme: 'pep' as const,
      model: 'fm' as const,
      target: null,
      parameters: 100,
      bytes: { dense: 640, csr: 500, bitmask: 450 },
      dimension: 16,
      validAuc: 0.7,
      testAuc: 0.7,
      testLogloss: 0.5,
      epochs: 1,
      converged: true,
      protocol: 'validation' as const,
      seed,
    };
    const run = createSavedRun(start, 'experiment', seed);
    const finish = { reason: 'epochs-done' as const, result };
    return { ...run, view: { ...IDLE_RUN, start, status: 'finished', finish } };
  }
  const seedsOf = (runs: readonly SavedRun[]) =>
    marksOf(runs).map((mark) => mark.runs.map(({ view }) => view.start?.config.seed));

  it('takes means over seeds on the same data alone: a label above 3 is not one above 4', () => {
    const [above3, above4] = ['3333333333333333', '4444444444444444'];
    expect(seedsOf([finished(1, above3), finished(2, above4), finished(3, above3)])).toEqual([[1, 3], [2]]);
  });

  it('puts runs of version 0.1 together, but never with runs that have a fingerprint', () => {
    expect(seedsOf([finished(1, null), finished(2, '3333333333333333'), finished(3, null)])).toEqual([
      [1, 3],
      [2],
    ]);
  });
});

describe('paretoFront', () => {
  const points = fc.array(
    fc.record({ x: fc.integer({ min: 1, max: 20 }), y: fc.integer({ min: 0, max: 20 }) }),
  );
  type Point = { x: number; y: number };
  const frontOf = (all: readonly Point[]) =>
    paretoFront(
      all,
      ({ x }) => x,
      ({ y }) => y,
    );

  it('holds exactly the points that no other point beats', () => {
    fc.assert(
      fc.property(points, (all) => {
        const front = frontOf(all);
        const isBeaten = (p: Point) => all.some((q) => q.x <= p.x && q.y >= p.y && (q.x < p.x || q.y > p.y));
        for (const point of front) expect(isBeaten(point)).toBe(false);
        for (const point of all) {
          if (!isBeaten(point)) expect(front.some(({ x, y }) => x === point.x && y === point.y)).toBe(true);
        }
      }),
    );
  });
});

it('a point without a number is not on the front, and hides no other', () => {
  const points = [
    { x: 1, y: Number.NaN },
    { x: 2, y: 0.7 },
    { x: 2, y: null },
    { x: 3, y: 0.6 },
    { x: 4, y: Number.NaN },
    { x: 5, y: 0.8 },
  ];
  const front = paretoFront(
    points,
    ({ x }) => x,
    ({ y }) => y,
  );
  expect(front.map(({ x }) => x)).toEqual([2, 5]);
});

describe('runs of which some could not be measured', () => {
  const results = [0.7, null, 0.8].map((testAuc, i) =>
    measuredRun({ seed: i, testAuc, testLogloss: 0.5 + i }),
  );

  it('are averaged over those that could', () => {
    const [mark] = marksOf(results);
    expect(mark.runs).toHaveLength(3);
    expect(mark.auc).toEqual({ mean: 0.75, deviation: expect.closeTo(0.0707, 4), measured: 2 });
    expect(mark.logloss).toMatchObject({ mean: 1.5, measured: 3 });
  });

  it('have no mean where none could', () => {
    const [mark] = marksOf([measuredRun({ testAuc: null }), measuredRun({ testAuc: null, seed: 2 })]);
    expect(mark.auc).toEqual({ mean: null, deviation: null, measured: 0 });
  });
});

it('at stored bytes, a table that is pruned a little is not dearer than the dense one, and a uniform one is dense', () => {
  const run = (scheme: 'uniform' | 'ticket', dimension: number, parameters: number, testAuc: number) =>
    measuredRun({ scheme, dimension, parameters, testAuc });
  const [dense, ticket, small] = [
    run('uniform', 16, 160, 0.7),
    run('ticket', 16, 120, 0.8),
    run('uniform', 12, 120, 0.6),
  ].map((each) => marksOf([each])[0]);
  const bytes = ({ size, parameters }: typeof dense) => storeTable('smallest', size, parameters).bytes;
  expect([dense, ticket, small].map(bytes)).toEqual([640, 20 + 480, 480]);
  expect(bytes(ticket)).toBeLessThan(bytes(dense));
  expect(paretoFront([dense, ticket, small], bytes, ({ auc }) => auc.mean)).toEqual([small, ticket]);
});

it('two tickets of one target are two masks', () => {
  const run = measuredRun({});
  const ticket = { target: 50, parameters: 49, step: 3, epoch: 1, mask: new Uint32Array(5) };
  const masks = masksOf({ ...run, view: { ...run.view, tickets: [ticket, { ...ticket, step: 4 }] } });
  expect(new Set(masks.map(({ id }) => id)).size).toBe(2);
});

describe('overlapByField', () => {
  const fields = [
    { name: 'a', features: 2, offset: 0 },
    { name: 'b', features: 1, offset: 2 },
  ];

  it('counts what either and both masks keep, by field and in all', () => {
    // Six entries, two dimensions: the first mask keeps 0, 1, 2; the second 1, 2, 3, 5.
    const [all, a, b] = overlapByField(Uint32Array.of(0b000111), Uint32Array.of(0b101110), fields, 2);
    expect(a).toEqual({ name: 'a', first: 3, second: 3, both: 2, jaccard: 0.5 });
    expect(b).toEqual({ name: 'b', first: 0, second: 1, both: 0, jaccard: 0 });
    expect(all).toEqual({ name: 'All fields', first: 3, second: 4, both: 2, jaccard: 0.4 });
  });

  it('has no index where both masks are empty', () => {
    const [all] = overlapByField(new Uint32Array(1), new Uint32Array(1), fields, 2);
    expect(all.jaccard).toBeNull();
  });
});

it('prunedByFrequency puts features that occur about as often together', () => {
  const frequencies = Uint32Array.of(0, 1, 2, 3, 9);
  const bins = prunedByFrequency(frequencies, [Uint8Array.of(0, 1, 2, 0, 4)], [4]);
  expect(bins).toEqual([
    { from: 0, below: 1, features: 1, pruned: [1] },
    { from: 1, below: 2, features: 1, pruned: [0.75] },
    { from: 2, below: 4, features: 2, pruned: [0.75] },
    { from: 8, below: 16, features: 1, pruned: [0] },
  ]);
});
