/**
 * Criteo Display Advertising as Kaggle published it (train.txt): no header, 40 columns between tabs: the label, 13
 * counts, 26 categories as hexadecimal hashes; any of them but the label may be empty. Buckets and rare values as in the
 * official code of PEP.
 */
import { UserError } from '../errors';
import type { Origin } from '../origin';
import { OFFICIAL_RARE, type TableSpec, ZERO_ONE } from '../table/table-spec';
import { type FixedShape, readFixedTable } from './fixed-table';
import type { DatasetFormat } from './format';

const LABEL = 'Criteo Display Advertising (train.txt: 40 columns between tabs)';
const COUNTS = 13;
const CATEGORIES = 26;

const SHAPE: FixedShape = { separator: '\t', header: false };
const SPEC: TableSpec = {
  columns: [
    { name: 'label', role: 'label' },
    ...Array.from({ length: COUNTS }, (_, i) => ({ name: `I${i + 1}`, role: 'log' as const })),
    ...Array.from({ length: CATEGORIES }, (_, i) => ({ name: `C${i + 1}`, role: 'category' as const })),
  ],
  label: ZERO_ONE,
  rare: OFFICIAL_RARE,
};
const NOTES = ['Counts above 2 are in buckets of ⌊(ln v)²⌋, as in the official code.'];
const ORIGIN: Origin = { format: 'Criteo', label: 'click = 1' };

const COUNT = /^-?\d*$/;
const HASH = /^[0-9a-f]{0,8}$/;

export const criteoFormat: DatasetFormat = {
  id: 'criteo',
  label: LABEL,
  sniff(source) {
    if (source.kind !== 'text') return false;
    const [line] = new TextDecoder().decode(source.head).split('\n', 1);
    const cells = line.replace(/\r$/, '').split('\t');
    // Without its label it is still Criteo's, and refused by what it is.
    return isUnlabelled(cells) || (/^[01]$/.test(cells[0]) && isUnlabelled(cells.slice(1)));
  },
  async parse(source, options, onProgress) {
    if (source.kind !== 'text') throw new UserError(`${source.name} is not ${LABEL}.`);
    const [line] = new TextDecoder().decode(source.head).split('\n', 1);
    if (line.split('\t').length === COUNTS + CATEGORIES) {
      throw new UserError(
        `${source.name} is Criteo's test.txt: its rows have ${COUNTS + CATEGORIES} columns and no label, so nothing can be learned from it. Open train.txt.`,
      );
    }
    return readFixedTable(source.name, source.content, SHAPE, SPEC, NOTES, ORIGIN, options, onProgress);
  },
};

function isUnlabelled(cells: readonly string[]): boolean {
  return (
    cells.length === COUNTS + CATEGORIES &&
    cells.slice(0, COUNTS).every((cell) => COUNT.test(cell)) &&
    cells.slice(COUNTS).every((cell) => HASH.test(cell))
  );
}
