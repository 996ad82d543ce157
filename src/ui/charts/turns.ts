/**
 * Charts take turns. A recharts chart costs some 20 ms a drawing on a slow machine: one after the other, with room
 * between them for clicks and frames, no task of the page grows long. Third of three brakes: docs/code.md, "From the
 * worker to the eye".
 */

/** Four charts then draw about four times a second each. */
const TURN_MS = 60;

const waiting = new Set<() => void>();
let timer: ReturnType<typeof setTimeout> | undefined;
let lastTurn = Number.NEGATIVE_INFINITY;

/** Calls `draw` when it is its turn; once, however often it was asked for until then. */
export function takeTurn(draw: () => void): void {
  waiting.add(draw);
  schedule();
}

export function leaveQueue(draw: () => void): void {
  waiting.delete(draw);
}

function schedule(): void {
  if (timer === undefined) timer = setTimeout(next, Math.max(0, lastTurn + TURN_MS - performance.now()));
}

function next(): void {
  timer = undefined;
  const [draw] = waiting;
  if (!draw) return;
  waiting.delete(draw);
  lastTurn = performance.now();
  draw();
  if (waiting.size > 0) schedule();
}
