/** How long a step takes: contenders take turns, so that a busy machine slows all of them alike. */

export interface Contender {
  readonly name: string;
  /** Does that many steps and waits until they are done. Milliseconds; measured where the work is done. */
  run(steps: number): Promise<number>;
  dispose(): void;
}

export interface Timing {
  readonly name: string;
  /** Median over the rounds. */
  readonly msPerStep: number;
  /** Of the rounds: what a busy machine disturbs least. */
  readonly fastest: number;
  /** Interquartile range over the rounds as a share of the median. */
  readonly spread: number;
}

/** A turn lasts about this long, and at least one step. */
const TURN_MS = 60;
const WARM_UP_MS = 400;
/** A step that takes longer is slow: a few turns tell enough of it. */
const SLOW_MS = 1_000;
const SLOW_ROUNDS = 3;
/** No warm-up or turn takes more steps than this. */
const MAX_STEPS = 400;

/** Measures all contenders in `rounds` rounds of one turn each. */
export async function measure(contenders: readonly Contender[], rounds: number): Promise<Timing[]> {
  const turns: { contender: Contender; steps: number; isSlow: boolean; times: number[] }[] = [];
  for (const contender of contenders) {
    const ms = await warmUp(contender);
    turns.push({ contender, steps: stepsOf(TURN_MS, ms), isSlow: ms > SLOW_MS, times: [] });
  }
  for (let round = 0; round < rounds; round++) {
    for (const { contender, steps, times, isSlow } of turns) {
      if (!isSlow || round < SLOW_ROUNDS) times.push((await contender.run(steps)) / steps);
    }
  }
  return turns.map(({ contender, times }) => ({ name: contender.name, ...summary(times) }));
}

/** Milliseconds a step once everything is compiled. */
async function warmUp(contender: Contender): Promise<number> {
  let ms = await contender.run(1);
  let spent = ms;
  while (spent < WARM_UP_MS) {
    const steps = stepsOf(WARM_UP_MS / 4, ms);
    const elapsed = await contender.run(steps);
    spent += elapsed;
    ms = elapsed / steps;
  }
  return ms;
}

function stepsOf(duration: number, msPerStep: number): number {
  return Math.min(MAX_STEPS, Math.max(1, Math.round(duration / Math.max(msPerStep, 1e-3))));
}

function summary(times: readonly number[]): Omit<Timing, 'name'> {
  const sorted = [...times].sort((a, b) => a - b);
  const quantile = (q: number) => {
    const at = q * (sorted.length - 1);
    const low = Math.floor(at);
    const high = Math.ceil(at);
    return sorted[low] + (at - low) * (sorted[high] - sorted[low]);
  };
  const median = quantile(0.5);
  return { msPerStep: median, fastest: sorted[0], spread: (quantile(0.75) - quantile(0.25)) / median };
}
