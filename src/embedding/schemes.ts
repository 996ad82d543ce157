/** From a scheme's name, or from a mask, to the scheme. */
import { SCHEMES, type SchemeId } from './catalogue';
import type { EmbeddingScheme, SchemeContext } from './scheme';
import type { SchemeSettings } from './settings';
import { plainSize, type SizeRequest, type TableSize } from './size';
import { createMaskedScheme, createPepScheme, createUniformScheme } from './table-scheme';

type Create = (
  context: SchemeContext,
  settings: SchemeSettings,
) => EmbeddingScheme | Promise<EmbeddingScheme>;

const CREATE: Readonly<Record<SchemeId, Create>> = {
  pep: (context, { granularity, thresholdInit, targets }) =>
    createPepScheme(context, granularity, thresholdInit, targets),
  uniform: createUniformScheme,
  qr: async (context, settings) =>
    (await import('./quotient-remainder')).createQuotientRemainderScheme(context, settings),
};

export type SchemeSpec =
  | { readonly kind: 'named'; readonly id: SchemeId; readonly settings: SchemeSettings }
  | {
      readonly kind: 'masked';
      /** 1 bit per entry that is kept. [⌈N·d/32⌉] */
      readonly mask: Uint32Array;
      /** Starting values; those that the mask drops are not used. [N, d] */
      readonly values: Float32Array;
    };

export function namedScheme(id: SchemeId, settings: SchemeSettings): SchemeSpec {
  return { kind: 'named', id, settings };
}

/** What trains only the entries that the mask keeps. */
export function maskedScheme(mask: Uint32Array, values: Float32Array): SchemeSpec {
  return { kind: 'masked', mask, values };
}

/** What its table is made of. */
export function schemeSize(spec: SchemeSpec, request: SizeRequest): TableSize {
  return spec.kind === 'named' ? SCHEMES[spec.id].size(request, spec.settings) : plainSize(request);
}

/** Rejects with a MemoryError where the engine has no room for it. */
export async function createScheme(spec: SchemeSpec, context: SchemeContext): Promise<EmbeddingScheme> {
  switch (spec.kind) {
    case 'named':
      return CREATE[spec.id](context, spec.settings);
    case 'masked':
      return createMaskedScheme(context, spec.mask, spec.values);
    default:
      return spec satisfies never;
  }
}
