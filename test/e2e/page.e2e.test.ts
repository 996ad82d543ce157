/** The page as a newcomer meets it, before and while anything is trained. */
import { describe, expect, it } from 'vitest';
import { button, choose, fill, openPage, statusLine, untilReady } from './harness';

const CHARTS = [
  'Threshold evolution',
  'Parameter savings',
  'Embedding dimension per feature',
  'Training quality',
  'What drives the thresholds',
];

it('opens with its title, the sample, its charts that say why they are empty and a status', async () => {
  const page = await openPage();
  await untilReady(page);
  expect(await page.title()).toBe('PEP playground');
  for (const title of CHARTS) {
    const figure = page.getByRole('figure', { name: title, exact: true });
    expect(await figure.textContent(), title).toContain('Press Train');
  }
  for (const label of ['Dataset', 'Base model', 'Threshold granularity', 'Backend']) {
    expect(await page.getByRole('combobox', { name: label, exact: true }).count(), label).toBe(1);
  }
  expect(await statusLine(page)).toMatch(
    /^Step 0 .* of [\d,]+ parameters left · 0.0 % pruned · – ms\/step · \S+/,
  );
});

it('pauses, steps, resumes and resets', async () => {
  const page = await openPage({ gpu: false });
  await untilReady(page);
  // Long enough to be paused in, however fast the machine is.
  await fill(page, { Epochs: 500, 'Parameter targets': '' });
  const step = async () => Number((await statusLine(page)).match(/^Step ([\d,]+)/)?.[1].replaceAll(',', ''));

  await button(page, 'Step').click();
  await expect.poll(step).toBe(1);
  await button(page, 'Step').click();
  await expect.poll(step).toBe(2);

  await button(page, 'Resume').click();
  await expect.poll(step, { timeout: 20_000 }).toBeGreaterThan(20);
  await button(page, 'Pause').click();
  await expect.poll(() => button(page, 'Resume').isEnabled()).toBe(true);
  // The slice of steps that was under way when Pause was pressed still reports.
  await page.waitForTimeout(1_000);
  const paused = await step();
  await page.waitForTimeout(1_000);
  expect(await step()).toBe(paused);

  await button(page, 'Reset').click();
  await expect.poll(step).toBe(0);
  await expect.poll(() => button(page, 'Train').isEnabled()).toBe(true);
});

it('is worked by keyboard: the focus goes on with the button that can be pressed next', async () => {
  const page = await openPage({ gpu: false });
  await untilReady(page);
  await fill(page, { Epochs: 500, 'Parameter targets': '' });
  const focused = () => page.evaluate(() => document.activeElement?.textContent);
  const press = async (name: string, next: string) => {
    expect(name).toBe(await focused());
    await page.keyboard.press('Enter');
    await expect.poll(focused, { message: `after ${name}` }).toBe(next);
  };
  await button(page, 'Train').focus();
  await press('Train', 'Pause');
  await press('Pause', 'Resume');
  await press('Resume', 'Pause');
  await press('Pause', 'Resume');
  await button(page, 'Stop').focus();
  await press('Stop', 'Train');
  await press('Train', 'Pause');
  await button(page, 'Stop').focus();
  await press('Stop', 'Train');
  await button(page, 'Reset').focus();
  await press('Reset', 'Train');
  await button(page, 'Step').focus();
  await press('Step', 'Step');
  await expect.poll(() => statusLine(page)).toMatch(/^Step 1 /);
  await press('Step', 'Step');

  await button(page, 'Reset').focus();
  await press('Reset', 'Train');
  await fill(page, { Epochs: 8 });
  await button(page, 'Train').focus();
  await press('Train', 'Pause');
  await page.getByRole('region', { name: 'Result', exact: true }).waitFor({ timeout: 60_000 });
  await expect.poll(focused).toBe('Train');
});

it('keeps the settings over a reload, and a preset stays one', async () => {
  const page = await openPage({ gpu: false });
  await untilReady(page);
  const preset = page.getByRole('radiogroup', { name: 'Preset' });
  const targets = page.getByRole('textbox', { name: 'Parameter targets', exact: true });
  const fastTargets = await targets.inputValue();
  await page.reload();
  await untilReady(page);
  expect(await preset.getByRole('radio', { name: 'Fast' }).isChecked()).toBe(true);
  expect(await targets.inputValue()).toBe(fastTargets);

  await fill(page, { Epochs: 7, 'Learning rate (model)': '0.0' });
  await page.reload();
  await page
    .getByText(/rows · .* features/)
    .first()
    .waitFor();
  const value = (label: string) => page.getByRole('textbox', { name: label, exact: true }).inputValue();
  expect(await value('Epochs')).toBe('7');
  expect(await value('Learning rate (model)')).toBe('0.0');
  expect(await preset.getByRole('radio', { name: 'Custom' }).isChecked()).toBe(true);
  // Half-typed as it was left, it is still refused.
  expect(await button(page, 'Train').isEnabled()).toBe(false);
  await preset.getByText('Fast', { exact: true }).click();
  await untilReady(page);
});

it('says in its place that a part could not be loaded, and loads it when asked again', async () => {
  const page = await openPage({
    gpu: false,
    expectedErrors: /Failed to (fetch|load)|ERR_INTERNET_DISCONNECTED/,
  });
  await untilReady(page);
  const failure = page.getByRole('alert').filter({ hasText: 'This part of the page is missing' });
  await page.context().setOffline(true);
  await button(page, 'Know your data').click();
  await failure.waitFor();
  await page.getByText('Compare', { exact: true }).click();
  await expect.poll(() => failure.count()).toBe(2);
  expect(await button(page, 'Train').isEnabled()).toBe(true);

  await page.context().setOffline(false);
  const tryAgain = button(page, 'Try again');
  await tryAgain.last().click();
  await page.getByRole('region', { name: 'Runs', exact: true }).waitFor();
  await tryAgain.click();
  await page.getByRole('dialog', { name: 'Know your data' }).waitFor();
  expect(await failure.count()).toBe(0);
});

it('offers no full experiment without a search', async () => {
  const page = await openPage({ gpu: false });
  await untilReady(page);
  expect(await button(page, 'Full experiment').isEnabled()).toBe(true);
  await choose(page, 'Embedding scheme', 'Uniform');
  expect(await button(page, 'Full experiment').isEnabled()).toBe(false);
  expect(await button(page, 'Train').isEnabled()).toBe(true);
});

describe('settings that make no sense', () => {
  it.each([
    ['Epochs', '2.5', /Epochs must be a whole number/],
    ['Embedding dimension d', '7.5', /Embedding dimension d must be a whole number/],
    ['Initial threshold s₀', '7', /Initial threshold s₀ must be a number from -200 to 0/],
    ['Embedding dimension d', '0', /Embedding dimension d must be a number from 1 to 128/],
    ['Learning rate (model)', 'fast', /Learning rate \(model\) must be a number/],
    ['Parameter targets', '9999999', /9,999,999 is not below the table/],
    ['Initial threshold s₀', '-1', /above the largest initial weight/],
  ])('refuses %s = %s and says why', async (label, value, reason) => {
    const page = await openPage({ gpu: false });
    await untilReady(page);
    await fill(page, { [label]: value });
    expect(await button(page, 'Train').isEnabled()).toBe(false);
    const field = page.getByRole('textbox', { name: label, exact: true });
    expect(await field.inputValue()).toBe(value);
    expect(await field.getAttribute('aria-invalid')).toBe('true');
    expect(await page.getByText(reason).count()).toBeGreaterThan(0);
  });

  it('takes numbers as they are typed, and steps them', async () => {
    const page = await openPage({ gpu: false });
    await untilReady(page);
    const field = (label: string) => page.getByRole('textbox', { name: label, exact: true });
    await fill(page, { Epochs: '1e2', 'Initial threshold s₀': '−7' });
    await untilReady(page);
    expect(await field('Initial threshold s₀').inputValue()).toBe('−7');
    await field('Epochs').press('ArrowUp');
    expect(await field('Epochs').inputValue()).toBe('101');
    await field('Initial threshold s₀').press('ArrowDown');
    expect(await field('Initial threshold s₀').inputValue()).toBe('-8');
    await field('Batch size').fill('2');
    await field('Batch size').press('ArrowDown');
    expect(await field('Batch size').inputValue()).toBe('2');
    const box = await field('Epochs').boundingBox();
    if (!box) throw new Error('the field is not in view');
    await page.mouse.click(box.x + box.width - 9, box.y + box.height * 0.75);
    expect(await field('Epochs').inputValue()).toBe('100');
    await page.mouse.click(box.x + box.width - 9, box.y + box.height * 0.25);
    expect(await field('Epochs').inputValue()).toBe('101');
  });

  it('announces a run that cannot prune, and lets it start', async () => {
    const page = await openPage({ gpu: false });
    await untilReady(page);
    await button(page, 'More settings').click();
    await fill(page, { 'Weight decay (s)': 0 });
    await page.getByText('This run will hardly prune: the weight decay of s is 0').waitFor();
    expect(await button(page, 'Train').isEnabled()).toBe(true);
  });
});
