/** How files are read, as typed: what it means to the worker, and how a kept data set tells of it. Pure. */
import { formatCount } from '../data/format-count';
import type { FileOptions, RowLimit, TableChoices } from '../worker/protocol';

/** How files are read, as typed. */
export interface ReadingSettings {
  readonly withIds: boolean;
  /** Keep what was read in this browser. */
  readonly keeps: boolean;
  /** Rare-value threshold; '': the format's own. */
  readonly rare: string;
  /** Most rows; '': all. */
  readonly rows: string;
  readonly pick: RowLimit['pick'];
}

export const FIRST_READING: ReadingSettings = {
  withIds: false,
  keeps: true,
  rare: '',
  rows: '',
  pick: 'first',
};

const LIMIT_SEED = 1;

/** `file`: which of several in an archive or a folder. `table`: what the user has said of its columns. */
export function fileOptions(
  { withIds, rare, rows, pick }: ReadingSettings,
  { file, table }: { readonly file: string | null; readonly table: TableChoices | null },
): FileOptions {
  const rareBelow = toCount(rare);
  const most = toCount(rows);
  return {
    withIds,
    ...(rareBelow !== null && { rare: rareBelow }),
    ...(most !== null && { limit: { rows: most, pick, seed: LIMIT_SEED } }),
    ...(file !== null && { file }),
    ...(table && { table }),
  };
}

/** What is unusual about how a data set was read: tells kept ones of the same name apart. */
export function describeReading({ withIds, rare, rows, pick }: ReadingSettings): string {
  const most = toCount(rows);
  return [
    ...(withIds ? ['with ids'] : []),
    ...(toCount(rare) === null ? [] : [`rare below ${rare}`]),
    ...(most === null ? [] : [`${pick} ${formatCount(most)} rows`]),
  ].join(', ');
}

/** A whole number above 0; null for anything else. */
function toCount(text: string): number | null {
  const value = Number(text.replaceAll(',', ''));
  return Number.isInteger(value) && value > 0 ? value : null;
}
