/** Small real files that once trained on something other than what they say, with what is in them, counted elsewhere. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Dataset, positiveRate } from '../../../src/data/dataset';
import { UserError } from '../../../src/data/errors';
import { type ChoiceChanges, changeChoices } from '../../../src/data/formats/delimited/choices';
import { inspectFiles, loadDataset } from '../../../src/data/load';
import { profileWhole } from '../../../src/data/profile';
import { Yielder } from '../../../src/data/source/yielder';
import type { TextShape } from '../../../src/data/table/table-spec';

const FOLDER = new URL('../../../../shared/cases/', import.meta.url);

interface Told {
  readonly changes?: Partial<ChoiceChanges>;
  readonly shape?: Partial<TextShape>;
}

async function load(name: string, { changes = {}, shape = {} }: Told = {}): Promise<Dataset> {
  const file = new File([readFileSync(new URL(name, FOLDER))], name);
  const found = await inspectFiles([file], shape);
  const table = found.kind === 'table' ? changeChoices(found.preview, { roles: [], ...changes }) : null;
  return loadDataset(file, { withIds: false, ...(table && { table }) }, () => {});
}

interface Right {
  readonly rows: number;
  /** Share of label 1. */
  readonly rate: number;
  /** Features of each field, in the order of the file. */
  readonly fields?: Readonly<Record<string, number>>;
  /** Part of a note or a warning. */
  readonly said?: string;
}

describe.skipIf(!existsSync(FOLDER))('real small files (skipped where ../shared/cases is absent)', () => {
  const USER_AD = { uid_id: 9, ad_id: 7 };
  const USER_ITEM = { user_id: 9, item_id: 7 };

  it.each<[string, Told, Right]>([
    ['label-values-after-row-1000.csv', {}, { rows: 2_000, rate: 0.7, fields: USER_ITEM }],
    ['rating-with-NA.csv', {}, { rows: 196, rate: 76 / 196, said: '4 rows have no label in rating' }],
    ['label-nan-20pct.csv', {}, { rows: 160, rate: 0.5, said: '40 rows have no label in label' }],
    ['crlf-then-lf.csv', {}, { rows: 200, rate: 0.5, fields: { user_id: 9, city: 3 } }],
    ['date-yyyymmdd.csv', {}, { rows: 280, rate: 0.5, fields: { uid: 9, date: 28 } }],
    ['lowercase-ids.csv', {}, { rows: 300, rate: 0.4, fields: { userid: 40, movieid: 60 } }],
    [
      'recbole-typed-header.inter',
      {},
      { rows: 300, rate: 0.4, fields: { user_id: 40, item_id: 60, timestamp: 32 } },
    ],
    ['user-unique-in-first-1000.csv', {}, { rows: 2_200, rate: 0.5, fields: { user_hash: 1_000, item: 7 } }],
    [
      'amazon-ratings-headerless.csv',
      { changes: { label: 'column 3' } },
      { rows: 2_100, rate: 0.4, fields: { 'column 1': 1_100, 'column 2': 264, 'column 4': 32 } },
    ],
    ['number-with-NA.csv', {}, { rows: 400, rate: 0.5, fields: { uid_id: 9, age: 33 } }],
    ['seaborn-titanic-first-300.csv', {}, { rows: 300, rate: 0.36, said: 'alive alone tells the label' }],
    ['multi-valued-genres.csv', {}, { rows: 200, rate: 0.5, said: 'genres holds lists' }],
    ['label-sorted.csv', {}, { rows: 1_300, rate: 300 / 1_300, fields: USER_AD }],
    ['space-separated.txt', { changes: { label: 'column 3', positive: ['>3'] } }, { rows: 60, rate: 0.4 }],
    ['double-colon.dat', { changes: { label: 'column 3', positive: ['>3'] } }, { rows: 60, rate: 0.4 }],
    ['trailing-comma.csv', {}, { rows: 60, rate: 0.5, fields: USER_ITEM }],
    [
      'R-row-names.csv',
      {},
      { rows: 60, rate: 0.5, fields: USER_ITEM, said: "Left out: row names (R's names of the rows)" },
    ],
    ['comment-lines.csv', {}, { rows: 60, rate: 0.5, fields: USER_ITEM }],
    ['decimal-comma.csv', {}, { rows: 200, rate: 0.5, fields: { kunde: 9, preis: 32 } }],
    [
      'column-name-with-comma.csv',
      { changes: { roles: [{ role: 'ignore', names: ['price, EUR'] }] } },
      { rows: 100, rate: 0.5, said: 'Left out: price, EUR (as chosen)' },
    ],
    ['csv-with-readme.zip', {}, { rows: 100, rate: 0.5 }],
    ['dac.tar.gz', {}, { rows: 200, rate: 0.245 }],
    ['ml-10m-layout.zip', {}, { rows: 4, rate: 0.5 }],
  ])('%s', async (name, told, { rows, rate, fields, said }) => {
    const dataset = await load(name, told);
    expect(dataset.rows).toBe(rows);
    expect(positiveRate(dataset)).toBeCloseTo(rate, 6);
    if (fields) {
      expect(Object.fromEntries(dataset.fields.map((field) => [field.name, field.size]))).toEqual(fields);
    }
    const { warnings } = await profileWhole(dataset, new Yielder(undefined));
    if (said) expect([...dataset.notes, ...warnings].join(' ')).toContain(said);
    expect(dataset.notes.join(' ')).not.toContain('skipped');
  });

  it('criteo-test-without-label.txt is refused as what it is', async () => {
    const error = await load('criteo-test-without-label.txt').catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(UserError);
    expect((error as UserError).message).toBe(
      "criteo-test-without-label.txt is Criteo's test.txt: its rows have 39 columns and no label, so nothing can be learned from it. Open train.txt.",
    );
  });

  it('wide-header-over-256k.csv.gz has all of its columns', async () => {
    const file = new File([readFileSync(new URL('wide-header-over-256k.csv.gz', FOLDER))], 'wide.csv.gz');
    const found = await inspectFiles([file]);
    if (found.kind !== 'table') throw new Error(found.kind);
    expect(found.preview.columns).toHaveLength(60_001);
  }, 180_000);
});
