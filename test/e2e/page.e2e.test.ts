/** The page as a newcomer meets it: opened, trained on the sample, given a file. */
import { expect, it } from 'vitest';
import { openPage } from './harness';

it('opens with its title', async () => {
  const page = await openPage();
  expect(await page.title()).toContain('PEP');
});
