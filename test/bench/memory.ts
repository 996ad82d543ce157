/** Whether a table of a million features trains in little more memory than the method itself needs. */
import { createOurs } from './ours';
import { evenWork, workSize } from './work';

const WORK = evenWork(1_000_000, 16, 1_024, 8);
const STEPS = 3;
const FLOAT_BYTES = 4;

/** PEP with a threshold a feature: V, s and the linear weights, each with Adam's two moments. */
export async function measureMemory(): Promise<void> {
  const { N, d } = workSize(WORK);
  const counted = 3 * N * d + 3 * N + 3 * (N + 1);
  const ours = await createOurs('cpu', 'fm', WORK, 'pep', 'feature');
  // The first steps also fetch the memory from the system.
  await ours.run(STEPS);
  const ms = await ours.run(STEPS);
  const held = ours.engine.memory().bytes / FLOAT_BYTES;
  console.log(
    `A million features, d = ${d}, granularity feature, FM on ${ours.backend.label}: ${(ms / STEPS).toFixed(0)} ms/step\n` +
      `  parameters and moments ${(counted / 1e6).toFixed(1)} million numbers, held ${(held / 1e6).toFixed(1)} million: ` +
      `${(held / counted).toFixed(3)}×; process ${(process.memoryUsage().rss / 2 ** 20).toFixed(0)} MB\n`,
  );
  ours.dispose();
}
