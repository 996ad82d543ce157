/**
 * A whole experiment as one stream of events: search → tickets → retraining → controls of the same size. One run after the
 * other; pause and cancel act on the run under way, and cancelling ends the experiment.
 */
import { bitWords } from '../data/bits';
import { UserError } from '../data/errors';
import { formatCount } from '../data/format-count';
import { createRandom } from '../data/random';
import { DENSE_SCHEME, SCHEMES } from '../embedding/catalogue';
import { xavierUniform } from '../embedding/initialise';
import type { Ticket } from '../embedding/scheme';
import { maskedScheme, namedScheme, type SchemeSpec } from '../embedding/schemes';
import type { ExperimentEvent, RunDescription, RunResult } from './events';
import { largestMagnitudes, randomMask } from './masks';
import {
  controlObstacle,
  denseDescription,
  type ExperimentPlan,
  followingRuns,
  needsDense,
  plannedRuns,
  targetDescription,
} from './plan';
import { runTraining } from './run';
import { type ControlId, type RetrainMode, RUN_KINDS } from './run-kinds';
import type { RunContext, RunPlan } from './run-plan';
import { planSearch } from './search';
import type { RunConfig } from './settings';

/** What an experiment gathers. */
interface Outcome {
  readonly results: RunResult[];
  readonly skipped: { readonly run: RunDescription; readonly reason: string }[];
}

export async function* runExperiment(
  config: RunConfig,
  plan: ExperimentPlan,
  context: RunContext,
): AsyncGenerator<ExperimentEvent> {
  const outcome: Outcome = { results: [], skipped: [] };
  const search = planSearch(config);
  yield { type: 'experiment-started', runs: plannedRuns(config, plan, search.description) };
  const found = yield* runOne(search, context, outcome);
  if (!found) return;
  if (SCHEMES[config.scheme].savesTickets) {
    const isWhole = yield* runFollowing(config, plan, config.targets, found.tickets, context, outcome);
    if (!isWhole) return;
  }
  yield { type: 'experiment-finished', ...outcome };
}

/**
 * What follows a search, for saved tickets of it: the search itself is not repeated. Throws a UserError before the first
 * event where the tickets are not of this data set and width.
 */
export async function* runRetraining(
  config: RunConfig,
  tickets: readonly Ticket[],
  plan: ExperimentPlan,
  context: RunContext,
): AsyncGenerator<ExperimentEvent> {
  const { features, name } = context.dataset;
  const words = bitWords(features * config.dimension);
  if (tickets.some(({ mask }) => mask.length !== words)) {
    throw new UserError(
      `The ticket belongs to another table than that of ${name} with ${config.dimension} dimensions. Load its data set first.`,
    );
  }
  const outcome: Outcome = { results: [], skipped: [] };
  const targets = tickets.map(({ target }) => target);
  yield { type: 'experiment-started', runs: followingRuns(config, plan, targets) };
  const isWhole = yield* runFollowing(config, plan, targets, tickets, context, outcome);
  if (isWhole) yield { type: 'experiment-finished', ...outcome };
}

/** Runs one plan and keeps its result; null means that the experiment is over. */
async function* runOne(plan: RunPlan, context: RunContext, { results }: Outcome) {
  const outcome = yield* runTraining(plan, context);
  if (outcome) results.push(outcome.result);
  return outcome;
}

/** Retrains the tickets of `targets` and runs their controls; false means that the experiment is over. */
async function* runFollowing(
  config: RunConfig,
  plan: ExperimentPlan,
  targets: readonly number[],
  tickets: readonly Ticket[],
  context: RunContext,
  outcome: Outcome,
): AsyncGenerator<ExperimentEvent, boolean> {
  const { features } = context.dataset;
  const shape = { features, fields: context.dataset.fields.length, dimension: config.dimension };
  const { skipped } = outcome;
  let denseValues: Float32Array | null = null;
  if (needsDense(plan)) {
    const table = namedScheme(DENSE_SCHEME, config);
    const densePlan = retraining(config, denseDescription(config), table, config.seed);
    const dense = yield* runOne({ ...densePlan, keepValues: true }, context, outcome);
    if (!dense) return false;
    denseValues = dense.values;
  }
  const initialValues = xavierUniform(shape, config.seed);
  for (const target of targets) {
    const ticket = tickets.find((each) => each.target === target);
    for (const mode of plan.retrain) {
      const run = targetDescription(mode, target);
      if (!ticket) {
        skipped.push({ run, reason: notReached(target) });
        continue;
      }
      const retrainPlan = planRetraining(config, mode, ticket, initialValues, shape);
      if (!(yield* runOne(retrainPlan, context, outcome))) return false;
    }
    for (const control of plan.controls) {
      const run = targetDescription(control, target);
      const size = ticket?.parameters ?? target;
      const planned = planControl(config, control, run, size, initialValues, denseValues, features);
      if (typeof planned === 'string') skipped.push({ run, reason: planned });
      else if (!(yield* runOne(planned, context, outcome))) return false;
    }
  }
  return true;
}

/** A run with early stopping on a given table. */
function retraining(
  config: RunConfig,
  description: RunDescription,
  scheme: SchemeSpec,
  modelSeed: number,
): RunPlan {
  const { protocol, patience, retrainEpochs } = config;
  return {
    description,
    config,
    scheme,
    modelSeed,
    epochs: retrainEpochs,
    selection: { protocol, patience },
    keepValues: false,
  };
}

/** PEP §3.4: the mask of the ticket on V₀ (or on fresh values); only the table is rewound, or all (see run-kinds.ts). */
export function planRetraining(
  config: RunConfig,
  mode: RetrainMode,
  ticket: Ticket,
  initialValues: Float32Array,
  shape: { readonly features: number; readonly fields: number; readonly dimension: number },
): RunPlan {
  const fresh = freshSeed(config.seed);
  const kind = RUN_KINDS[mode];
  const values = kind.values === 'fresh' ? xavierUniform(shape, fresh) : initialValues;
  const scheme = maskedScheme(ticket.mask, values);
  const description = targetDescription(mode, ticket.target);
  return retraining(config, description, scheme, kind.model === 'fresh' ? fresh : config.seed);
}

/** A control of `size` parameters, or the reason why there is none. */
function planControl(
  config: RunConfig,
  control: ControlId,
  description: RunDescription,
  size: number,
  initialValues: Float32Array,
  denseValues: Float32Array | null,
  features: number,
): RunPlan | string {
  const obstacle = controlObstacle(control, size, features);
  if (obstacle !== null) return obstacle;
  const fresh = freshSeed(config.seed);
  const { table } = RUN_KINDS[control];
  switch (table) {
    case 'narrower': {
      const dimension = Math.floor(size / features);
      const narrower = namedScheme(DENSE_SCHEME, config);
      return retraining({ ...config, dimension }, description, narrower, fresh);
    }
    case 'largest': {
      if (!denseValues) return 'The dense model has not been trained.';
      const mask = largestMagnitudes(denseValues, size);
      return retraining(config, description, maskedScheme(mask, initialValues), fresh);
    }
    case 'drawn': {
      const mask = randomMask(initialValues.length, size, config.seed);
      return retraining(config, description, maskedScheme(mask, initialValues), fresh);
    }
    default:
      return table satisfies never;
  }
}

/** Another seed than the search's, but always the same one. */
function freshSeed(seed: number): number {
  return createRandom(seed, 'retraining').index(0x7fffffff);
}

function notReached(target: number): string {
  return `The search did not reach ${formatCount(target)} parameters.`;
}
