/** "Embedding dimension per feature" in its states, and the mask picture. */
import type { RunView } from '../../../store/run';
import type { LoadedDataset } from '../../../worker/protocol';
import { DimensionsFigure } from '../../dimensions/DimensionsFigure';
import { MaskPicture } from '../../dimensions/MaskPicture';
import { useRamp } from '../../dimensions/useRamp';
import { Card } from '../Card';
import type { ExampleSet } from '../example';
import { Page } from '../Page';
import { LONG_NAMES, MANY_FIELDS, ONE_FIELD, SAMPLE } from '../seededDataset';
import { seededRun } from '../seededRun';

const search = seededRun({ dataset: SAMPLE, left: 0.1 });
const beginning = seededRun({ dataset: SAMPLE, reports: 0 });
const nothingLeft = seededRun({ dataset: SAMPLE, left: 0 });
const longNames = seededRun({ dataset: LONG_NAMES, left: 0.3 });
const manyFields = seededRun({ dataset: MANY_FIELDS, left: 0.2 });
const oneField = seededRun({ dataset: ONE_FIELD, left: 0.3, config: { dimension: 64 } });

export const DIMENSION_EXAMPLES: ExampleSet = {
  title: 'Embedding dimension per feature',
  pictures: {
    'generated data, whose true ranks are known': () => (
      <Page run={search} dataset={SAMPLE}>
        <DimensionsFigure />
      </Page>
    ),
    'before the first step: everything is kept': () => (
      <Page run={beginning} dataset={SAMPLE}>
        <DimensionsFigure />
      </Page>
    ),
    'nothing left': () => (
      <Page run={nothingLeft} dataset={SAMPLE}>
        <DimensionsFigure />
      </Page>
    ),
    'long names': () => (
      <Page run={longNames} dataset={LONG_NAMES}>
        <DimensionsFigure />
      </Page>
    ),
    '39 fields': () => (
      <Page run={manyFields} dataset={MANY_FIELDS}>
        <DimensionsFigure />
      </Page>
    ),
    'one field, 64 dimensions': () => (
      <Page run={oneField} dataset={ONE_FIELD}>
        <DimensionsFigure />
      </Page>
    ),
    'the picture of a mask': () => <Mask run={search} dataset={SAMPLE} />,
    'the picture of a mask, 39 fields': () => <Mask run={manyFields} dataset={MANY_FIELDS} />,
    'the picture of a mask, long names': () => <Mask run={longNames} dataset={LONG_NAMES} />,
    'the picture of a mask of which nothing is left': () => <Mask run={nothingLeft} dataset={SAMPLE} />,
  },
  words: {
    'nothing trained': () => (
      <Page dataset={SAMPLE}>
        <DimensionsFigure />
      </Page>
    ),
  },
};

/** What the figure shows once *Picture* is chosen. */
function Mask({ run, dataset }: { readonly run: RunView; readonly dataset: LoadedDataset }) {
  const ramp = useRamp();
  const { latest, start } = run;
  if (!ramp || !start || !latest?.mask || !latest.dimensions) return null;
  const { mask, dimensions } = latest;
  const { dimension } = start.config;
  return (
    <Card>
      <MaskPicture dataset={dataset} mask={mask} dimensions={dimensions} dimension={dimension} ramp={ramp} />
    </Card>
  );
}
