/** What the page says of a run beside its charts, in its states. */
import { AccountingCard } from '../../run/AccountingCard';
import { ResultCard } from '../../run/ResultCard';
import { RunProgress } from '../../run/RunProgress';
import { StatusLine } from '../../run/StatusLine';
import { TicketTable } from '../../run/TicketTable';
import { Card } from '../Card';
import type { ExampleSet } from '../example';
import { Page } from '../Page';
import { LONG_NAMES, MANY_FIELDS, SAMPLE } from '../seededDataset';
import { seededExperiment, seededSavedRun } from '../seededExperiment';
import { seededRun } from '../seededRun';

const search = seededRun({ dataset: SAMPLE });
const underWay = seededRun({ dataset: SAMPLE, reports: 40 });
const unmeasured = seededRun({ dataset: MANY_FIELDS, auc: null });
const uniform = seededRun({ dataset: SAMPLE, kind: 'uniform', left: 1, config: { scheme: 'uniform' } });
const longNames = seededRun({ dataset: LONG_NAMES, left: 0.2 });
const experiment = seededExperiment({ dataset: SAMPLE });
const searchAlone = [seededSavedRun({ dataset: SAMPLE }, 'search')];

export const RESULT_EXAMPLES: ExampleSet = {
  title: 'Result',
  isWide: true,
  pictures: {},
  words: {
    'a search': () => (
      <Page run={search} dataset={SAMPLE}>
        <ResultCard />
      </Page>
    ),
    'an AUC that cannot be computed': () => (
      <Page run={unmeasured} dataset={MANY_FIELDS}>
        <ResultCard />
      </Page>
    ),
    'a long name': () => (
      <Page run={longNames} dataset={LONG_NAMES}>
        <ResultCard />
      </Page>
    ),
  },
};

export const TICKET_EXAMPLES: ExampleSet = {
  title: 'Tickets',
  isWide: true,
  pictures: {},
  words: {
    'a search alone': () => (
      <Page runs={searchAlone} experiment="experiment 1" dataset={SAMPLE}>
        <TicketTable />
      </Page>
    ),
    'a full experiment': () => (
      <Page runs={experiment} experiment="experiment 1" dataset={SAMPLE}>
        <TicketTable />
      </Page>
    ),
    'of another data set': () => (
      <Page runs={experiment} experiment="experiment 1" dataset={LONG_NAMES}>
        <TicketTable />
      </Page>
    ),
  },
};

export const ACCOUNTING_EXAMPLES: ExampleSet = {
  title: 'Accounting',
  isWide: true,
  pictures: {},
  words: {
    'a search': () => (
      <Page run={search}>
        <AccountingCard />
      </Page>
    ),
    'a uniform embedding': () => (
      <Page run={uniform}>
        <AccountingCard />
      </Page>
    ),
  },
};

export const STATUS_EXAMPLES: ExampleSet = {
  title: 'Status',
  isWide: true,
  pictures: {},
  words: {
    'nothing trained': () => (
      <Page dataset={SAMPLE}>
        <Card>
          <StatusLine />
          <RunProgress />
        </Card>
      </Page>
    ),
    'under way': () => (
      <Page run={underWay} dataset={SAMPLE}>
        <Card>
          <StatusLine />
          <RunProgress />
        </Card>
      </Page>
    ),
    finished: () => (
      <Page run={search} dataset={SAMPLE}>
        <Card>
          <StatusLine />
          <RunProgress />
        </Card>
      </Page>
    ),
    failed: () => (
      <Page run={{ ...underWay, status: 'failed', error: 'The loss is not a number.' }} dataset={SAMPLE}>
        <Card>
          <StatusLine />
          <RunProgress />
        </Card>
      </Page>
    ),
  },
};
