/** What an experiment does after its search: which tickets are retrained how, and which controls stand beside them. */
import { z } from 'zod';
import { formatCount } from '../data/format-count';
import { DENSE_SCHEME, SCHEMES } from '../embedding/catalogue';
import type { RunDescription, TicketSummary } from './events';
import { CONTROLS, type ControlId, RETRAIN_MODES, type RetrainMode, RUN_KINDS } from './run-kinds';
import type { RunConfig } from './settings';

export const planSchema = z.strictObject({
  retrain: z.array(z.enum(RETRAIN_MODES)),
  controls: z.array(z.enum(CONTROLS)),
});
export type ExperimentPlan = z.output<typeof planSchema>;

/** A ticket with its mask: enough to retrain it at any time. */
export interface SavedTicket extends TicketSummary {
  /** [⌈N·d/32⌉] */
  readonly mask: Uint32Array;
}

export const SEARCH_ONLY: ExperimentPlan = { retrain: [], controls: [] };
export const FULL: ExperimentPlan = {
  retrain: RETRAIN_MODES.filter((mode) => RUN_KINDS[mode].isUsual),
  controls: CONTROLS.filter((control) => RUN_KINDS[control].isUsual),
};

/** The dense model whose weights magnitude pruning ranks: also the baseline at full size. */
export function denseDescription({ dimension }: RunConfig): RunDescription {
  return { id: 'dense', label: denseLabel(dimension), scheme: DENSE_SCHEME, target: null };
}

export function denseLabel(dimension: number): string {
  return `Dense, d = ${dimension}`;
}

/** Whether a control of the plan is made of the dense model. */
export function needsDense({ controls }: ExperimentPlan): boolean {
  return controls.some((control) => RUN_KINDS[control].table === 'largest');
}

/** A retrained ticket, or a control of its size. */
export function targetDescription(kind: RetrainMode | ControlId, target: number): RunDescription {
  return {
    id: `${kind}-${target}`,
    label: `${RUN_KINDS[kind].label}, ${formatCount(target)}`,
    scheme: kind,
    target,
  };
}

/** Why there is no control of `size` parameters for so many features; null where there is. */
export function controlObstacle(control: ControlId, size: number, features: number): string | null {
  return RUN_KINDS[control].table === 'narrower' && size < features
    ? `Even one dimension for each of the ${formatCount(features)} features is more than ${formatCount(size)} parameters.`
    : null;
}

/** All runs of an experiment, in order: the search, the dense model, then each target's tickets and controls. */
export function plannedRuns(
  config: RunConfig,
  plan: ExperimentPlan,
  search: RunDescription,
): RunDescription[] {
  return SCHEMES[config.scheme].savesTickets
    ? [search, ...followingRuns(config, plan, config.targets)]
    : [search];
}

/** What follows the search for these targets. */
export function followingRuns(
  config: RunConfig,
  plan: ExperimentPlan,
  targets: readonly number[],
): RunDescription[] {
  const dense = needsDense(plan) ? [denseDescription(config)] : [];
  const perTarget = targets.flatMap((target) => [
    ...plan.retrain.map((mode) => targetDescription(mode, target)),
    ...plan.controls.map((control) => targetDescription(control, target)),
  ]);
  return [...dense, ...perTarget];
}
