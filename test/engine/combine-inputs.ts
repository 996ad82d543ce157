/** Random parts of E for combine, of a size's batch: its fields in any order, whole, combined or neither. */
import { createRandom, type Random, shuffle } from '../../src/data/random';
import {
  type Combination,
  type CombineBinding,
  type CombinedFields,
  factorWidth,
  type WholeFields,
} from '../../src/engine/combine/contract';
import type { DeviceBatch } from '../../src/engine/device';
import type { Engine } from '../../src/engine/engine';
import type { Size } from './inputs';

export const COMBINATIONS: readonly Combination[] = ['product', 'sum', 'concatenation'];

export interface CombineInputs {
  readonly fields: number;
  readonly dimension: number;
  readonly whole: WholeFields<Float32Array> | null;
  readonly combined: CombinedFields<Float32Array> | null;
  /** What E holds before. */
  readonly embeddings: Float32Array;
  readonly embeddingGradients: Float32Array;
}

/** Which kinds of fields there are. */
const MIXES = ['whole', 'combined', 'both'] as const;

/** One of each mix. */
export function createCombineInputs(size: Size, combination: Combination): CombineInputs[] {
  return MIXES.map((mix) => createInputsOf(size, combination, mix));
}

function createInputsOf(size: Size, combination: Combination, mix: (typeof MIXES)[number]): CombineInputs {
  const { capacity, seed } = size;
  const random = createRandom(seed, `parts, ${mix}`);
  const normal = (length: number) => Float32Array.from({ length }, () => random.normal());
  const fields = size.fieldSizes.length;
  const dimension = combination === 'concatenation' ? 2 * size.dimension : size.dimension;
  const order = someFields(fields, random);
  const named = order.length;
  const wholeCount = { whole: named, combined: 0, both: Math.floor(named / 2) }[mix];
  const combinedCount = named - wholeCount;
  return {
    fields,
    dimension,
    whole: wholeCount === 0 ? null : wholeFields(order.slice(0, wholeCount)),
    combined: combinedCount === 0 ? null : combinedFields(order.slice(wholeCount)),
    embeddings: normal(capacity * fields * dimension),
    embeddingGradients: normal(capacity * fields * dimension),
  };

  function wholeFields(names: readonly number[]): WholeFields<Float32Array> {
    const length = capacity * names.length * dimension;
    return { fields: names, values: normal(length), gradients: new Float32Array(length) };
  }

  function combinedFields(names: readonly number[]): CombinedFields<Float32Array> {
    const length = capacity * names.length * factorWidth(combination, dimension);
    return {
      combination,
      fields: names,
      first: normal(length),
      second: normal(length),
      firstGradients: new Float32Array(length),
      secondGradients: new Float32Array(length),
    };
  }
}

/** Fields in any order. Of three and more one is left out: operations that name fields leave it alone. */
export function someFields(fields: number, random: Random): number[] {
  const order = Uint32Array.from({ length: fields }, (_, f) => f);
  shuffle(order, random);
  return [...order.subarray(0, fields < 3 ? fields : fields - 1)];
}

/** The same on an engine's device. */
export function combineBinding(
  engine: Pick<Engine, 'allocateFrom'>,
  batch: DeviceBatch,
  { dimension, whole, combined, embeddings, embeddingGradients }: CombineInputs,
): CombineBinding {
  const device = (numbers: Float32Array) => engine.allocateFrom(numbers, 'part');
  return {
    batch,
    dimension,
    whole: whole && { ...whole, values: device(whole.values), gradients: device(whole.gradients) },
    combined: combined && {
      ...combined,
      first: device(combined.first),
      second: device(combined.second),
      firstGradients: device(combined.firstGradients),
      secondGradients: device(combined.secondGradients),
    },
    embeddings: device(embeddings),
    embeddingGradients: device(embeddingGradients),
  };
}
