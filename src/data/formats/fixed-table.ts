/** Reads a table whose columns are known beforehand and never quoted: what Criteo and Avazu share. */
import type { Dataset } from '../dataset';
import type { Origin } from '../origin';
import type { Content } from '../source/content';
import { Turns } from '../source/turns';
import { readByteRows } from '../table/byte-rows';
import type { Cells } from '../table/cells';
import type { TablePlan, TextShape } from '../table/plan';
import { TableEncoder } from '../table/table-encoder';
import type { LoadOptions, LoadProgress } from './format';
import { ReadingReport } from './reading-report';

const RETURN = 0x0d;

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
    cells.lines = cells.count === plan.columns.length ? 1 : 1 + returnsIn(cells);
    return encoder.add(cells);
  });
  return encoder.finish(name, notes, origin, new Turns(options.signal), report.onField);
}

/** Rows that only a \r of its own parts have run together: each is a line that is lost. */
function returnsIn({ bytes, starts, ends, count }: Cells): number {
  let returns = 0;
  for (let at = starts[0]; at < ends[count - 1]; at++) if (bytes[at] === RETURN) returns++;
  return returns;
}
