/** The live charts. Their frames are drawn at once; the charting library follows when there is time. */
import { DimensionsFigure } from '../dimensions/DimensionsFigure';
import classes from './ChartGrid.module.css';
import { PushFigure } from './PushFigure';
import { QualityFigure } from './QualityFigure';
import { SavingsFigure } from './SavingsFigure';
import { ThresholdFigure } from './ThresholdFigure';
import { WarmUp } from './WarmUp';

export function ChartGrid() {
  return (
    <div className={classes.grid}>
      <ThresholdFigure />
      <SavingsFigure />
      <DimensionsFigure />
      <QualityFigure />
      <div className={classes.wide}>
        <PushFigure />
      </div>
      <WarmUp />
    </div>
  );
}
