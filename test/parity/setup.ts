/** Reads the golden files for the tests: those in a browser cannot. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import type { GoldenFile } from './golden';

declare module 'vitest' {
  interface ProvidedContext {
    goldenFiles: GoldenFile[];
  }
}

const FIXTURES = fileURLToPath(new URL('../fixtures/golden', import.meta.url));

export default function setup(project: TestProject): void {
  const folders = [FIXTURES, ...(process.env.GOLDEN_DIR ? [process.env.GOLDEN_DIR] : [])];
  project.provide('goldenFiles', folders.flatMap(goldenFiles));
}

function goldenFiles(folder: string): GoldenFile[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return names.sort().map((name) => ({
    name: folder === FIXTURES ? name : join(folder, name),
    text: readFileSync(join(folder, name), 'utf8'),
  }));
}
