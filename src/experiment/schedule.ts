/**
 * When a run records and lets others in; it is evaluated after every epoch. Step counts, not the clock: the same run
 * records the same points.
 */

/** Points that a whole run records at most, roughly. */
const RECORDS = 240;

export interface Schedule {
  readonly totalSteps: number;
  /** Steps between two records: 1, 2 or 5 times a power of ten. */
  readonly recordEvery: number;
}

export function createSchedule(stepsPerEpoch: number, epochs: number): Schedule {
  const totalSteps = stepsPerEpoch * epochs;
  return {
    totalSteps,
    recordEvery: roundUp125(totalSteps / RECORDS),
  };
}

/** The smallest of 1, 2, 5, 10, 20, 50, … that is at least `value`. */
function roundUp125(value: number): number {
  let power = 1;
  while (5 * power < value) power *= 10;
  if (value <= power) return power;
  return value <= 2 * power ? 2 * power : 5 * power;
}

/** How long the device may be busy before a run looks for a pause or a cancel. */
const SLICE_MS = 50;
const MAX_SLICE_STEPS = 64;

/** Steps worth taking in one go at the measured speed. */
export function sliceSteps(msPerStep: number): number {
  if (!(msPerStep > 0)) return 1;
  return Math.min(Math.max(Math.floor(SLICE_MS / msPerStep), 1), MAX_SLICE_STEPS);
}

/** Lets pending messages in. A message, not a timer or a frame: those are slowed down in a hidden tab. */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
