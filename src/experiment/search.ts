/** The search: PEP as set, which yields the tickets; or, with scheme "uniform", the plain training of the baseline. */
import type { SchemeSpec } from '../embedding/schemes';
import type { RunPlan } from './run';
import type { RunConfig } from './settings';

/** A uniform embedding is selected on validation, so that a long run does not count against it; a search is not. */
export function planSearch(config: RunConfig): RunPlan {
  const isPep = config.scheme === 'pep';
  return {
    description: {
      id: 'search',
      label: isPep ? 'Search' : `Uniform embedding, d = ${config.dimension}`,
      scheme: config.scheme,
      target: null,
    },
    config,
    scheme: schemeSpec(config),
    modelSeed: config.seed,
    epochs: config.epochs,
    selection: isPep ? 'last' : { protocol: config.protocol, patience: Number.POSITIVE_INFINITY },
    keepValues: false,
  };
}

function schemeSpec(config: RunConfig): SchemeSpec {
  switch (config.scheme) {
    case 'uniform':
      return { kind: 'uniform' };
    case 'pep': {
      const { granularity, thresholdInit, targets } = config;
      return { kind: 'pep', granularity, thresholdInit, targets };
    }
    default:
      return config.scheme satisfies never;
  }
}
