/** Reads a table whose columns are known beforehand and never quoted: what Criteo and Avazu share. */
import type { Dataset } from '../dataset';
import type { Origin } from '../origin';
import type { Content } from '../source/content';
import { Turns } from '../source/turns';
import { readByteRows } from '../table/byte-rows';
import type { TablePlan, TextShape } from '../table/plan';
import { TableEncoder } from '../table/table-encoder';
import type { LoadOptions, LoadProgress } from './format';
import { ReadingReport } from './reading-report';

/** The separator is one byte. */
export type FixedShape = Pick<TextShape, 'separator' | 'header'>;

/** @param name what the page calls the file. */
export async function readFixedTable(
  name: string,
  content: Content,
  shape: FixedShape,
  plan: TablePlan,
  notes: readonly string[],
  origin: Origin,
  options: LoadOptions,
  onProgress: LoadProgress,
): Promise<Dataset> {
  const encoder = new TableEncoder(content.name, { ...plan, rare: options.rare ?? plan.rare }, options.limit);
  const report = new ReadingReport(content, options, onProgress, () => encoder.rowsRead);
  const separator = shape.separator.charCodeAt(0);
  await readByteRows(content, separator, report, (cells) => {
    if (shape.header && cells.line === 1) return true;
    cells.lines = cells.count === plan.columns.length ? 1 : 1 + cells.returns;
    return encoder.add(cells);
  });
  return encoder.finish(name, notes, origin, new Turns(options.signal), report.onField);
}
