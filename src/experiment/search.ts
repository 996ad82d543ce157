/** The search: a scheme as set that yields tickets; or, with a scheme that saves none, the plain training of a baseline. */
import { SCHEMES } from '../embedding/catalogue';
import { namedScheme } from '../embedding/schemes';
import { RUN_KINDS } from './run-kinds';
import type { RunPlan } from './run-plan';
import type { RunConfig } from './settings';

/** A plain training is selected on validation, so that a long run does not count against it; a search is not. */
export function planSearch(config: RunConfig): RunPlan {
  const { scheme, dimension, protocol } = config;
  const { savesTickets } = SCHEMES[scheme];
  const { label } = RUN_KINDS[scheme];
  return {
    description: {
      id: 'search',
      label: savesTickets ? label : `${label}, d = ${dimension}`,
      scheme,
      target: null,
    },
    config,
    scheme: namedScheme(scheme, config),
    modelSeed: config.seed,
    epochs: config.epochs,
    selection: savesTickets ? 'last' : { protocol, patience: Number.POSITIVE_INFINITY },
    keepValues: false,
  };
}
