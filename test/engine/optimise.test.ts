/** The optimisers against torch's own numbers, and against its formulas in double precision. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createEngine } from '../../src/engine/backends';
import { createCpuEngine } from '../../src/engine/cpu/engine';
import type { Engine } from '../../src/engine/engine';
import { createOptimiser, HYPER_LENGTH, stepNumbers, writeOptimiser } from '../../src/engine/hyper';
import { optimiseEntry } from '../../src/engine/optimise/reference';
import { ADAM, type OptimiserRule, type OptimiserSettings } from '../../src/engine/optimiser';
import { adamForAll, ParameterGroups } from '../../src/engine/parameter-groups';
import { STEP_STATE, STEP_STATE_WORDS, stepStateFloats } from '../../src/engine/step-state';

interface Recorded {
  readonly start: number[];
  readonly gradients: number[][];
  /** `values` after each step. */
  readonly cases: (OptimiserSettings & { readonly values: number[][] })[];
}

const TORCH: Recorded = JSON.parse(readFileSync('test/fixtures/optimisers.json', 'utf8'));

function unclipped(): Uint32Array {
  const stepState = new Uint32Array(STEP_STATE_WORDS);
  stepStateFloats(stepState)[STEP_STATE.gradientScale] = 1;
  return stepState;
}

/** Values after each step, of parameters that are a group of their own. */
async function train(engine: Engine, settings: OptimiserSettings): Promise<number[][]> {
  const groups = new ParameterGroups(engine, adamForAll({ learningRate: 99, weightDecay: 99 }));
  const values = engine.allocateFrom(Float32Array.from(TORCH.start), 'values');
  const gradients = engine.allocate('f32', TORCH.start.length, 'gradients');
  const operation = engine.optimise({
    values,
    moments: engine.allocate('f32', 2 * TORCH.start.length, 'moments'),
    gradients,
    optimiser: groups.add('own', settings),
    hyper: groups.hyper,
    stepState: engine.allocateFrom(unclipped(), 'step state'),
  });
  const after: number[][] = [];
  for (const [k, gradient] of TORCH.gradients.entries()) {
    groups.begin(k + 1);
    engine.write(gradients, Float32Array.from(gradient));
    operation.run();
    after.push([...(await engine.read([values]))[0]]);
  }
  engine.dispose();
  return after;
}

describe.each([
  ['the reference', async () => createCpuEngine('test')],
  ['WebAssembly', () => createEngine('cpu')],
] as const)('on %s', (_, create) => {
  it.each(TORCH.cases)(
    '$rule, rate $learningRate, decay $weightDecay: as torch',
    async ({ values, ...settings }) => {
      const found = await train(await create(), settings);
      for (const [k, expected] of values.entries()) {
        expected.forEach((value, i) => {
          expect(Math.abs(found[k][i] - value), `step ${k + 1}, parameter ${i}`).toBeLessThan(
            2e-6 * Math.max(1, Math.abs(value)),
          );
        });
      }
    },
  );
});

/** θ after 50 steps, and the moments, by torch's formulas. */
function inDouble({ rule, learningRate, weightDecay }: OptimiserSettings, start: number) {
  let theta = start;
  let m = 0;
  let v = 0;
  for (let t = 1; t <= STEPS; t++) {
    const g = gradientOf(t) + weightDecay * theta;
    if (rule.kind === 'adam') {
      const { beta1, beta2 } = rule;
      m = beta1 * m + (1 - beta1) * g;
      v = beta2 * v + (1 - beta2) * g * g;
      theta -= (learningRate * (m / (1 - beta1 ** t))) / (Math.sqrt(v / (1 - beta2 ** t)) + 1e-8);
    } else {
      m = t === 1 ? g : rule.momentum * m + g;
      theta -= learningRate * m;
    }
  }
  return { theta, m, v };
}

const STEPS = 50;
const gradientOf = (t: number) => Math.sin(t) / 10;

it.each<[string, OptimiserSettings]>([
  ['Adam', { rule: ADAM, learningRate: 1e-2, weightDecay: 1e-3 }],
  [
    'Adam with β (0.5, 0.9)',
    { rule: { kind: 'adam', beta1: 0.5, beta2: 0.9 }, learningRate: 0.3, weightDecay: 1e-5 },
  ],
  ['SGD', { rule: { kind: 'sgd', momentum: 0 }, learningRate: 0.1, weightDecay: 1e-3 }],
  ['SGD with momentum', { rule: { kind: 'sgd', momentum: 0.9 }, learningRate: 0.1, weightDecay: 1e-3 }],
])('follows the formula of %s, and reads no numbers but its own', (_, settings) => {
  const optimiser = createOptimiser(3, settings.rule);
  const values = Float32Array.of(9, -15);
  const moments = new Float32Array(4);
  const hyper = new Float32Array(HYPER_LENGTH).fill(99);
  for (let t = 1; t <= STEPS; t++) {
    writeOptimiser(hyper, optimiser, settings, t);
    optimiseEntry(values, moments, 1, gradientOf(t), stepNumbers(hyper, optimiser));
  }
  const { theta, m, v } = inDouble(settings, -15);
  expect(values[1]).toBeCloseTo(theta, 4);
  expect(moments[1]).toBeCloseTo(m, 6);
  expect(moments[3]).toBeCloseTo(v, 8);
  expect([values[0], moments[0], moments[2]]).toEqual([9, 0, 0]);
});

/** s after 100 steps without a gradient. */
function untouchedThreshold(rule: OptimiserRule, weightDecay: number): number {
  const optimiser = createOptimiser(0, rule);
  const thresholds = Float32Array.of(-15);
  const moments = new Float32Array(2);
  const hyper = new Float32Array(HYPER_LENGTH);
  for (let t = 1; t <= 100; t++) {
    writeOptimiser(hyper, optimiser, { learningRate: 1e-2, weightDecay }, t);
    optimiseEntry(thresholds, moments, 0, 0, stepNumbers(hyper, optimiser));
  }
  return thresholds[0];
}

it('raises an untouched s by about its learning rate a step under Adam, whatever the decay, and hardly under SGD', () => {
  for (const weightDecay of [1e-5, 1e-2]) {
    expect(untouchedThreshold(ADAM, weightDecay)).toBeGreaterThan(-14.05);
    expect(untouchedThreshold(ADAM, weightDecay)).toBeLessThan(-13.95);
  }
  expect(untouchedThreshold({ kind: 'sgd', momentum: 0 }, 1e-5)).toBeLessThan(-14.9998);
});

describe('the groups of a run', () => {
  const groups = () =>
    new ParameterGroups(
      createCpuEngine('test'),
      adamForAll({ learningRate: 1e-3, weightDecay: 0 }, { learningRate: 2e-3, weightDecay: 0 }),
    );

  it('have optimisers of their own, and may become more', () => {
    const all = groups();
    const own = all.add('projections', {
      rule: { kind: 'sgd', momentum: 0.9 },
      learningRate: 1,
      weightDecay: 0,
    });
    const offsets = ['table', 'thresholds', 'linear', 'dense', 'projections'].map(
      (name) => all.optimiser(name).offset,
    );
    expect(new Set(offsets).size).toBe(5);
    expect(all.optimiser('projections')).toBe(own);
    expect(all.settings('thresholds').learningRate).toBe(2e-3);
  });

  it('are refused where the name is taken, unknown, or there is no room', () => {
    const all = groups();
    const settings = all.settings('table');
    expect(() => all.add('table', settings)).toThrow(RangeError);
    expect(() => all.optimiser('projections')).toThrow(RangeError);
    expect(() => {
      for (let i = 0; i < 100; i++) all.add(`group ${i}`, settings);
    }).toThrow('at most');
  });
});
