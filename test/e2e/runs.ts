/** What the tests of experiments share: a short experiment, and the runs table as text. */
import type { Page } from 'playwright';
import { fill, openPage, type PageOptions, untilReady } from './harness';

/** Two tickets within 316 steps. */
export const SHORT_SEARCH = {
  'Embedding dimension d': 8,
  'Learning rate (model)': 0.02,
  Epochs: 4,
  'Initial threshold s₀': -7,
  'Learning rate (s)': 0.03,
  'Parameter targets': '26000, 16000',
};
const SHORT_RETRAINING = { 'Retraining epochs': 2, Patience: 2 };

/** A page on which an experiment takes seconds. */
export async function openPrepared(options: Partial<PageOptions> = {}): Promise<Page> {
  const page = await openPage({ gpu: false, ...options });
  await untilReady(page);
  await prepare(page);
  return page;
}

export async function prepare(page: Page): Promise<void> {
  await fill(page, SHORT_SEARCH);
  await page.getByRole('button', { name: 'More settings' }).click();
  await fill(page, SHORT_RETRAINING);
}

/** The runs table, opened, as lines of cells; names are fields. */
export async function runsTable(page: Page): Promise<string[][]> {
  await page.getByText('Compare', { exact: true }).click();
  await page.getByRole('region', { name: 'Runs', exact: true }).waitFor();
  const table = page.getByRole('table', { name: 'Runs', exact: true });
  if ((await table.count()) === 0) return [];
  return table.evaluate((element) =>
    [...(element as HTMLTableElement).rows].slice(1).map((row) =>
      [...row.cells].map((cell) => {
        const field = cell.querySelector<HTMLInputElement>('input:not([type])');
        return field ? field.value : cell.textContent.trim();
      }),
    ),
  );
}
