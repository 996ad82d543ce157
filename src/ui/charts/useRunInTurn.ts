/** The run as a chart draws it: a moment old, because charts take turns. */
import { startTransition, useEffect, useState } from 'react';
import { IDLE_RUN, type RunView } from '../../store/run';
import { shownRun } from '../../store/training';
import { playground, usePlayground } from '../../store/usePlayground';
import { leaveQueue, takeTurn } from './turns';

export function useRunInTurn(): RunView {
  const [shown, setShown] = useState(() => shownRun(playground.getState()));
  // At once: a cleared run must not be drawn over another data set.
  const isIdle = usePlayground((state) => shownRun(state).status === 'idle');

  useEffect(() => {
    // A transition, so that React draws in slices of a few milliseconds.
    const draw = () => startTransition(() => setShown(shownRun(playground.getState())));
    takeTurn(draw);
    const unsubscribe = playground.subscribe((state, previous) => {
      if (shownRun(state) !== shownRun(previous)) takeTurn(draw);
    });
    return () => {
      unsubscribe();
      leaveQueue(draw);
    };
  }, []);

  return isIdle ? IDLE_RUN : shown;
}
