/** The live charts. Their frames are drawn at once; the charting library follows when there is time. */
import type { ReactNode } from 'react';
import { DimensionsFigure } from '../dimensions/DimensionsFigure';
import classes from './ChartGrid.module.css';
import { PushFigure } from './PushFigure';
import { QualityFigure } from './QualityFigure';
import { SavingsFigure } from './SavingsFigure';
import { ThresholdFigure } from './ThresholdFigure';
import { WarmUp } from './WarmUp';

/** `children` come after the first two charts, which stay where they are when a result appears. */
export function ChartGrid({ children }: { readonly children: ReactNode }) {
  return (
    <>
      <div className={classes.grid}>
        <ThresholdFigure />
        <SavingsFigure />
      </div>
      {children}
      <div className={classes.grid}>
        <DimensionsFigure />
        <QualityFigure />
        <div className={classes.wide}>
          <PushFigure />
        </div>
        <WarmUp />
      </div>
    </>
  );
}
