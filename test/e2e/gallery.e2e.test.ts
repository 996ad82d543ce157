/** The gallery as `npm run dev` serves it; the build has nothing of it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createServer } from 'vite';
import { expect, it, onTestFinished } from 'vitest';
import { openPage } from './harness';

const ROOT = join(import.meta.dirname, '../..');
/** Found in every file that has the gallery's code. */
const MARK = 'Gallery of charts';
const DRAWN_LIMIT_MS = 60_000;

it('is drawn at its address, light and dark, without a complaint', async () => {
  const server = await createServer({
    root: ROOT,
    logLevel: 'error',
    // Beside whatever a developer has running.
    cacheDir: 'dist/test/vite',
    server: { port: 5180, hmr: false },
  });
  onTestFinished(() => server.close());
  await server.listen();
  const address = `${server.resolvedUrls?.local[0]}src/ui/gallery/`;
  const page = await openPage({ gpu: false, address });
  const pictures = page.locator('[data-shows="picture"]');
  const drawn = pictures.filter({ has: page.locator('svg.recharts-surface, svg[role="img"], canvas') });
  await page.getByRole('heading', { name: MARK }).waitFor({ timeout: DRAWN_LIMIT_MS });
  const count = await pictures.count();
  expect(count).toBeGreaterThan(30);
  await expect.poll(() => drawn.count(), { timeout: DRAWN_LIMIT_MS }).toBe(count);
  const surface = () =>
    page
      .locator('figure')
      .first()
      .evaluate((figure) => getComputedStyle(figure).backgroundColor);
  expect(await surface()).toBe('rgb(255, 255, 255)');
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect.poll(surface).toBe('rgb(27, 30, 35)');
});

it('is no part of the page that is built', () => {
  const built = readdirSync(join(ROOT, 'dist/page'), { recursive: true, withFileTypes: true })
    .filter((entry) => /\.(js|html)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
  expect(built.length).toBeGreaterThan(5);
  expect(built.filter((file) => readFileSync(file, 'utf8').includes(MARK))).toEqual([]);
  expect(readFileSync(join(ROOT, 'src/ui/gallery/Gallery.tsx'), 'utf8')).toContain(MARK);
});
