/**
 * A layer: forward and backward next to each other, in tfjs operations. The gradients are written by hand because the
 * loss between them is not tfjs's; the tensors that a forward pass leaves for its backward pass live until the model
 * closes the scope of both.
 */
import { add, reshape, type Tensor2D } from '@tensorflow/tfjs-core';
import type { ForwardMode } from '../model';

export interface ForwardPass {
  /** [rows, outputs] */
  readonly output: Tensor2D;
  /** ∂L/∂output → ∂L/∂input [rows, inputs]; hands over the gradients of the layer's parameters. Training only. */
  backward(gradient: Tensor2D): Tensor2D;
}

export interface Layer {
  /** [rows, inputs] → [rows, outputs] */
  forward(input: Tensor2D, mode: ForwardMode): ForwardPass;
}

/** One layer after the other. */
export function chain(layers: readonly Layer[]): Layer {
  return {
    forward: (input, mode) => {
      const passes: ForwardPass[] = [];
      let output = input;
      for (const layer of layers) {
        const pass = layer.forward(output, mode);
        passes.push(pass);
        output = pass.output;
      }
      return {
        output,
        backward: (gradient) => passes.reduceRight((down, pass) => pass.backward(down), gradient),
      };
    },
  };
}

/** All layers on the same input, their outputs added. */
export function parallel(layers: readonly Layer[]): Layer {
  return {
    forward: (input, mode) => {
      const passes = layers.map((layer) => layer.forward(input, mode));
      return {
        output: passes.map(({ output }) => output).reduce((total, output) => add(total, output)),
        backward: (gradient) =>
          passes.map((pass) => pass.backward(gradient)).reduce((total, part) => add(total, part)),
      };
    },
  };
}

/** The rows cut into more of them, [rows, F·d] → [rows·F, d], or put together again. */
export function regroup(width: number): Layer {
  return {
    forward: (input) => ({
      output: reshape(input, [-1, width]),
      backward: (gradient) => reshape(gradient, [-1, input.shape[1]]),
    }),
  };
}
