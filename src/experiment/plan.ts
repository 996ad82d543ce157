/** What an experiment does after its search: which tickets are retrained how, and which controls stand beside them. */
import { z } from 'zod';
import { formatCount } from '../data/format-count';
import type { RetrainMode, RunDescription, TicketSummary } from './events';
import type { RunConfig } from './settings';

/**
 * The table starts as the mask on V₀ or on fresh values; the rest of the model (linear part, MLP, attention) afresh or as in
 * the search. The official scripts set their seed again before they build the model to retrain, so that with V₀ all of it
 * starts as in the search: what they call the winning ticket is the full rewind here.
 */
export const RETRAIN_MODES = {
  ticket: {
    label: 'Winning ticket',
    help: 'The mask on the initial values V₀; the rest of the model starts from fresh random numbers.',
  },
  reinit: {
    label: 'Re-initialised',
    help: 'The mask on fresh random values; the rest of the model starts from fresh numbers too.',
  },
  rewind: {
    label: 'Full rewind',
    help: 'The mask on V₀, and the rest of the model starts as in the search. The official scripts do this.',
  },
} as const satisfies Record<RetrainMode, { label: string; help: string }>;

export const CONTROLS = {
  uniform: {
    label: 'Uniform embedding',
    help: 'The largest width whose table is no larger than the ticket.',
  },
  magnitude: {
    label: 'Magnitude pruning',
    help: 'A dense model is trained, its largest |V| are kept and retrained from V₀.',
  },
  random: { label: 'Random mask', help: 'As many entries as the ticket, drawn at random, trained from V₀.' },
} as const;
export type ControlId = keyof typeof CONTROLS;

const modeNames = Object.keys(RETRAIN_MODES) as [RetrainMode, ...RetrainMode[]];
const controlNames = Object.keys(CONTROLS) as [ControlId, ...ControlId[]];

export const planSchema = z.strictObject({
  retrain: z.array(z.enum(modeNames)),
  controls: z.array(z.enum(controlNames)),
});
export type ExperimentPlan = z.output<typeof planSchema>;

/** A ticket with its mask: enough to retrain it at any time. */
export interface SavedTicket extends TicketSummary {
  /** [⌈N·d/32⌉] */
  readonly mask: Uint32Array;
}

export const SEARCH_ONLY: ExperimentPlan = { retrain: [], controls: [] };
export const FULL: ExperimentPlan = {
  retrain: ['ticket', 'reinit'],
  controls: ['uniform', 'magnitude', 'random'],
};

/** The dense model whose weights magnitude pruning ranks: also the baseline at full size. */
export function denseDescription({ dimension }: RunConfig): RunDescription {
  return { id: 'dense', label: `Dense, d = ${dimension}`, scheme: 'uniform', target: null };
}

export function retrainDescription(mode: RetrainMode, target: number): RunDescription {
  return {
    id: `${mode}-${target}`,
    label: `${RETRAIN_MODES[mode].label}, ${formatCount(target)}`,
    scheme: mode,
    target,
  };
}

export function controlDescription(control: ControlId, target: number): RunDescription {
  return {
    id: `${control}-${target}`,
    label: `${CONTROLS[control].label}, ${formatCount(target)}`,
    scheme: control,
    target,
  };
}

/** Why there is no control of `size` parameters for so many features; null where there is. */
export function controlObstacle(control: ControlId, size: number, features: number): string | null {
  return control === 'uniform' && size < features
    ? `Even one dimension for each of the ${formatCount(features)} features is more than ${formatCount(size)} parameters.`
    : null;
}

/** All runs of an experiment, in order: the search, the dense model, then each target's tickets and controls. */
export function plannedRuns(
  config: RunConfig,
  plan: ExperimentPlan,
  search: RunDescription,
): RunDescription[] {
  return config.scheme === 'pep' ? [search, ...followingRuns(config, plan, config.targets)] : [search];
}

/** What follows the search for these targets. */
export function followingRuns(
  config: RunConfig,
  plan: ExperimentPlan,
  targets: readonly number[],
): RunDescription[] {
  const dense = plan.controls.includes('magnitude') ? [denseDescription(config)] : [];
  const perTarget = targets.flatMap((target) => [
    ...plan.retrain.map((mode) => retrainDescription(mode, target)),
    ...plan.controls.map((control) => controlDescription(control, target)),
  ]);
  return [...dense, ...perTarget];
}
