/** What one seed gives on the CPU engine: the paper's search for FM, its tickets retrained, uniform tables beside them. */
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Dataset } from '../../../src/data/dataset';
import { UserError } from '../../../src/data/errors';
import { loadDataset } from '../../../src/data/load';
import { splitDataset } from '../../../src/data/split';
import { xavierUniform } from '../../../src/embedding/initialise';
import type { Ticket } from '../../../src/embedding/scheme';
import { createEngine } from '../../../src/engine/backends';
import { planRetraining } from '../../../src/experiment/experiment';
import { presetConfig } from '../../../src/experiment/presets';
import { runTraining } from '../../../src/experiment/run';
import { RunHandle } from '../../../src/experiment/run-handle';
import { RETRAIN_MODES, type RetrainMode } from '../../../src/experiment/run-kinds';
import { createTrainer, type RunContext, type RunPlan } from '../../../src/experiment/run-plan';
import { planSearch } from '../../../src/experiment/search';
import type { RunConfig } from '../../../src/experiment/settings';
import { formatMetric } from '../../../src/experiment/unmeasured';
import type { Readback } from '../../../src/training/trainer';
import { RETRAINED, SEARCH_AUC, TICKETS, TRAJECTORY, UNIFORM, UNIFORM_EPOCHS } from './reference';

/** Largest number of steps queued before the engine is awaited. */
const SLICE_STEPS = 200;

/** On the test split, at the epoch that was best on validation. All NaN where there was no such run. */
export interface Quality {
  readonly auc: number;
  readonly logloss: number;
  readonly epoch: number;
}

/** In the order of the reference's lists. NaN: not reached. */
export interface SeedFigures {
  readonly seed: number;
  /** Of the search, evaluations included. */
  readonly msPerStep: number;
  readonly backend: string;
  readonly trajectory: readonly {
    readonly meanG: number;
    readonly parameters: number;
    readonly byField: readonly number[];
  }[];
  readonly ticketSteps: readonly number[];
  readonly searchAuc: readonly number[];
  /** Null: only the search was wanted. */
  readonly retrained: readonly Readonly<Record<RetrainMode, Quality>>[] | null;
  readonly uniform: readonly Quality[] | null;
}

/** Says on standard error how far a run is. */
type Tell = (words: string) => void;

/** @throws UserError where it cannot be read. */
export async function openMovieLens(path: string): Promise<Dataset> {
  const content = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    throw new UserError(`${path}: ${error.code === 'ENOENT' ? 'there is no such file' : error.message}.`);
  });
  return loadDataset(new File([content], basename(path)), { withIds: false }, () => undefined);
}

export async function runSeed(
  dataset: Dataset,
  seed: number,
  isSearchOnly: boolean,
  tell: Tell,
): Promise<SeedFigures> {
  const config: RunConfig = { ...presetConfig('paper', dataset.features), backend: 'cpu', seed };
  const { tickets, ...search } = await runSearch(config, dataset, tell);
  if (isSearchOnly) return { seed, ...search, retrained: null, uniform: null };
  const context = {
    dataset,
    split: splitDataset(dataset, config),
    createEngine: () => createEngine('cpu'),
    handle: new RunHandle(false),
  };
  return {
    seed,
    ...search,
    retrained: await retrain(config, tickets, context, tell),
    uniform: await trainUniform(config, context, tell),
  };
}

async function runSearch(config: RunConfig, dataset: Dataset, tell: Tell) {
  const split = splitDataset(dataset, config);
  const engine = await createEngine('cpu');
  const start = performance.now();
  try {
    const trainer = await createTrainer(planSearch(config), dataset, split, engine);
    const readbacks = new Map<number, Readback>();
    const aucs = new Map<number, number>();
    const tickets: Ticket[] = [];
    const recorded = TRAJECTORY.map(({ step }) => step);
    const evaluated = SEARCH_AUC.map(({ epoch }) => epoch * trainer.stepsPerEpoch);
    const last = config.epochs * trainer.stepsPerEpoch;
    const stops = [...new Set([...recorded, ...evaluated, last])].sort((a, b) => a - b);
    for (const stop of stops) {
      while (trainer.step < stop) {
        const steps = Math.min(SLICE_STEPS, stop - trainer.step);
        for (let i = 0; i < steps; i++) trainer.advance();
        await engine.settle();
      }
      const readback = await trainer.readBack();
      readbacks.set(stop, readback);
      tickets.push(...readback.tickets);
      if (evaluated.includes(stop)) aucs.set(stop, (await trainer.evaluate(split.test)).auc ?? Number.NaN);
      tell(`step ${stop} of ${last}, ${readback.table.parameters} parameters`);
    }
    return {
      msPerStep: (performance.now() - start) / last,
      backend: engine.backend.label,
      trajectory: recorded.map((step) => figuresOf(readbacks.get(step), dataset)),
      ticketSteps: TICKETS.map(({ target }) => ticketOf(tickets, target)?.step ?? Number.NaN),
      searchAuc: evaluated.map((step) => aucs.get(step) ?? Number.NaN),
      tickets,
    };
  } finally {
    engine.dispose();
  }
}

function figuresOf(readback: Readback | undefined, { fields }: Dataset) {
  const left = Array.from(readback?.table.dimensions ?? []);
  return {
    meanG: readback?.table.threshold?.mean ?? Number.NaN,
    parameters: readback?.table.parameters ?? Number.NaN,
    byField: fields.map(({ offset, size }) =>
      left.slice(offset, offset + size).reduce((sum, dimensions) => sum + dimensions, 0),
    ),
  };
}

function ticketOf(tickets: readonly Ticket[], wanted: number): Ticket | undefined {
  return tickets.find(({ target }) => target === wanted);
}

async function retrain(
  config: RunConfig,
  tickets: readonly Ticket[],
  context: RunContext,
  tell: Tell,
): Promise<Readonly<Record<RetrainMode, Quality>>[]> {
  const { features, fields } = context.dataset;
  const shape = { features, fields: fields.length, dimension: config.dimension };
  const initialValues = xavierUniform(shape, config.seed);
  const rows: Record<RetrainMode, Quality>[] = [];
  for (const { target } of RETRAINED) {
    const ticket = ticketOf(tickets, target);
    const row = { ticket: NO_RUN, reinit: NO_RUN, rewind: NO_RUN };
    for (const mode of RETRAIN_MODES) {
      if (!ticket) continue;
      row[mode] = await outcomeOf(planRetraining(config, mode, ticket, initialValues, shape), context, tell);
    }
    rows.push(row);
  }
  return rows;
}

/** Uniform tables of several widths, stopped as retrained tickets are. */
async function trainUniform(config: RunConfig, context: RunContext, tell: Tell): Promise<Quality[]> {
  const { protocol, patience } = config;
  const rows: Quality[] = [];
  for (const { dimension } of UNIFORM) {
    const plan = planSearch({ ...config, scheme: 'uniform', dimension, epochs: UNIFORM_EPOCHS });
    rows.push(await outcomeOf({ ...plan, selection: { protocol, patience } }, context, tell));
  }
  return rows;
}

const NO_RUN: Quality = { auc: Number.NaN, logloss: Number.NaN, epoch: Number.NaN };

/** Runs a plan to its end. */
async function outcomeOf(plan: RunPlan, context: RunContext, tell: Tell): Promise<Quality> {
  const run = runTraining(plan, context);
  let next = await run.next();
  while (!next.done) {
    if (next.value.type === 'failed') tell(`${plan.description.label}: ${next.value.message}`);
    next = await run.next();
  }
  if (!next.value) return NO_RUN;
  const { testAuc, testLogloss, epochs } = next.value.result;
  tell(`${plan.description.label}: test AUC ${formatMetric(testAuc)} at epoch ${epochs}`);
  // What is no number is outside every bound.
  return { auc: testAuc ?? Number.NaN, logloss: testLogloss ?? Number.NaN, epoch: epochs };
}
