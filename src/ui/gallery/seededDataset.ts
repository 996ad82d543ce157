/** Data sets for the examples: fields of given sizes whose features occur as in clicks, a few often and most seldom. */
import { createRandom } from '../../data/random';
import { packStrings } from '../../data/strings';
import type { LoadedDataset } from '../../worker/protocol';

interface DatasetSketch {
  readonly name: string;
  readonly rows: number;
  readonly fields: readonly (readonly [name: string, features: number])[];
  /** Whether it is generated, so that true ranks and the AUC of the true model are known. */
  readonly hasTruth?: boolean;
}

const MAX_RANK = 8;

/** The same sketch always gives the same data set. */
export function seededDataset({
  name,
  rows,
  fields: sketched,
  hasTruth = false,
}: DatasetSketch): LoadedDataset {
  const random = createRandom(1, `gallery ${name}`);
  let offset = 0;
  const fields = sketched.map(([fieldName, features]) => {
    offset += features;
    return { name: fieldName, features, offset: offset - features };
  });
  const frequencies = new Uint32Array(offset);
  const ranks = new Uint8Array(offset);
  for (const { features, offset: first } of fields) {
    let all = 0;
    for (let code = 0; code < features; code++) all += 1 / (code + 2);
    for (let code = 0; code < features; code++) {
      const share = 1 / (code + 2) / all;
      frequencies[first + code] = Math.max(1, Math.round(rows * share * (0.8 + 0.4 * random.uniform())));
      ranks[first + code] = Math.round(MAX_RANK * Math.max(0, 1 - code / (0.6 * features)));
    }
  }
  return {
    summary: {
      name,
      rows,
      splitRows: { train: rows * 0.8, validation: rows * 0.1, test: rows * 0.1 },
      fields,
      features: offset,
      positiveRate: 0.52,
      notes: [],
      fingerprint: fingerprintOf(name),
    },
    frequencies,
    valueNames: fields.map(({ features }) =>
      packStrings(Array.from({ length: features }, (_, code) => `value ${code}`)),
    ),
    rare: fields.map(() => null),
    leaks: [],
    plantedRanks: hasTruth ? ranks : null,
    plantedAuc: hasTruth ? 0.832 : null,
  };
}

/** Sixteen digits that only this name has. */
function fingerprintOf(name: string): string {
  const random = createRandom(1, `fingerprint ${name}`);
  return Array.from({ length: 16 }, () => random.index(16).toString(16)).join('');
}

/** As the generated sample. */
export const SAMPLE = seededDataset({
  name: 'Generated sample',
  rows: 100_000,
  fields: [
    ['user', 2_000],
    ['item', 1_000],
    ['genre', 18],
    ['age', 7],
    ['gender', 2],
    ['noise', 50],
  ],
  hasTruth: true,
});

/** As Criteo: 13 numbers and 26 categories. */
export const MANY_FIELDS = seededDataset({
  name: 'criteo.txt',
  rows: 500_000,
  fields: Array.from({ length: 39 }, (_, f) => [
    f < 13 ? `I${f + 1}` : `C${f - 12}`,
    f < 13 ? 20 + f : 30 + 17 * ((f * 7) % 26),
  ]),
});

export const LONG_NAMES = seededDataset({
  name: 'clickstream_export_of_the_recommendation_service_2026-11-27_full_history.csv.gz',
  rows: 40_000,
  fields: [
    ['user_identifier_hashed_with_daily_salt', 800],
    ['item_category_path_third_level', 90],
    ['Zeitpunkt der letzten Sitzung (gerundet auf Stunden)', 24],
    ['用户最近一次点击的商品所属的类目', 60],
  ],
});

export const ONE_FIELD = seededDataset({ name: 'one.csv', rows: 2_000, fields: [['word', 120]] });
