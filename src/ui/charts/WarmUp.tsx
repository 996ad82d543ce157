/**
 * Draws each plot a few times out of sight before the first run: its first drawing, when all of its code is new to the
 * browser, takes three times as long as any later one and would be felt during training.
 */
import { type ReactNode, startTransition, useEffect, useState } from 'react';
import type { TablePoint } from '../../store/run';
import { usePlayground } from '../../store/use-playground';
import type { TicketSummary } from '../../worker/protocol';
import { PushPlot, preloadPlots, QualityPlot, SavingsPlot, ThresholdPlot } from './lazyPlots';
import { pushRows } from './pushRows';
import { leaveQueue, takeTurn } from './turns';
import classes from './WarmUp.module.css';

/** Drawings of each plot; the first of them has fewer points, so that every one is work. */
const DRAWINGS = 3;

const POINTS: readonly TablePoint[] = Array.from({ length: 2 + DRAWINGS }, (_, step) => ({
  step,
  epoch: step,
  parameters: 100 - step,
  threshold: { mean: 0.01, p05: 0.001, p95: 0.1, fieldMeans: Float64Array.of(0.01) },
  magnitude: { p05: 0.01, median: 0.1, p95: 0.3 },
  push: { data: 1e-6, decay: 1e-4, groupData: Float64Array.of(1e-6), groupDecay: Float64Array.of(1e-4) },
}));
const TICKETS: readonly TicketSummary[] = [{ target: 99, parameters: 99, step: 1, epoch: 1 }];
const TARGETS = TICKETS.map(({ target }) => target);

const PLOTS: readonly ((points: readonly TablePoint[]) => ReactNode)[] = [
  (points) => <ThresholdPlot points={points} tickets={TICKETS} shownFields={[]} />,
  (points) => <SavingsPlot points={points} tickets={TICKETS} targets={TARGETS} tableSize={100} />,
  (points) => (
    <QualityPlot
      rows={points.map(({ step, epoch }) => ({ step, epoch, trainLoss: 0.7, auc: 0.7, logloss: 0.7 }))}
      ceiling={0.8}
    />
  ),
  (points) => <PushPlot rows={pushRows(points)} />,
];

/** Where the page's visit stands: plots are warm for as long as it lasts. */
let drawn = 0;

export function WarmUp() {
  const [isLoaded, setIsLoaded] = useState(false);
  const [drawing, setDrawing] = useState(drawn);
  const isIdle = usePlayground((state) => state.run.status === 'idle');
  const hasDataset = usePlayground((state) => state.dataset !== null);
  const isOver = !isIdle || drawing === PLOTS.length * DRAWINGS;
  const isAtWork = isLoaded && hasDataset && !isOver;

  useEffect(() => {
    let isMounted = true;
    preloadPlots().then(
      () => {
        if (isMounted) setIsLoaded(true);
      },
      // The first chart says so when it is drawn.
      () => undefined,
    );
    return () => {
      isMounted = false;
    };
  }, []);

  useEffect(() => {
    if (!isAtWork) return;
    const next = () => {
      drawn = drawing + 1;
      startTransition(() => setDrawing(drawn));
    };
    takeTurn(next);
    return () => leaveQueue(next);
  }, [isAtWork, drawing]);

  if (isOver) return null;
  const plot = PLOTS[Math.floor(drawing / DRAWINGS)];
  return (
    <div className={classes.stage} data-warm-up aria-hidden inert>
      {isAtWork && plot(POINTS.slice(0, 2 + (drawing % DRAWINGS)))}
    </div>
  );
}
