/** The live charts. Their frames are drawn at once; the charting library follows when there is time. */
import { useEffect } from 'react';
import { DimensionsFigure } from '../dimensions/DimensionsFigure';
import classes from './ChartGrid.module.css';
import { preloadPlots } from './lazyPlots';
import { PushFigure } from './PushFigure';
import { QualityFigure } from './QualityFigure';
import { SavingsFigure } from './SavingsFigure';
import { ThresholdFigure } from './ThresholdFigure';

export function ChartGrid() {
  useEffect(preloadPlots, []);
  return (
    <div className={classes.grid}>
      <ThresholdFigure />
      <SavingsFigure />
      <DimensionsFigure />
      <QualityFigure />
      <div className={classes.wide}>
        <PushFigure />
      </div>
    </div>
  );
}
