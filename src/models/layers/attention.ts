/**
 * Multi-head self-attention (Vaswani et al. 2017) over the fields of a row, as torch's nn.MultiheadAttention:
 *   q, k, v = x W_qᵀ + b_q, x W_kᵀ + b_k, x W_vᵀ + b_v        each cut into heads of width e/H
 *   P = softmax(q kᵀ / √(e/H))     per head;   y = concat(dropout(P) v) W_oᵀ + b_o
 * Starts as torch's: the projections Xavier-uniform over the stacked [3e, e] matrix, their biases and b_o zero, W_o as
 * a Linear's.
 */
import {
  add,
  matMul,
  mul,
  reshape,
  softmax,
  sub,
  sum,
  type Tensor,
  type Tensor2D,
  type Tensor4D,
  tidy,
  transpose,
} from '@tensorflow/tfjs-core';
import { uniform, xavierBound, zeros } from '../../engine/initialise';
import type { DenseParameters } from '../dense-parameters';
import { createDropoutFactors } from './dropout';
import type { Layer } from './layer';
import { columnSums, linear, weightGradient } from './products';

export interface AttentionShape {
  /** F. */
  readonly fields: number;
  /** e. */
  readonly width: number;
  /** H; divides e. */
  readonly heads: number;
}

/** [rows·F, e] → [rows·F, e] */
export function createAttention(
  parameters: DenseParameters,
  name: string,
  { fields, width, heads }: AttentionShape,
  dropout: number,
): Layer {
  const headWidth = width / heads;
  const scale = 1 / Math.sqrt(headWidth);
  const inWeight = parameters.add(
    `${name}.in_proj_weight`,
    [3 * width, width],
    uniform(xavierBound(3 * width, width)),
  );
  const inBias = parameters.add(`${name}.in_proj_bias`, [3 * width], zeros);
  const outWeight = parameters.add(`${name}.out_proj.weight`, [width, width], uniform(1 / Math.sqrt(width)));
  const outBias = parameters.add(`${name}.out_proj.bias`, [width], zeros);
  const draw = createDropoutFactors(parameters, name, heads * fields * fields, dropout);
  const projections = [0, 1, 2].map((part) => ({
    weight: inWeight.rows(part * width, width),
    bias: inBias.rows(part * width, width),
  }));

  const split = (flat: Tensor2D): Tensor4D =>
    transpose<Tensor4D>(reshape(flat, [-1, fields, heads, headWidth]), [0, 2, 1, 3]); // [rows, H, F, e/H]
  const join = (cut: Tensor): Tensor2D => reshape(transpose(cut, [0, 2, 1, 3]), [-1, width]);

  return {
    forward: (input, mode) => {
      const weights = projections.map(({ weight }) => weight.value());
      const [q, k, v] = projections.map(({ bias }, part) =>
        tidy(() => split(linear(input, weights[part], bias.value()))),
      );
      const attention = tidy(() => softmax(mul<Tensor4D>(matMul(q, k, false, true), scale))); // [rows, H, F, F]
      const factors = mode !== 'evaluate' && draw ? draw(attention.shape) : null;
      const kept = factors ? mul<Tensor4D>(attention, factors) : attention;
      const heard = tidy(() => join(matMul(kept, v)));
      const projection = outWeight.value();
      return {
        output: linear(heard, projection, outBias.value()),
        backward: (gradient) => {
          outWeight.setGradient(weightGradient(gradient, heard));
          outBias.setGradient(columnSums(gradient));
          const projected = tidy(() => {
            const dHeard = split(matMul<Tensor2D>(gradient, projection));
            const dV = matMul(kept, dHeard, true, false);
            const dKept = matMul(dHeard, v, false, true);
            const dAttention = factors ? mul(dKept, factors) : dKept;
            const shared = sum(mul(dAttention, attention), -1, true);
            const dScores = mul<Tensor4D>(mul(sub(dAttention, shared), attention), scale);
            const dQ = matMul(dScores, k);
            const dK = matMul(dScores, q, true, false);
            return [join(dQ), join(dK), join(dV)];
          });
          projections.forEach(({ weight, bias }, part) => {
            weight.setGradient(weightGradient(projected[part], input));
            bias.setGradient(columnSums(projected[part]));
          });
          return tidy(() =>
            projected
              .map((part, i) => matMul<Tensor2D>(part, weights[i]))
              .reduce((total, part) => add<Tensor2D>(total, part)),
          );
        },
      };
    },
  };
}
