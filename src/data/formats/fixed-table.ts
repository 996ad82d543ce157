/** Reads a table whose columns are known beforehand and never quoted: what Criteo and Avazu share. */
import type { Dataset } from '../dataset';
import type { Origin } from '../origin';
import type { Content } from '../source/content';
import { Yielder } from '../source/yielder';
import { readByteRows } from '../table/byte-rows';
import { TableEncoder } from '../table/table-encoder';
import type { TableSpec, TextShape } from '../table/table-spec';
import type { LoadOptions, LoadProgress } from './format';
import { ReadingProgress } from './reading-progress';

/** The separator is one byte. */
export type FixedShape = Pick<TextShape, 'separator' | 'header'>;

/** @param name what the page calls the file. */
export async function readFixedTable(
  name: string,
  content: Content,
  shape: FixedShape,
  spec: TableSpec,
  notes: readonly string[],
  origin: Origin,
  options: LoadOptions,
  onProgress: LoadProgress,
): Promise<Dataset> {
  const encoder = new TableEncoder(content.name, { ...spec, rare: options.rare ?? spec.rare }, options.limit);
  const progress = new ReadingProgress(content, options, onProgress, () => encoder.rowsRead);
  const separator = shape.separator.charCodeAt(0);
  await readByteRows(content, separator, progress, (cells) => {
    if (shape.header && cells.line === 1) return true;
    cells.lines = cells.count === spec.columns.length ? 1 : 1 + cells.returns;
    return encoder.add(cells);
  });
  return encoder.finish(name, notes, origin, new Yielder(options.signal), progress.onField);
}
