/** Adam as torch writes it, in double precision, against the engine's single-precision step. */
import { expect, it } from 'vitest';
import { adamStep } from '../../src/engine/adam/reference';
import { HYPER_LENGTH, MODEL_GROUP, THRESHOLD_GROUP, writeHyper } from '../../src/engine/hyper';

it.each([
  ['model', MODEL_GROUP, { learningRate: 1e-2, weightDecay: 1e-3 }],
  ['thresholds', THRESHOLD_GROUP, { learningRate: 0.3, weightDecay: 1e-5 }],
] as const)('follows torch.optim.Adam(weight_decay) for the %s', (_, group, own) => {
  const other = { learningRate: 99, weightDecay: 99 };
  const values = Float32Array.of(9, -15);
  const moments = new Float32Array(4);
  const hyper = new Float32Array(HYPER_LENGTH);
  let theta = -15;
  let m = 0;
  let v = 0;
  for (let t = 1; t <= 50; t++) {
    const gradient = Math.sin(t) / 10;
    const isModel = group === MODEL_GROUP;
    writeHyper(hyper, t, isModel ? own : other, isModel ? other : own);
    adamStep(values, moments, 1, gradient, hyper, group);

    const g = gradient + own.weightDecay * theta;
    m = 0.9 * m + 0.1 * g;
    v = 0.999 * v + 0.001 * g * g;
    theta -= (own.learningRate * (m / (1 - 0.9 ** t))) / (Math.sqrt(v / (1 - 0.999 ** t)) + 1e-8);
  }
  expect(values[1]).toBeCloseTo(theta, 4);
  expect(moments[1]).toBeCloseTo(m, 6);
  expect(moments[3]).toBeCloseTo(v, 8);
  expect([values[0], moments[0], moments[2]]).toEqual([9, 0, 0]);
});

it('raises an untouched s by about its learning rate a step, whatever the decay', () => {
  for (const weightDecay of [1e-5, 1e-2]) {
    const thresholds = Float32Array.of(-15);
    const moments = new Float32Array(2);
    const hyper = new Float32Array(HYPER_LENGTH);
    const adam = { learningRate: 1e-2, weightDecay };
    for (let t = 1; t <= 100; t++) {
      writeHyper(hyper, t, adam, adam);
      adamStep(thresholds, moments, 0, 0, hyper, THRESHOLD_GROUP);
    }
    expect(thresholds[0]).toBeGreaterThan(-14.05);
    expect(thresholds[0]).toBeLessThan(-13.95);
  }
});
