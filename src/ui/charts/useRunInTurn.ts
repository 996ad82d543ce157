/** The run as a chart draws it: a moment old, because charts take turns. */
import { startTransition, useContext, useEffect, useRef, useState } from 'react';
import { IDLE_RUN, isActive, type RunView } from '../../store/run';
import { shownRun } from '../../store/training-state';
import { PlaygroundContext, usePlayground } from '../../store/use-playground';
import { leaveQueue, takeTurn } from './turns';

/**
 * React begins a drawing in slices again with every change of the page: on a slow machine it would be done after five
 * seconds. One that has waited so long is drawn at once.
 */
const PATIENCE_MS = 500;

export interface RunInTurn {
  readonly run: RunView;
  /** The run has ended and its last state is not drawn yet. */
  readonly isBehind: boolean;
}

export function useRunInTurn(): RunInTurn {
  const playground = useContext(PlaygroundContext);
  const [shown, setShown] = useState(() => shownRun(playground.getState()));
  /** What is on the page, and since when something else waits to be. */
  const drawn = useRef(shown);
  const waitingSince = useRef<number | null>(null);
  // At once: a cleared run must not be drawn over another data set.
  const isIdle = usePlayground((state) => shownRun(state).status === 'idle');
  const isBehind = usePlayground((state) => {
    const run = shownRun(state);
    return run !== shown && !isActive(run.status);
  });

  useEffect(() => {
    drawn.current = shown;
    waitingSince.current = null;
  }, [shown]);

  useEffect(() => {
    const draw = () => {
      const run = shownRun(playground.getState());
      if (run === drawn.current && waitingSince.current === null) return;
      const now = performance.now();
      waitingSince.current ??= now;
      // A transition, so that React draws in slices of a few milliseconds.
      if (now - waitingSince.current < PATIENCE_MS) startTransition(() => setShown(run));
      else setShown(run);
    };
    takeTurn(draw);
    const unsubscribe = playground.subscribe((state, previous) => {
      if (shownRun(state) !== shownRun(previous)) takeTurn(draw);
    });
    return () => {
      unsubscribe();
      leaveQueue(draw);
    };
  }, [playground]);

  return { run: isIdle ? IDLE_RUN : shown, isBehind };
}
