/** A document of results is read where all of it can be, else refused with the place that is wrong. */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { readExperiments } from '../../src/experiment/document';

// biome-ignore lint/suspicious/noExplicitAny: a file holds anything.
type Json = any;

const text = gunzipSync(readFileSync('test/fixtures/v0.1/plain.json.gz')).toString();

it.each<[string, (document: Json) => void, RegExp]>([
  ['no settings', (document) => delete document.config, /^config: there is none/],
  ['a setting out of bounds', ({ config }) => (config.epochs = 0), /^config\.epochs: Epochs must be/],
  ['half a row', ({ dataset }) => (dataset.rows = 0.5), /^dataset\.rows: must be a whole number/],
  ['a feature too many', ({ dataset }) => dataset.features++, /^dataset\.features: must be 56/],
  ['another table', ({ search }) => search.tableSize++, /^search\.tableSize: must be 56 × 4/],
  [
    'a table that no machine holds',
    ({ dataset, search }) => {
      Object.assign(dataset, { features: 1e9, fields: [{ name: 'all', features: 1e9 }] });
      search.tableSize = 4e9;
    },
    /^search\.tableSize: is more than a machine can hold/,
  ],
  [
    'steps that fall',
    ({ search }) => search.trajectory.reverse(),
    /^search\.trajectory\.1\.step: the steps do not rise/,
  ],
  [
    'more left than there was',
    ({ search }) => (search.trajectory[1].parameters = 225),
    /^search\.trajectory\.1\.parameters: is more than the table's 224/,
  ],
])('a document with %s is refused, and says where', (_name, damage, reason) => {
  const document = JSON.parse(text);
  damage(document);
  expect(() => readExperiments(JSON.stringify(document))).toThrow(reason);
});

it('what only a later version knows of an experiment stays in it', () => {
  const document = JSON.parse(text);
  document.search.trajectory[0].later = document.config.later = [1];
  const [{ search, config }] = readExperiments(JSON.stringify(document));
  expect([search.trajectory[0], config]).toEqual([
    expect.objectContaining({ later: [1] }),
    expect.objectContaining({ later: [1] }),
  ]);
});
