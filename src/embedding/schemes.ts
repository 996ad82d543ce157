/** From a scheme's description to the scheme. */
import type { Granularity } from '../engine/table';
import type { EmbeddingScheme, SchemeContext } from './scheme';
import { createMaskedScheme, createPepScheme, createUniformScheme } from './table-scheme';

export type SchemeSpec =
  | { readonly kind: 'uniform' }
  | {
      readonly kind: 'pep';
      readonly granularity: Granularity;
      /** s₀. */
      readonly thresholdInit: number;
      /** Parameter counts at which a ticket is saved, largest first. */
      readonly targets: readonly number[];
    }
  | {
      readonly kind: 'masked';
      /** 1 bit per entry that is kept. [⌈N·d/32⌉] */
      readonly mask: Uint32Array;
      /** Starting values; those that the mask drops are not used. [N, d] */
      readonly values: Float32Array;
    };

export function createScheme(spec: SchemeSpec, context: SchemeContext): EmbeddingScheme {
  switch (spec.kind) {
    case 'uniform':
      return createUniformScheme(context);
    case 'pep':
      return createPepScheme(context, spec.granularity, spec.thresholdInit, spec.targets);
    case 'masked':
      return createMaskedScheme(context, spec.mask, spec.values);
    default:
      return spec satisfies never;
  }
}
