/** The golden files know the order of a step: no phase can be left out, and only two that are neighbours can be exchanged. */
import { describe, expect, inject, it } from 'vitest';
import { createCpuEngine } from '../../src/engine/cpu/engine';
import type { Phase, PhaseName } from '../../src/training/step';
import { PARITY_CHECKS } from './checks';
import { type GoldenFile, parseGolden } from './golden';
import { type Outcome, runGolden } from './run';

type Phases = readonly Phase[];

const NAMES: readonly PhaseName[] = [
  'input',
  'lookup',
  'forward',
  'loss',
  'backward',
  'table gradient',
  'clip',
  'table update',
  'model update',
];
const NEIGHBOURS = NAMES.slice(1).map((name, i) => [NAMES[i], name] as const);

/** What the table's update reads and writes is none of the model's. */
const areFree = (first: PhaseName, second: PhaseName) =>
  first === 'table update' && second === 'model update';

/** Of each model the file with a threshold per number: the official default, where every part of a step has something to do. */
const files = inject('goldenFiles').filter(({ name }) => name.endsWith('_feature_dim.json'));

function exchange(phases: Phases, first: PhaseName): Phases {
  const at = phases.findIndex(({ name }) => name === first);
  return [...phases.slice(0, at), phases[at + 1], phases[at], ...phases.slice(at + 2)];
}

async function outcomeOf(file: GoldenFile, arrange?: (phases: Phases) => Phases): Promise<Outcome> {
  const engine = createCpuEngine('order test');
  try {
    return await runGolden(file.name, parseGolden(file), engine, arrange);
  } finally {
    engine.dispose();
  }
}

/** What becomes of the file's parity: the checks that fail, or why the steps could not be taken at all. */
async function failures(file: GoldenFile, arrange?: (phases: Phases) => Phases): Promise<string[]> {
  let outcome: Outcome;
  try {
    outcome = await outcomeOf(file, arrange);
  } catch (error) {
    return [`${error}`];
  }
  return Object.entries(PARITY_CHECKS)
    .filter(([, check]) => {
      try {
        check(parseGolden(file), outcome);
        return false;
      } catch {
        return true;
      }
    })
    .map(([title]) => title);
}

describe.each(files)('$name', (file) => {
  it('holds in the order in which the phases stand', async () => {
    let names: string[] = [];
    const found = await failures(file, (phases) => {
      names = phases.map(({ name }) => name);
      return phases;
    });
    expect(names).toEqual(NAMES);
    expect(found).toEqual([]);
  });

  it.each(NEIGHBOURS.filter(([first, second]) => !areFree(first, second)))(
    'fails where %s and %s change places',
    async (first) => {
      expect(await failures(file, (phases) => exchange(phases, first))).not.toEqual([]);
    },
  );

  it.each(NAMES)('fails without %s', async (left) => {
    expect(await failures(file, (phases) => phases.filter(({ name }) => name !== left))).not.toEqual([]);
  });

  it.each(NEIGHBOURS.filter(([first, second]) => areFree(first, second)))(
    'comes out the same to the bit where %s and %s change places',
    async (first) => {
      expect(await outcomeOf(file, (phases) => exchange(phases, first))).toEqual(await outcomeOf(file));
    },
  );
});
