/**
 * combine on the kernels: 0.1 ms each way where the reference's loops take 2 (B = 1,024, four fields looked up whole and
 * four combined, d = 32).
 */
import { type CombineBinding, type CombineOperations, factorWidth } from '../combine/contract';
import { currentBatch } from '../cpu/arrays';
import type { Engine } from '../engine';
import type { Kernels } from './kernels';
import { addressOf } from './memory';

const FORTH = 0;
const BACK = 1;
const BYTES = 4;

export function createCombine(
  kernels: Kernels,
  allocateFrom: Engine['allocateFrom'],
  binding: CombineBinding,
): CombineOperations {
  const { batch, dimension, whole, combined } = binding;
  const [e, dE] = [binding.embeddings, binding.embeddingGradients].map(addressOf);
  const fieldsOf = (fields: readonly number[] = []) =>
    [addressOf(allocateFrom(Uint32Array.from(fields), 'fields of parts')), fields.length] as const;
  const wholeFields = fieldsOf(whole?.fields);
  const combinedFields = fieldsOf(combined?.fields);
  const shape = () => [currentBatch(batch).rows, batch.shape.fields, dimension] as const;

  return {
    forward: () => {
      if (whole) {
        kernels.copyFields(...shape(), ...wholeFields, FORTH, dimension, addressOf(whole.values), e, 0);
      }
      if (!combined) return;
      const { combination } = combined;
      const [q, r] = [combined.first, combined.second].map(addressOf);
      const width = factorWidth(combination, dimension);
      switch (combination) {
        case 'product':
        case 'sum': {
          const isProduct = combination === 'product' ? 1 : 0;
          kernels.combineFields(...shape(), ...combinedFields, isProduct, q, r, e);
          break;
        }
        case 'concatenation':
          kernels.copyFields(...shape(), ...combinedFields, FORTH, width, q, e, 0);
          kernels.copyFields(...shape(), ...combinedFields, FORTH, width, r, e, BYTES * width);
          break;
        default:
          combination satisfies never;
      }
    },
    backward: () => {
      if (whole) {
        kernels.copyFields(...shape(), ...wholeFields, BACK, dimension, addressOf(whole.gradients), dE, 0);
      }
      if (!combined) return;
      const { combination } = combined;
      const [q, r] = [combined.first, combined.second].map(addressOf);
      const [dq, dr] = [combined.firstGradients, combined.secondGradients].map(addressOf);
      const width = factorWidth(combination, dimension);
      switch (combination) {
        case 'product':
          kernels.productGradients(...shape(), ...combinedFields, q, r, dq, dr, dE);
          break;
        case 'sum':
        case 'concatenation': {
          const shift = combination === 'sum' ? 0 : BYTES * width;
          kernels.copyFields(...shape(), ...combinedFields, BACK, width, dq, dE, 0);
          kernels.copyFields(...shape(), ...combinedFields, BACK, width, dr, dE, shift);
          break;
        }
        default:
          combination satisfies never;
      }
    },
  };
}
