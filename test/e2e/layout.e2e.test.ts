/** The page at its sizes and colours, before, during and after a run: nothing is cut off; screenshots for the eye. */
import type { Locator, Page } from 'playwright';
import { describe, expect, it } from 'vitest';
import { button, fill, openPage, untilReady } from './harness';

const SCREENSHOTS = 'test/e2e/screenshots';
const RUN_LIMIT_MS = 120_000;
const STEP_CHARTS = [
  'Threshold evolution',
  'Parameter savings',
  'Training quality',
  'What drives the thresholds',
];

describe.each([
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
])('$width × $height', ({ width, height }) => {
  it.each(['light', 'dark'] as const)('%s', async (colorScheme) => {
    const page = await openPage({ width, height, colorScheme, gpu: false });
    const look = async (moment: string) => {
      expect(await cutOff(page), `wider than the window ${moment}`).toEqual([]);
      const path = `${SCREENSHOTS}/${width}-${colorScheme}-${moment}.png`;
      await page.screenshot({ path, fullPage: true });
    };
    await untilReady(page);
    await look('before');
    const fastClock = { 'Learning rate (model)': 0.02, 'Learning rate (s)': 0.03 };
    // A target that is never met: long enough to be looked at, however fast the machine is.
    await fill(page, { ...fastClock, Epochs: 500, 'Parameter targets': '52000, 20000, 1' });
    await button(page, 'Train').click();
    await page
      .getByRole('status')
      .getByText(/^Step [1-9][\d,]{2,} /)
      .waitFor({ timeout: RUN_LIMIT_MS });
    await look('during');
    await button(page, 'Reset').click();
    await fill(page, { Epochs: 5, 'Parameter targets': '52000, 20000, 10000' });
    await button(page, 'Train').click();
    await page.getByRole('region', { name: 'Result', exact: true }).waitFor({ timeout: RUN_LIMIT_MS });
    await look('after');
    for (const title of STEP_CHARTS) {
      const figure = page.getByRole('figure', { name: title, exact: true });
      const chart = figure.locator('svg.recharts-surface');
      const words = chart.locator('text');
      expect(await words.allTextContents(), title).toContain('step');
      expect(await overlaps(words), title).toEqual([]);
      expect(await leastFontSize(chart), title).toBeGreaterThanOrEqual(12);
    }
  });
});

it('the words of the popularity plot keep their size on a narrow screen, beside each other', async () => {
  const page = await openPage({ width: 390, height: 844, gpu: false });
  await untilReady(page);
  await button(page, 'Know your data').click();
  const plot = page.getByRole('dialog').getByRole('img', { name: /^The most popular feature/ });
  await plot.waitFor();
  expect(await leastFontSize(plot)).toBeGreaterThanOrEqual(11);
  expect(await overlaps(plot.locator('text'))).toEqual([]);
});

/** Of the words of a drawing, in pixels of the screen. */
function leastFontSize(drawing: Locator): Promise<number> {
  return drawing.evaluate((svg) =>
    Math.min(
      ...[...svg.querySelectorAll('text')].map(
        (text) => Number.parseFloat(getComputedStyle(text).fontSize) * (text.getScreenCTM()?.a ?? 0),
      ),
    ),
  );
}

/** Pairs of words that lie on each other. */
function overlaps(words: Locator): Promise<string[]> {
  return words.evaluateAll((elements) => {
    const boxes = elements
      .filter((element) => element.textContent)
      .map((element) => ({ text: element.textContent, box: element.getBoundingClientRect() }));
    return boxes.flatMap((a, i) =>
      boxes
        .slice(0, i)
        .filter(({ box }) => box.left < a.box.right && a.box.left < box.right)
        .filter(({ box }) => box.top + 2 < a.box.bottom && a.box.top + 2 < box.bottom)
        .map((b) => `"${a.text}" and "${b.text}"`),
    );
  });
}

/** Visible elements whose right edge lies outside the window and that no ancestor scrolls or clips. */
function cutOff(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const isContained = (element: Element): boolean => {
      for (let parent = element.parentElement; parent; parent = parent.parentElement) {
        if (parent !== document.body && getComputedStyle(parent).overflowX !== 'visible') return true;
      }
      return false;
    };
    return [...document.querySelectorAll('body *')]
      .filter((element) => {
        const { right, width, height } = element.getBoundingClientRect();
        return width > 0 && height > 0 && right > innerWidth + 1 && !isContained(element);
      })
      .map((element) => `${element.tagName} "${element.textContent.slice(0, 40)}"`);
  });
}
