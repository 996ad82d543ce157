/** What a golden file's steps must come out as, check by check. */
import { expect } from 'vitest';
import type { Golden, GoldenTensors } from './golden';
import type { Outcome } from './run';

/**
 * Bounds on the absolute difference. The official implementation in float32 and in float64 from the same start values
 * differ by at most 1e-6 in logits, gradients and parameters after five steps, apart from the exceptions below. We allow
 * ten times that within a step, and for five steps of Adam (lr 1e-2), where a difference is fed back, a hundred times.
 */
const WITHIN_STEP = 1e-5;
const AFTER_FIVE_STEPS = 1e-4;
/**
 * The biases that feed a BatchNorm have a true gradient of exactly 0: Adam turns the rounding noise in it into steps of up
 * to lr, in float32 and float64 alike but differently (up to 8e-3 apart after five steps). They cancel in training, but the
 * running mean lags behind them, so an evaluation carries up to 7e-4 of the difference. Restored from the file, it does not.
 */
const EVALUATION = 5e-3;

/** By title; each throws where an outcome is not the file's. */
export const PARITY_CHECKS: Readonly<Record<string, (golden: Golden, outcome: Outcome) => void>> = {
  'looks the same embeddings up': (golden, outcome) => {
    const { sparse_v } = golden.steps[0];
    const { latent_dim: d } = golden.config;
    const expected = Array.from(outcome.ids).flatMap(
      (id) => sparse_v?.data.slice(id * d, (id + 1) * d) ?? [],
    );
    expectClose('E', outcome.embeddings, expected, WITHIN_STEP);
  },

  'has the same logits, loss, gradient norm and number of parameters in every step': (golden, outcome) => {
    golden.steps.forEach(({ logits, loss, grad_norm, nonzero }, k) => {
      const step = outcome.steps[k];
      // Each step's logits carry the differences of the updates before it.
      const bound = k === 0 ? WITHIN_STEP : AFTER_FIVE_STEPS;
      expectClose(`logits of step ${k + 1}`, step.logits, logits, bound);
      expectClose(`loss of step ${k + 1}`, [step.loss], [loss], bound);
      expectClose(`gradient norm of step ${k + 1}`, [step.gradientNorm], [grad_norm], bound);
      expect(step.nonzero, `non-zeros in step ${k + 1}`).toBe(nonzero);
    });
    expect(outcome.nonzeroAfter5, 'non-zeros after 5 steps').toBe(golden.nonzero_after5);
  },

  'has the same gradients': (golden, outcome) => {
    for (const [name, gradient] of Object.entries(golden.steps[0].grads ?? {})) {
      const ours = outcome.gradients.get(name);
      if (gradient) expectClose(`gradient of ${name}`, ours ?? [], gradient.data, WITHIN_STEP);
      else expect(ours, `gradient of ${name}`).toBeUndefined();
    }
  },

  'has the same parameters after one step and after five': (golden, outcome) => {
    expectState(golden, outcome.after1, golden.after1, WITHIN_STEP);
    expectState(golden, outcome.after5, golden.after5, AFTER_FIVE_STEPS);
  },

  'has the same running statistics': (golden, outcome) => {
    expectState(golden, outcome.after1, golden.buffers_after1, WITHIN_STEP);
    for (const [name, { data }] of Object.entries(golden.buffers_after5)) {
      const bound = name.endsWith('running_mean') ? EVALUATION : AFTER_FIVE_STEPS;
      expectClose(name, outcome.after5.get(name) ?? [], data, bound);
    }
  },

  'evaluates the same': (golden, outcome) => {
    expectClose('evaluation', outcome.evaluation, golden.eval_logits_batch0_after5, EVALUATION);
    expectClose(
      'evaluation with restored state',
      outcome.restoredEvaluation,
      golden.eval_logits_batch0_after5,
      WITHIN_STEP,
    );
  },
};

/** Entries that can be compared after an update; the others' true gradient is 0, or as good as. */
function comparable(name: string, golden: Golden): (i: number) => boolean {
  const hidden = golden.config.mlp_dims?.length ?? 0;
  const linear = /^mlp\.mlp\.(\d+)\.bias$/.exec(name);
  if (linear && Number(linear[1]) % 4 === 0 && Number(linear[1]) < 4 * hidden) return () => false;
  // Softmax ignores a constant shift: a key's bias does nothing, and a query's next to nothing in these files.
  const width = golden.config.atten_embed_dim ?? 0;
  if (name.endsWith('.in_proj_bias')) return (i) => i >= 2 * width;
  return () => true;
}

function expectState(
  golden: Golden,
  ours: ReadonlyMap<string, Float32Array>,
  theirs: GoldenTensors,
  bound: number,
): void {
  for (const [name, { data }] of Object.entries(theirs)) {
    const values = ours.get(name);
    if (!values) {
      // The unused linear term of the official AutoInt: without a gradient it must not have moved, not even by decay.
      expect(data, name).toEqual(golden.init[name].data);
      continue;
    }
    expectClose(name, values, data, bound, comparable(name, golden));
  }
}

function expectClose(
  name: string,
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  bound: number,
  counts: (i: number) => boolean = () => true,
): void {
  expect(actual.length, `length of ${name}`).toBe(expected.length);
  for (let i = 0; i < expected.length; i++) {
    if (!counts(i)) continue;
    const difference = Math.abs(actual[i] - expected[i]);
    // Written so that NaN fails.
    expect(difference <= bound, `${name}[${i}]: ${actual[i]}, official ${expected[i]}, bound ${bound}`).toBe(
      true,
    );
  }
}
