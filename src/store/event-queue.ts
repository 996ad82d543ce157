/**
 * Slows a fast stream of events down to what a page can draw, without making the sender wait. Second of three brakes:
 * docs/code.md, "From the worker to the eye".
 */
import type { ExperimentEvent } from '../worker/protocol';

export interface EventQueue {
  push(events: readonly ExperimentEvent[]): void;
  /** Applies what is waiting, now. */
  flush(): void;
}

/** Calls `apply` at most once every `intervalMs`, with everything that has come since, in order. */
export function createEventQueue(
  apply: (events: readonly ExperimentEvent[]) => void,
  intervalMs: number,
): EventQueue {
  let waiting: ExperimentEvent[] = [];
  let appliedAt = Number.NEGATIVE_INFINITY;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function flush(): void {
    clearTimeout(timer);
    timer = undefined;
    if (waiting.length === 0) return;
    const events = waiting;
    waiting = [];
    appliedAt = performance.now();
    apply(events);
  }

  return {
    push(events) {
      waiting.push(...events);
      const left = appliedAt + intervalMs - performance.now();
      // Not by timer alone: a hidden tab's timers fire once a second or less.
      if (left <= 0) flush();
      else timer ??= setTimeout(flush, left);
    },
    flush,
  };
}
