/**
 * Schemes that are one [N, d] table with something plugged between it and its reader: uniform embedding (nothing),
 * PEP (thresholds) and the retraining of a ticket (a mask). What differs between them is the plug.
 */
import { hasBit } from '../data/bits';
import type { Engine } from '../engine/engine';
import { hostTable, pluggedTable } from '../engine/host-table';
import { gradientsOf } from '../engine/parameter-groups';
import { pushShape } from '../engine/push/contract';
import { summarisePush } from '../engine/push/summary';
import type { StateEntry } from '../engine/state';
import { statsList, summarise } from '../engine/stats/summary';
import {
  type Granularity,
  maskWords,
  type Plug,
  type Table,
  thresholdIndexing,
  thresholdShape,
} from '../engine/table';
import { pruneTable } from '../export/pruned-table';
import { xavierUniform } from './initialise';
import { allocateOutput, type EmbeddingScheme, type SchemeContext, type Ticket } from './scheme';
import { countFeatures, plainSize } from './size';

/** A plain embedding of one width: V̂ = V. */
export function createUniformScheme(context: SchemeContext): EmbeddingScheme {
  return createTableScheme(context, { kind: 'none' }, xavierUniform(context.shape, context.seed));
}

/** PEP (ICLR 2021): V̂ = sign(V) · ReLU(|V| − σ(s)), s learned; a ticket at each target. */
export function createPepScheme(
  context: SchemeContext,
  granularity: Granularity,
  thresholdInit: number,
  targets: readonly number[],
): EmbeddingScheme {
  const { count } = thresholdIndexing(granularity, context.shape);
  const thresholds = context.engine.allocateFrom(new Float32Array(count).fill(thresholdInit), 'thresholds');
  const values = xavierUniform(context.shape, context.seed);
  return createTableScheme(context, { kind: 'threshold', granularity, thresholds }, values, targets);
}

/** A table of which only what the mask keeps is trained: V̂ = mask · V (PEP, ICLR 2021, §3.4). */
export function createMaskedScheme(
  context: SchemeContext,
  mask: Uint32Array,
  values: Float32Array,
): EmbeddingScheme {
  const bits = context.engine.allocateFrom(mask, 'mask');
  const kept = values.map((value, entry) => (hasBit(mask, entry) ? value : 0));
  return createTableScheme(context, { kind: 'mask', bits }, kept);
}

function createTableScheme(
  context: SchemeContext,
  plug: Plug,
  initialValues: Float32Array,
  targets: readonly number[] = [],
): EmbeddingScheme {
  const { engine, shape, batch, groups, stepState } = context;
  const { features, dimension, fields } = shape;
  const output = allocateOutput(context, dimension);
  const table: Table = {
    shape,
    plug,
    values: engine.allocateFrom(initialValues, 'embedding table'),
    fieldOf: engine.allocateFrom(context.fieldOf, 'field of feature'),
  };
  const lookup = engine.lookup({ batch, table, embeddings: output.embeddings });
  const update = engine.update({
    batch,
    table,
    moments: engine.allocate('f32', 2 * features * dimension, 'embedding moments'),
    thresholdMoments:
      plug.kind === 'threshold'
        ? engine.allocate('f32', 2 * plug.thresholds.length, 'threshold moments')
        : null,
    embeddingGradients: output.embeddingGradients,
    optimisers: { values: groups.optimiser('table'), thresholds: groups.optimiser('thresholds') },
    hyper: groups.hyper,
    stepState,
  });
  const words = maskWords(shape);
  const tickets = engine.allocate('u32', Math.max(1, 2 * targets.length), 'tickets');
  const masks = engine.allocate('u32', Math.max(1, words * targets.length), 'ticket masks');
  const capture =
    plug.kind === 'threshold' ? engine.capture({ table, targets, stepState, tickets, masks }) : null;
  const stats = engine.stats({ table });
  const statsArrays = statsList(stats.arrays);
  const { values, thresholds } = update.gradients;
  const push = thresholds && engine.push({ batch, table, thresholdGradients: thresholds });
  const fieldSizes = countFeatures(context.fieldOf, fields);

  return {
    size: plainSize({ fieldSizes, dimension }, plug.kind === 'threshold' ? plug.thresholds.length : 0),
    output,
    prepare: () => undefined,
    lookup: () => lookup.run(),
    gradient: () => update.gradient(),
    gradients: [
      ...gradientsOf('table', [values]),
      ...(thresholds ? gradientsOf('thresholds', [thresholds]) : []),
    ],
    update: (moves) => {
      if (!moves('table')) return;
      update.apply();
      capture?.run();
    },
    stats: () => stats.run(),
    readback: {
      arrays: [...statsArrays, ...(push ? [push.sums] : [])],
      summarise: (contents) => ({
        ...summarise(contents.slice(0, statsArrays.length), shape, fieldSizes),
        push: push
          ? summarisePush(contents[statsArrays.length] as Float32Array, pushShape(table), fieldSizes)
          : null,
      }),
    },
    state: tableState(table),
    readTable: async () => pruneTable(await readTable(engine, table), dimension),
    passes: null,
    thresholds: push && { push: () => push.run() },
    tickets: capture && {
      read: async (first, count) => {
        const [records, bits] = (await engine.read([tickets, masks])) as Uint32Array[];
        return targets.slice(first, first + count).map((target, offset): Ticket => {
          const i = first + offset;
          return {
            target,
            step: records[2 * i],
            parameters: records[2 * i + 1],
            mask: bits.slice(i * words, (i + 1) * words),
          };
        });
      },
    },
  };
}

/** V̂. [N, d] */
async function readTable(engine: Engine, table: Table): Promise<Float32Array> {
  const { plug } = table;
  const arrays = [table.values, table.fieldOf];
  if (plug.kind === 'threshold') arrays.push(plug.thresholds);
  if (plug.kind === 'mask') arrays.push(plug.bits);
  const contents = new Map((await engine.read(arrays)).map((content, i) => [arrays[i], content]));
  return pluggedTable(
    hostTable(table, {
      floats: (array) => contents.get(array) as Float32Array,
      integers: (array) => contents.get(array) as Uint32Array,
    }),
  );
}

function tableState({ values, plug, shape }: Table): StateEntry[] {
  const { features, dimension } = shape;
  const state = [{ name: 'embedding.v', array: values, offset: 0, shape: [features, dimension] }];
  if (plug.kind !== 'threshold') return state;
  const { granularity, thresholds } = plug;
  return [
    ...state,
    { name: 'embedding.s', array: thresholds, offset: 0, shape: thresholdShape(granularity, shape) },
  ];
}
