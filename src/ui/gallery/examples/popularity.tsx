/** The popularity plot of "Know your data" in its states. */
import { profileDataset } from '../../../data/profile';
import type { LoadedDataset } from '../../../worker/protocol';
import { PopularityPlot } from '../../setup/data/PopularityPlot';
import { Card } from '../Card';
import type { ExampleSet } from '../example';
import { MANY_FIELDS, ONE_FIELD, SAMPLE } from '../seededDataset';

function popularityOf({ summary, frequencies, rare }: LoadedDataset) {
  return profileDataset({ ...summary, frequencies, rare }).popularity;
}

const sample = popularityOf(SAMPLE);
const manyFields = popularityOf(MANY_FIELDS);
const oneField = popularityOf(ONE_FIELD);
/** As of all of Criteo: 45 million rows, 33 million features, of which most are seen once. */
const criteo = Array.from({ length: 120 }, (_, k) => {
  const rank = Math.round(33e6 ** (k / 119));
  return { rank, rows: Math.max(1, Math.round(45e6 / rank)) };
});

export const POPULARITY_EXAMPLES: ExampleSet = {
  title: 'Popularity: head and tail',
  pictures: {
    'the generated sample': () => (
      <Card>
        <PopularityPlot points={sample} />
      </Card>
    ),
    '39 fields': () => (
      <Card>
        <PopularityPlot points={manyFields} />
      </Card>
    ),
    'one field': () => (
      <Card>
        <PopularityPlot points={oneField} />
      </Card>
    ),
    'tens of millions': () => (
      <Card>
        <PopularityPlot points={criteo} />
      </Card>
    ),
    'two features': () => (
      <Card>
        <PopularityPlot
          points={[
            { rank: 1, rows: 7 },
            { rank: 2, rows: 0 },
          ]}
        />
      </Card>
    ),
  },
};
