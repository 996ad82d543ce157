/** "Training quality": whether the model still learns while its table shrinks. */
import { useMemo } from 'react';
import { fullDataName, mayBeSame } from '../../experiment/same-data';
import { aucObstacle } from '../../experiment/unmeasured';
import type { RunView } from '../../store/run';
import { usePlayground } from '../../store/use-playground';
import { ChartFigure, type LegendEntry } from './ChartFigure';
import { type Column, DataTable } from './DataTable';
import { emptyWords } from './emptyWords';
import { QualityPlot } from './lazyPlots';
import { mergeQuality, type QualityRow } from './qualityRows';
import { useRunInTurn } from './useRunInTurn';

const LEGEND: readonly LegendEntry[] = [
  { label: 'train loss', color: 'var(--chart-loss)', shape: 'line' },
  { label: 'validation logloss', color: 'var(--chart-logloss)', shape: 'line' },
  { label: 'validation AUC (right)', color: 'var(--chart-auc)', shape: 'line' },
];
const CEILING: LegendEntry = { label: 'AUC of the true model', color: 'var(--chart-auc)', shape: 'dashes' };

const COLUMNS: readonly Column<QualityRow>[] = [
  { name: 'Step', read: ({ step }) => step },
  { name: 'Epoch', read: ({ epoch }) => epoch },
  { name: 'Train loss', read: ({ trainLoss }) => trainLoss },
  { name: 'Validation AUC', read: ({ auc }) => auc },
  { name: 'Validation logloss', read: ({ logloss }) => logloss },
];

export function QualityFigure() {
  const { run, isBehind } = useRunInTurn();
  const { losses, evaluations, start, status } = run;
  const ceiling = usePlayground(({ dataset }) =>
    dataset && (!start || mayBeSame(start.dataset, dataset.summary)) ? dataset.plantedAuc : null,
  );
  const rows = useMemo(() => mergeQuality(losses.points, evaluations.points), [losses, evaluations]);

  const data = fullDataName(start?.dataset);
  return (
    <ChartFigure
      isBehind={isBehind}
      title="Training quality"
      data={data}
      caption={`${describeAuc(start)} A widening gap between the two losses is overfitting.`}
      legend={ceiling === null ? LEGEND : [...LEGEND, CEILING]}
      emptyText={rows.length === 0 ? emptyWords(status, 'watch the model learn') : null}
      renderData={() => (
        <DataTable
          data={data}
          caption="Losses and validation metrics by step"
          columns={COLUMNS}
          rows={rows}
          keyOf={({ step }) => step}
        />
      )}
    >
      <QualityPlot rows={rows} ceiling={ceiling} />
    </ChartFigure>
  );
}

/** What the AUC means, or why there is none. */
function describeAuc(start: RunView['start']): string {
  const obstacle = start?.splitLabels ? aucObstacle('validation', start.splitLabels) : null;
  return obstacle === null ? 'Validation AUC: 0.5 is guessing.' : `There is no validation AUC: ${obstacle}.`;
}
