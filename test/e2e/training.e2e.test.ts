/** A whole run on the page, on each engine, judged by what the charts' tables say. */
import type { Page } from 'playwright';
import { describe, expect, it } from 'vitest';
import {
  button,
  chartTable,
  choose,
  column,
  fill,
  openPage,
  statusLine,
  trainToEnd,
  untilReady,
} from './harness';

/** 316 steps: short enough for an emulated GPU, long enough for both tickets. */
const SHORT_RUN = {
  'Embedding dimension d': 8,
  'Learning rate (model)': 0.02,
  'Batch size': 1_024,
  Epochs: 4,
};
const SHORT_CLOCK = {
  'Initial threshold s₀': -7,
  'Learning rate (s)': 0.03,
};
const TARGETS = [26_000, 16_000];
const RUN_LIMIT_MS = 120_000;

/** Validation AUC that PEP may lose against the uniform table; it is usually a little better. */
const AUC_TOLERANCE = 0.02;

describe.each([
  { name: 'WebGPU', gpu: true, backend: 'WebGPU', status: /ms\/step · WebGPU/ },
  { name: 'the CPU engine, without WebGPU', gpu: false, backend: 'Automatic', status: /ms\/step · CPU/ },
])('on $name', ({ gpu, backend, status }) => {
  async function prepare(): Promise<Page> {
    const page = await openPage({ gpu });
    await untilReady(page);
    await choose(page, 'Backend', backend);
    await fill(page, SHORT_RUN);
    return page;
  }

  it('thresholds rise, parameters fall, tickets appear and the AUC keeps up with the uniform table', async () => {
    const page = await prepare();
    await fill(page, { ...SHORT_CLOCK, 'Parameter targets': TARGETS.join(', ') });
    // Both tables are compared after the same number of steps.
    await page.getByRole('checkbox', { name: 'Stop once every target is met' }).uncheck();
    const result = await trainToEnd(page, RUN_LIMIT_MS);
    expect(await statusLine(page)).toMatch(status);

    const thresholds = column(await chartTable(page, 'Threshold evolution'), 'Mean g(s)');
    expect(thresholds.length).toBeGreaterThan(10);
    expectMonotone(thresholds, (before, after) => after > before);
    expect(thresholds[0]).toBeCloseTo(1 / (1 + Math.exp(7)), 4);

    const savings = await chartTable(page, 'Parameter savings', 'Parameters and stored bytes by step');
    const parameters = column(savings, 'Parameters');
    // Before that, weights that cross zero are caught by the low threshold and let go again by Adam's momentum.
    const pruned = parameters.filter((count) => count < 0.9 * parameters[0]);
    expectMonotone(pruned, (before, after) => after <= before);
    const tickets = await chartTable(page, 'Parameter savings', 'Tickets');
    expect(column(tickets, 'Target')).toEqual(TARGETS);
    column(tickets, 'Parameters').forEach((saved, i) => {
      expect(saved).toBeLessThanOrEqual(TARGETS[i]);
      expect(saved).toBeGreaterThan(0.95 * TARGETS[i]);
    });
    expect(parameters.at(-1)).toBe(Number(result['Parameters left']));

    const push = await chartTable(page, 'What drives the thresholds');
    const shares = column(push, 'Share of data');
    // At first weight decay alone moves s; the data is heard once the thresholds have reached the weights.
    expect(shares[0]).toBeLessThan(0.1);
    expect(Math.max(...shares)).toBeGreaterThan(5 * shares[0]);

    const fields = await chartTable(page, 'Embedding dimension per feature');
    const left = fields.reduce((sum, row) => sum + Number(row.Features) * Number(row['Mean dimensions']), 0);
    // The table's means have five digits.
    expect(left / Number(result['Parameters left'])).toBeCloseTo(1, 3);

    const pepAuc = Number(result['Validation AUC']);
    const quality = await chartTable(page, 'Training quality');
    expect(column(quality, 'Validation AUC').at(-1)).toBeCloseTo(pepAuc, 3);
    const losses = column(quality, 'Train loss');
    expect(losses.at(-1)).toBeLessThan(losses[0]);
    expect(pepAuc).toBeGreaterThan(0.65);

    await button(page, 'Reset').click();
    await choose(page, 'Embedding scheme', 'Uniform');
    const uniform = await trainToEnd(page, RUN_LIMIT_MS);
    expect(uniform.Pruned).toBe('0.0 %');
    expect(pepAuc).toBeGreaterThan(Number(uniform['Validation AUC']) - AUC_TOLERANCE);
  });

  it('gives the same numbers twice', async () => {
    const page = await prepare();
    await fill(page, { ...SHORT_CLOCK, Epochs: 1, 'Parameter targets': '' });
    const first = await trainToEnd(page, RUN_LIMIT_MS);
    const firstLosses = column(await chartTable(page, 'Training quality'), 'Train loss');
    await button(page, 'Reset').click();
    const second = await trainToEnd(page, RUN_LIMIT_MS);
    expect(second).toEqual(first);
    expect(column(await chartTable(page, 'Training quality'), 'Train loss')).toEqual(firstLosses);
  });
});

it('says in a sentence that there is no WebGPU', async () => {
  const page = await openPage({ gpu: false });
  await untilReady(page);
  const setup = page.getByRole('region', { name: 'Set-up' });
  await expect.poll(() => setup.textContent()).toMatch(/In use: CPU.*WebGPU/s);
});

function expectMonotone(values: readonly number[], isOrdered: (before: number, after: number) => boolean) {
  const broken = values.slice(1).filter((value, i) => !isOrdered(values[i], value));
  expect(broken, 'values out of order').toEqual([]);
}
