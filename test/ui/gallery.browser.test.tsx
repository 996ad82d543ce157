/** Every example of the gallery, light and dark, in Chromium: it is drawn, whole, made of numbers, and can be read. */
import '@mantine/core/styles.css';
import '@fontsource-variable/inter/wght.css';
import '../../src/ui/page.css';
import { MantineProvider } from '@mantine/core';
import { createRoot, type Root } from 'react-dom/client';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { page } from 'vitest/browser';
import { EXAMPLE_SETS } from '../../src/ui/gallery/examples';
import { Gallery } from '../../src/ui/gallery/Gallery';
import { theme } from '../../src/ui/theme';
import { drawnPictures, faultsOf } from './drawing';

/** Charts take turns: some seventy of them, twice each, and a busy machine. */
const DRAWN_LIMIT_MS = 60_000;
const SET_UP_LIMIT_MS = 150_000;

const PICTURES = EXAMPLE_SETS.flatMap(({ title, pictures }) =>
  Object.keys(pictures).map((name) => `${title}: ${name}`),
);
const WORDS = EXAMPLE_SETS.flatMap(({ title, words = {} }) =>
  Object.keys(words).map((name) => `${title}: ${name}`),
);

describe.each(['light', 'dark'] as const)('%s', (scheme) => {
  let root: Root;
  const errors = vi.spyOn(console, 'error');

  beforeAll(async () => {
    await page.viewport(1_440, 900);
    const stage = document.body.appendChild(document.createElement('div'));
    root = createRoot(stage);
    root.render(
      <MantineProvider theme={theme} forceColorScheme={scheme}>
        <Gallery />
      </MantineProvider>,
    );
    await document.fonts.ready;
    const undrawn = () => PICTURES.filter((name) => drawnPictures(exampleOf(name)) === 0);
    await vi.waitUntil(() => document.querySelector('[data-example]'), DRAWN_LIMIT_MS);
    // What is never drawn fails its own test.
    await vi
      .waitUntil(() => undrawn().length === 0, { timeout: DRAWN_LIMIT_MS, interval: 1_000 })
      .catch(() => undefined);
  }, SET_UP_LIMIT_MS);

  afterAll(() => root.unmount());

  it.each(PICTURES)('%s is drawn', (name) => {
    const example = exampleOf(name);
    expect(drawnPictures(example)).toBeGreaterThan(0);
    expect(faultsOf(example)).toEqual([]);
  });

  it.each(WORDS)('%s is said', (name) => {
    const example = exampleOf(name);
    expect(drawnPictures(example)).toBe(0);
    expect(example.lastElementChild?.textContent.trim()).not.toBe('');
    expect(faultsOf(example)).toEqual([]);
  });

  it('nothing is complained of', () => {
    expect(errors.mock.calls).toEqual([]);
  });
});

function exampleOf(name: string): Element {
  const example = document.querySelector(`[data-example="${name}"]`);
  if (!example) throw new Error(`The gallery has no example "${name}".`);
  return example;
}
