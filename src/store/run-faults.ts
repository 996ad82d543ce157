/**
 * Whether the parts of a recorded run belong to one table: fields, counts, masks and dimensions against N × d. Pure; its
 * work is in proportion to the size of the record, whatever numbers stand in it.
 */
import { maskWords, type TableShape } from '../engine/table';
import type { RunStarted } from '../experiment/events';
import { featuresFault, sizeOf, tableSizeFault } from '../experiment/table-size';
import type { RecordedView, TablePoint } from './run-record';

export interface Fault {
  /** Where it is in the view. */
  readonly path: (string | number)[];
  readonly message: string;
}

/**
 * Entries by which a ticket's count may differ from its mask: a GPU counts and writes them by two programs, which may round
 * a threshold apart.
 */
const roundedApart = (entries: number) => 32 + entries / 1_000;

/** The first fault; null where there is none. */
export function faultOf(start: RunStarted, view: RecordedView): Fault | null {
  return (
    tableFault(start) ??
    countFault(start, view) ??
    first(view.table.points, (point, i) => pointFault(start, point, ['table', 'points', i])) ??
    ticketsFault(start, view) ??
    latestFault(start, view)
  );
}

/** Fields one after the other, that make up the table. */
function tableFault(start: RunStarted): Fault | null {
  const { dataset, tableSize } = start;
  const { fields, features } = dataset;
  let offset = 0;
  for (const [f, field] of fields.entries()) {
    if (field.offset !== offset) {
      return fault(
        ['start', 'dataset', 'fields', f, 'offset'],
        `must be ${offset}, where the field before it ends`,
      );
    }
    offset += field.features;
  }
  const strange = featuresFault(fields, features);
  if (strange) return fault(['start', 'dataset', 'features'], strange);
  const misfit = tableSizeFault(sizeOf(start), tableSize);
  return misfit ? fault(['start', 'tableSize'], misfit) : null;
}

/** Nothing has more parameters than the table; the result is that of this table. */
function countFault({ tableSize, config }: RunStarted, view: RecordedView): Fault | null {
  const { table, tickets, latest, parameters, finish } = view;
  const beyond = (count: number, ...path: Fault['path']) =>
    count > tableSize ? fault(path, `is more than the table's ${tableSize}`) : null;
  const result = finish?.result ?? null;
  if (result !== null && result.dimension !== config.dimension) {
    return fault(['finish', 'result', 'dimension'], `must be ${config.dimension}, as in the settings`);
  }
  return (
    beyond(parameters ?? 0, 'parameters') ??
    beyond(result?.parameters ?? 0, 'finish', 'result', 'parameters') ??
    beyond(latest?.parameters ?? 0, 'latest', 'parameters') ??
    first(table.points, (point, i) => beyond(point.parameters, 'table', 'points', i, 'parameters')) ??
    first(tickets, (ticket, i) => beyond(ticket.parameters, 'tickets', i, 'parameters'))
  );
}

/** Numbers by field: one for each, one for all, or (of a document) none. */
function pointFault(
  { dataset }: RunStarted,
  { threshold, push }: TablePoint,
  path: Fault['path'],
): Fault | null {
  const fields = dataset.fields.length;
  const means = threshold?.fieldMeans.length ?? 0;
  if (means !== 0 && means !== fields) {
    return fault([...path, 'threshold', 'fieldMeans'], `must have ${fields} numbers, one a field`);
  }
  if (push === null) return null;
  const groups = push.groupData.length;
  if (push.groupDecay.length === groups && (groups === 1 || groups === fields)) return null;
  return fault([...path, 'push', 'groupData'], `must have one number, or ${fields}, as many as groupDecay`);
}

/** Each target once, in the order in which they were met. */
function ticketsFault(start: RunStarted, { tickets }: RecordedView): Fault | null {
  const targets = tickets.map(({ target }) => target);
  return first(tickets, ({ target, step, parameters, mask }, i) => {
    const path = ['tickets', i];
    if (targets.indexOf(target) < i) return fault([...path, 'target'], `${target} is there twice`);
    if (i > 0 && step < tickets[i - 1].step) return fault([...path, 'step'], 'the steps do not rise');
    const misfit = maskFault(start, mask, [...path, 'mask']);
    if (misfit) return misfit;
    return Math.abs(countOnes(mask) - parameters) > roundedApart(start.tableSize)
      ? fault([...path, 'parameters'], 'is not what the mask keeps')
      : null;
  });
}

function latestFault(start: RunStarted, { latest }: RecordedView): Fault | null {
  if (!latest) return null;
  const { dataset, config } = start;
  const { mask, dimensions, parameters } = latest;
  const misfit = pointFault(start, latest, ['latest']);
  if (misfit) return misfit;
  if (mask === null || dimensions === null) {
    return mask === dimensions
      ? null
      : fault(['latest', 'dimensions'], 'must be there if and only if the mask is');
  }
  const strange = maskFault(start, mask, ['latest', 'mask']);
  if (strange) return strange;
  if (dimensions.length !== dataset.features) {
    return fault(['latest', 'dimensions'], `must have ${dataset.features} numbers, one a feature`);
  }
  let sum = 0;
  for (const [feature, count] of dimensions.entries()) {
    sum += count;
    if (count > config.dimension) {
      return fault(['latest', 'dimensions', feature], `is more than ${config.dimension}`);
    }
  }
  return sum === parameters && countOnes(mask) === parameters
    ? null
    : fault(['latest', 'parameters'], 'is not what the mask and the dimensions keep');
}

function maskFault({ dataset, config, tableSize }: RunStarted, mask: Uint32Array, path: Fault['path']) {
  const shape: TableShape = {
    features: dataset.features,
    fields: dataset.fields.length,
    dimension: config.dimension,
  };
  const words = maskWords(shape);
  if (mask.length !== words)
    return fault(path, `must have ${words} words, a bit for each of ${tableSize} numbers`);
  const spare = 32 * words - tableSize;
  return spare > 0 && mask[words - 1] >>> (32 - spare) !== 0 ? fault(path, 'goes beyond the table') : null;
}

function countOnes(mask: Uint32Array): number {
  let count = 0;
  for (let word of mask) {
    // Sums of 2, 4 and 8 bits side by side; the product adds up the bytes.
    word -= (word >>> 1) & 0x55555555;
    word = (word & 0x33333333) + ((word >>> 2) & 0x33333333);
    count += Math.imul((word + (word >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
  }
  return count;
}

function fault(path: Fault['path'], message: string): Fault {
  return { path, message };
}

/** The first fault among the items. */
function first<Item>(items: readonly Item[], check: (item: Item, i: number) => Fault | null): Fault | null {
  for (const [i, item] of items.entries()) {
    const found = check(item, i);
    if (found) return found;
  }
  return null;
}
