/** "Training quality" in its states. */
import { QualityFigure } from '../../charts/QualityFigure';
import type { ExampleSet } from '../example';
import { Page } from '../Page';
import { MANY_FIELDS, SAMPLE } from '../seededDataset';
import { seededRun } from '../seededRun';

const search = seededRun({ dataset: SAMPLE });
const beginning = seededRun({ dataset: SAMPLE, reports: 0 });
const noCeiling = seededRun({ dataset: MANY_FIELDS, auc: 0.74 });
const worseThanGuessing = seededRun({ dataset: MANY_FIELDS, auc: 0.38 });
const oneClass = seededRun({
  dataset: MANY_FIELDS,
  auc: null,
  splitLabels: { train: [4_000, 12], validation: [500, 0], test: [499, 1] },
});

export const QUALITY_EXAMPLES: ExampleSet = {
  title: 'Training quality',
  pictures: {
    'generated data, whose true model is known': () => (
      <Page run={search} dataset={SAMPLE}>
        <QualityFigure />
      </Page>
    ),
    'data of a file': () => (
      <Page run={noCeiling} dataset={MANY_FIELDS}>
        <QualityFigure />
      </Page>
    ),
    'before the first step': () => (
      <Page run={beginning} dataset={SAMPLE}>
        <QualityFigure />
      </Page>
    ),
    'an AUC below one half': () => (
      <Page run={worseThanGuessing} dataset={MANY_FIELDS}>
        <QualityFigure />
      </Page>
    ),
    'one label alone in validation': () => (
      <Page run={oneClass} dataset={MANY_FIELDS}>
        <QualityFigure />
      </Page>
    ),
  },
  words: {
    'nothing trained': () => (
      <Page dataset={SAMPLE}>
        <QualityFigure />
      </Page>
    ),
  },
};
