/** A model with dense layers on the page: explained, and trained where tfjs has to be loaded for it. */
import { describe, expect, it } from 'vitest';
import { button, choose, openPage, statusLine, untilReady } from './harness';

const STEP_LIMIT_MS = 60_000;

describe.each([
  { name: 'WebGPU', gpu: true, backend: 'WebGPU', status: /WebGPU/ },
  { name: 'the CPU engine, without WebGPU', gpu: false, backend: 'Automatic', status: /CPU/ },
])('on $name', ({ gpu, backend, status }) => {
  it('DeepFM says what it is and takes steps', async () => {
    const page = await openPage({ gpu });
    await untilReady(page);
    await choose(page, 'Backend', backend);
    await choose(page, 'Base model', 'DeepFM');
    const about = page.getByRole('region', { name: 'About the base model' });
    expect(await about.textContent()).toMatch(/added up\./);
    expect(await about.textContent()).toMatch(/6,573 in the linear term, 23,501 in the MLP/);
    await expect.poll(() => about.locator('math').count()).toBe(3);

    for (const step of [1, 2]) {
      await button(page, 'Step').click();
      const done = new RegExp(`^Step ${step} of`);
      await expect.poll(() => statusLine(page), { timeout: STEP_LIMIT_MS }).toMatch(done);
    }
    expect(await statusLine(page)).toMatch(status);
  });
});

it('refuses an MLP without units before training starts', async () => {
  const page = await openPage({ gpu: false });
  await untilReady(page);
  await choose(page, 'Base model', 'DNN');
  await page.getByRole('textbox', { name: 'MLP widths', exact: true }).fill('100, 0');
  const refusal = page.getByText(/Each MLP width must be a whole number from 1/);
  await expect.poll(() => refusal.first().isVisible()).toBe(true);
  expect(await button(page, 'Train').isDisabled()).toBe(true);
});
