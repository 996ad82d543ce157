/**
 * Avazu as Kaggle published it (train.csv): a header, then id, click and 22 categories between commas. The id is unique
 * per row and left out; rare values as in the official code of PEP.
 */
import { UserError } from '../errors';
import type { Origin } from '../origin';
import { OFFICIAL_RARE, type TableSpec, ZERO_ONE } from '../table/table-spec';
import { type FixedShape, readFixedTable } from './fixed-table';
import type { DatasetFormat } from './format';

const LABEL = 'Avazu (train.csv: id, click, hour, C1 and so on)';

const CATEGORIES = [
  'hour',
  'C1',
  'banner_pos',
  'site_id',
  'site_domain',
  'site_category',
  'app_id',
  'app_domain',
  'app_category',
  'device_id',
  'device_ip',
  'device_model',
  'device_type',
  'device_conn_type',
  ...Array.from({ length: 8 }, (_, i) => `C${14 + i}`),
];

const SHAPE: FixedShape = { separator: ',', header: true };
const SPEC: TableSpec = {
  columns: [
    { name: 'id', role: 'ignore' },
    { name: 'click', role: 'label' },
    ...CATEGORIES.map((name) => ({ name, role: 'category' as const })),
  ],
  label: ZERO_ONE,
  rare: OFFICIAL_RARE,
};
const ORIGIN: Origin = { format: 'Avazu', label: 'click = 1' };
const HEADER = SPEC.columns.map(({ name }) => name).join();
const TEST_HEADER = HEADER.replace(',click,', ',');

function firstLine(head: Uint8Array): string {
  const [line] = new TextDecoder().decode(head).split('\n', 1);
  return line.replace(/\r$/, '');
}

export const avazuFormat: DatasetFormat = {
  id: 'avazu',
  label: LABEL,
  sniff(source) {
    if (source.kind !== 'text') return false;
    // Without its label it is still Avazu's, and refused by what it is.
    return [HEADER, TEST_HEADER].includes(firstLine(source.head));
  },
  async parse(source, options, onProgress) {
    if (source.kind !== 'text') throw new UserError(`${source.name} is not ${LABEL}.`);
    if (firstLine(source.head) === TEST_HEADER) {
      throw new UserError(
        `${source.name} is Avazu's test file: it has no column click, so nothing can be learned from it. Open the train file.`,
      );
    }
    return readFixedTable(source.name, source.content, SHAPE, SPEC, [], ORIGIN, options, onProgress);
  },
};
