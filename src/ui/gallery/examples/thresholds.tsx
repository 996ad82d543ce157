/** "Threshold evolution" in its states. */
import { IDLE_RUN } from '../../../store/run';
import { FIELD_COLORS } from '../../charts/axis';
import { ThresholdFigure } from '../../charts/ThresholdFigure';
import { ThresholdPlot } from '../../charts/ThresholdPlot';
import { Card } from '../Card';
import type { ExampleSet } from '../example';
import { Page } from '../Page';
import { MANY_FIELDS, SAMPLE } from '../seededDataset';
import { seededRun } from '../seededRun';

const search = seededRun({ dataset: SAMPLE });
const manyFields = seededRun({ dataset: MANY_FIELDS, left: 0.1 });
const beginning = seededRun({ dataset: SAMPLE, reports: 0 });
const early = seededRun({ dataset: SAMPLE, reports: 12 });
const decayed = seededRun({ dataset: SAMPLE, left: 0, isDecayed: true });
const uniform = seededRun({ dataset: SAMPLE, kind: 'uniform', config: { scheme: 'uniform' } });
const ticket = seededRun({ dataset: SAMPLE, kind: 'ticket', left: 0.1 });

const eightFields = MANY_FIELDS.summary.fields.slice(0, 8).map(({ name }, index) => ({
  name,
  index,
  color: FIELD_COLORS[index],
}));

export const THRESHOLD_EXAMPLES: ExampleSet = {
  title: 'Threshold evolution',
  pictures: {
    'a search with all of its tickets': () => (
      <Page run={search}>
        <ThresholdFigure />
      </Page>
    ),
    'before the first step': () => (
      <Page run={beginning}>
        <ThresholdFigure />
      </Page>
    ),
    'before the first ticket, paused': () => (
      <Page run={{ ...early, status: 'paused' }}>
        <ThresholdFigure />
      </Page>
    ),
    'weights that decay to nothing': () => (
      <Page run={decayed}>
        <ThresholdFigure />
      </Page>
    ),
    'the lines of eight fields': () => (
      <Card>
        <ThresholdPlot
          points={manyFields.table.points}
          tickets={manyFields.tickets}
          shownFields={eightFields}
        />
      </Card>
    ),
  },
  words: {
    'nothing trained': () => (
      <Page>
        <ThresholdFigure />
      </Page>
    ),
    'just started': () => (
      <Page run={{ ...IDLE_RUN, status: 'starting' }}>
        <ThresholdFigure />
      </Page>
    ),
    'a uniform embedding': () => (
      <Page run={uniform}>
        <ThresholdFigure />
      </Page>
    ),
    'a retrained ticket': () => (
      <Page run={ticket}>
        <ThresholdFigure />
      </Page>
    ),
  },
};
