/** "What drives the thresholds" in its states. */
import { PushFigure } from '../../charts/PushFigure';
import { PushPlot } from '../../charts/PushPlot';
import { Card } from '../Card';
import type { ExampleSet } from '../example';
import { Page } from '../Page';
import { MANY_FIELDS, SAMPLE } from '../seededDataset';
import { seededRun } from '../seededRun';

const search = seededRun({ dataset: SAMPLE });
const oneThreshold = seededRun({ dataset: MANY_FIELDS, isGlobal: true, config: { granularity: 'global' } });
const beginning = seededRun({ dataset: SAMPLE, reports: 0 });
const uniform = seededRun({ dataset: SAMPLE, kind: 'uniform', config: { scheme: 'uniform' } });

/** Before the data is heard, and with s = 0, which decays no further. */
const stillRows = [0, 10, 20, 30].map((step) => ({
  step,
  epoch: step / 79,
  data: 0,
  decay: 0,
  share: 0,
  groupShares: [0],
}));

export const PUSH_EXAMPLES: ExampleSet = {
  title: 'What drives the thresholds',
  isWide: true,
  pictures: {
    'thresholds of every number': () => (
      <Page run={search}>
        <PushFigure />
      </Page>
    ),
    'one threshold for all': () => (
      <Page run={oneThreshold}>
        <PushFigure />
      </Page>
    ),
    'before the first step': () => (
      <Page run={beginning}>
        <PushFigure />
      </Page>
    ),
  },
  words: {
    'nothing that pushes: axes alone': () => (
      <Card>
        <PushPlot rows={stillRows} />
      </Card>
    ),
    'a uniform embedding': () => (
      <Page run={uniform}>
        <PushFigure />
      </Page>
    ),
    'nothing trained': () => (
      <Page>
        <PushFigure />
      </Page>
    ),
  },
};
