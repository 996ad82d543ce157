/**
 * Batch normalisation (Ioffe & Szegedy 2015), as torch's nn.BatchNorm1d: y = γ · (x − μ) / √(σ² + ε) + β, per column.
 * In training and in a search μ and σ² are the batch's, σ² with divisor n, and in training the running ones move a tenth of the way towards them,
 * the variance with divisor n − 1. Otherwise the running ones are used.
 *
 * A batch of one row has no spread: torch refuses it; here y = β, and the running statistics stay as they are.
 */
import { add, mul, rsqrt, sub, type Tensor, type Tensor2D, tidy } from '@tensorflow/tfjs-core';
import type { DeviceArray } from '../../engine/device';
import { ones, zeros } from '../../engine/initialise';
import type { DenseParameters } from '../dense-parameters';
import type { ForwardPass, Layer } from './layer';
import { columnSums } from './products';

const EPSILON = 1e-5;
const MOMENTUM = 0.1;

export function createBatchNorm(parameters: DenseParameters, name: string, width: number): Layer {
  const gamma = parameters.add(`${name}.weight`, [width], ones);
  const beta = parameters.add(`${name}.bias`, [width], zeros);
  const runningMean = parameters.addStatistic(`${name}.running_mean`, width, 0);
  const runningVariance = parameters.addStatistic(`${name}.running_var`, width, 1);
  const { tensors } = parameters;

  const running = (array: DeviceArray) => tensors.tensor(array, [width]);
  const follow = (array: DeviceArray, batch: Tensor) => {
    tensors.store(add(mul(running(array), 1 - MOMENTUM), mul(batch, MOMENTUM)), array);
  };

  const normalise = (input: Tensor2D, follows: boolean): ForwardPass => {
    const [rows] = input.shape;
    const { mean, variance, inverse, normal } = tidy(() => {
      const mean = mul<Tensor2D>(columnSums(input), 1 / rows);
      const centred = sub<Tensor2D>(input, mean);
      const variance = mul<Tensor2D>(columnSums(mul(centred, centred)), 1 / rows);
      const inverse = rsqrt(add<Tensor2D>(variance, EPSILON));
      return { mean, variance, inverse, normal: mul<Tensor2D>(centred, inverse) };
    });
    if (follows && rows > 1) {
      follow(runningMean, mean);
      follow(runningVariance, mul(variance, rows / (rows - 1)));
    }
    const scale = gamma.value();
    return {
      output: add<Tensor2D>(mul(normal, scale), beta.value()),
      backward: (gradient) => {
        const betaGradient = columnSums(gradient);
        const gammaGradient = columnSums(mul(gradient, normal));
        beta.setGradient(betaGradient);
        gamma.setGradient(gammaGradient);
        return tidy(() => {
          const shared = add(mul(normal, gammaGradient), betaGradient);
          return mul<Tensor2D>(sub(gradient, mul(shared, 1 / rows)), mul(inverse, scale));
        });
      },
    };
  };

  const evaluate = (input: Tensor2D): Tensor2D =>
    tidy(() => {
      const scale = mul(gamma.value(), rsqrt(add(running(runningVariance), EPSILON)));
      return add<Tensor2D>(mul(sub(input, running(runningMean)), scale), beta.value());
    });

  return {
    forward: (input, mode) =>
      mode === 'evaluate' ? evaluationOnly(evaluate(input)) : normalise(input, mode === 'train'),
  };
}

function evaluationOnly(output: Tensor2D): ForwardPass {
  return {
    output,
    backward: () => {
      throw new Error('An evaluation has no backward pass');
    },
  };
}
