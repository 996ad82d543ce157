/**
 * dropout: the factors of inverted dropout (Srivastava et al. 2014), one per number that may be dropped.
 *   factor[i] = 0 with probability p, else 1/(1 − p)
 * Drawn by a counter-based generator, the PCG hash of Jarzynski & Olano (2020):
 *   u[i] = pcg(i + pcg(step + pcg(key + pass)))  in 0…2³²−1,   dropped where u[i] < p · 2³²
 * so that the same run drops the same numbers on every engine, and a resumed run those of the run it resumes.
 */
import { powerOfTwo } from '../../data/elementary';
import type { DeviceArray, DeviceBatch } from '../device';

export interface DropoutBinding {
  readonly batch: DeviceBatch;
  /** Factors per row of the batch. */
  readonly perRow: number;
  /** p, in 0…1, 1 left out. */
  readonly rate: number;
  /** Of this layer in this run: a whole number in 0…2³²−1. */
  readonly key: number;
  /** Holds the numbers of the step and of its pass, see hyper.ts. f32 [HYPER_LENGTH] */
  readonly hyper: DeviceArray;
  /** Overwritten. f32 [B, perRow] */
  readonly factors: DeviceArray;
}

/** Numbers below this are dropped: p · 2³², whole, so that every engine compares the same integers. */
export function dropoutLimit(rate: number): number {
  return Math.floor(rate * powerOfTwo(32));
}
