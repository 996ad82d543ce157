/** Before the end-to-end tests: builds the page if its sources have changed and serves it on a free port. */
import { spawnSync } from 'node:child_process';
import { preview } from 'vite';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of the built page. */
    pageUrl: string;
  }
}

/** Answers how to stop it: each project has a server of its own. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  // In a process of its own: inside vitest NODE_ENV is "test", and React would be built in its development form.
  const { NODE_ENV: _, ...env } = process.env;
  const build = "import('./src/setup/build.mjs').then((module) => module.buildPage())";
  const { status } = spawnSync(process.execPath, ['--eval', build], { env, stdio: 'inherit' });
  if (status !== 0) throw new Error('The page does not build: see above.');
  const server = await preview({
    configFile: false,
    build: { outDir: 'dist/page' },
    preview: { port: 4180 },
  });
  const address = server.resolvedUrls?.local[0];
  if (!address) throw new Error('The preview server has no address.');
  project.provide('pageUrl', address);
  return () => server.close();
}
