/**
 * A whole experiment as one stream of events: search → tickets → retraining → controls of the same size. One run after the
 * other; pause and cancel act on the run under way, and cancelling ends the experiment.
 */
import { createRandom } from '../data/random';
import { xavierUniform } from '../embedding/initialise';
import type { Ticket } from '../embedding/scheme';
import type { SchemeSpec } from '../embedding/schemes';
import type { ExperimentEvent, RetrainMode, RunDescription, RunResult } from './events';
import { largestMagnitudes, randomMask } from './masks';
import {
  type ControlId,
  controlDescription,
  denseDescription,
  type ExperimentPlan,
  plannedRuns,
  retrainDescription,
} from './plan';
import { type RunContext, type RunPlan, runTraining } from './run';
import { planSearch } from './search';
import type { RunConfig } from './settings';

type Skipped = { readonly run: RunDescription; readonly reason: string };

export async function* runExperiment(
  config: RunConfig,
  plan: ExperimentPlan,
  context: RunContext,
): AsyncGenerator<ExperimentEvent> {
  const { features } = context.dataset;
  const shape = { features, fields: context.dataset.fields.length, dimension: config.dimension };
  const search = planSearch(config);
  const results: RunResult[] = [];
  const skipped: Skipped[] = [];
  yield { type: 'experiment-started', runs: plannedRuns(config, plan, search.description) };

  /** Runs one plan and keeps its result; null means that the experiment is over. */
  async function* one(runPlan: RunPlan) {
    const outcome = yield* runTraining(runPlan, context);
    if (outcome) results.push(outcome.result);
    return outcome;
  }

  const found = yield* one(search);
  if (!found) return;
  const isPep = config.scheme === 'pep';
  let denseValues: Float32Array | null = null;
  if (isPep && plan.controls.includes('magnitude')) {
    const dense = yield* one({
      ...retraining(config, denseDescription(config), { kind: 'uniform' }, config.seed),
      keepValues: true,
    });
    if (!dense) return;
    denseValues = dense.values;
  }
  const initialValues = xavierUniform(shape, config.seed);
  for (const target of isPep ? config.targets : []) {
    const ticket = found.tickets.find((each) => each.target === target);
    for (const mode of plan.retrain) {
      const description = retrainDescription(mode, target);
      if (!ticket) skipped.push({ run: description, reason: notReached(target) });
      else if (!(yield* one(planRetraining(config, mode, ticket, initialValues, shape)))) return;
    }
    for (const control of plan.controls) {
      const description = controlDescription(control, target);
      const size = ticket?.parameters ?? target;
      const controlPlan = planControl(
        config,
        control,
        description,
        size,
        initialValues,
        denseValues,
        features,
      );
      if (typeof controlPlan === 'string') skipped.push({ run: description, reason: controlPlan });
      else if (!(yield* one(controlPlan))) return;
    }
  }
  yield { type: 'experiment-finished', results, skipped };
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

/** PEP §3.4: the mask of the ticket on V₀ (or on fresh values); only the embedding is rewound, unless all is. */
export function planRetraining(
  config: RunConfig,
  mode: RetrainMode,
  ticket: Ticket,
  initialValues: Float32Array,
  shape: { readonly features: number; readonly fields: number; readonly dimension: number },
): RunPlan {
  const fresh = freshSeed(config.seed);
  const values = mode === 'reinit' ? xavierUniform(shape, fresh) : initialValues;
  const scheme: SchemeSpec = { kind: 'masked', mask: ticket.mask, values };
  const description = retrainDescription(mode, ticket.target);
  return retraining(config, description, scheme, mode === 'rewind' ? config.seed : fresh);
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
  const fresh = freshSeed(config.seed);
  switch (control) {
    case 'uniform': {
      const dimension = Math.floor(size / features);
      if (dimension === 0)
        return `Even one dimension for each of the ${features} features is more than ${size} parameters.`;
      return retraining({ ...config, dimension }, description, { kind: 'uniform' }, fresh);
    }
    case 'magnitude': {
      if (!denseValues) return 'The dense model has not been trained.';
      const mask = largestMagnitudes(denseValues, size);
      return retraining(config, description, { kind: 'masked', mask, values: initialValues }, fresh);
    }
    case 'random': {
      const mask = randomMask(initialValues.length, size, config.seed);
      return retraining(config, description, { kind: 'masked', mask, values: initialValues }, fresh);
    }
    default:
      return control satisfies never;
  }
}

/** Another seed than the search's, but always the same one. */
function freshSeed(seed: number): number {
  return createRandom(seed, 'retraining').index(0x7fffffff);
}

function notReached(target: number): string {
  return `The search did not reach ${target.toLocaleString('en-US')} parameters.`;
}
