/** "Parameter savings" in its states. */
import { SavingsFigure } from '../../charts/SavingsFigure';
import type { ExampleSet } from '../example';
import { Page } from '../Page';
import { LONG_NAMES, ONE_FIELD, SAMPLE } from '../seededDataset';
import { seededRun } from '../seededRun';

const search = seededRun({ dataset: SAMPLE });
const beginning = seededRun({ dataset: SAMPLE, reports: 0 });
const closeTargets = seededRun({
  dataset: SAMPLE,
  left: 0.3,
  config: { targets: [30_000, 29_000, 28_500, 20_000, 1_000] },
});
const noTargets = seededRun({ dataset: LONG_NAMES, left: 0.2, config: { targets: [] } });
const nothingLeft = seededRun({
  dataset: ONE_FIELD,
  left: 0,
  config: { dimension: 4, targets: [200, 100, 1] },
});
const ticket = seededRun({ dataset: SAMPLE, kind: 'ticket', left: 0.1 });
const uniform = seededRun({ dataset: SAMPLE, kind: 'uniform', left: 1, config: { scheme: 'uniform' } });

export const SAVINGS_EXAMPLES: ExampleSet = {
  title: 'Parameter savings',
  pictures: {
    'a search with all of its tickets': () => (
      <Page run={search}>
        <SavingsFigure />
      </Page>
    ),
    'before the first step': () => (
      <Page run={beginning}>
        <SavingsFigure />
      </Page>
    ),
    'targets close to each other, two of them not met': () => (
      <Page run={closeTargets}>
        <SavingsFigure />
      </Page>
    ),
    'no targets': () => (
      <Page run={noTargets}>
        <SavingsFigure />
      </Page>
    ),
    'nothing left of a small table': () => (
      <Page run={nothingLeft}>
        <SavingsFigure />
      </Page>
    ),
    'a retrained ticket: a level line': () => (
      <Page run={ticket}>
        <SavingsFigure />
      </Page>
    ),
    'a uniform embedding: a level line at the top': () => (
      <Page run={uniform}>
        <SavingsFigure />
      </Page>
    ),
  },
  words: {
    'nothing trained': () => (
      <Page>
        <SavingsFigure />
      </Page>
    ),
  },
};
