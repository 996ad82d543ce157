/** From a scheme's description to the scheme. */
import type { Granularity } from '../engine/table';
import type { EmbeddingScheme, SchemeContext } from './scheme';
import { createPepScheme, createUniformScheme } from './table-scheme';

export type SchemeSpec =
  | { readonly kind: 'uniform' }
  | {
      readonly kind: 'pep';
      readonly granularity: Granularity;
      /** s₀. */
      readonly thresholdInit: number;
      /** Parameter counts at which a ticket is saved, largest first. */
      readonly targets: readonly number[];
    };

export function createScheme(spec: SchemeSpec, context: SchemeContext): EmbeddingScheme {
  switch (spec.kind) {
    case 'uniform':
      return createUniformScheme(context);
    case 'pep':
      return createPepScheme(context, spec.granularity, spec.thresholdInit, spec.targets);
    default:
      return spec satisfies never;
  }
}
