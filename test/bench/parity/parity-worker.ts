/** A thread of `npm run bench:parity`: one seed. Its only message is a SeedFigures. */
import { parentPort, workerData } from 'node:worker_threads';
import { openMovieLens, runSeed } from './runs';

/** What the thread is started with. */
export interface SeedTask {
  readonly path: string;
  readonly seed: number;
  readonly isSearchOnly: boolean;
}

const { path, seed, isSearchOnly } = workerData as SeedTask;
const tell = (words: string) => console.error(`seed ${seed}: ${words}`);
parentPort?.postMessage(await runSeed(await openMovieLens(path), seed, isSearchOnly, tell));
