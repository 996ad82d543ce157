/**
 * Quotient-remainder embedding (Shi et al. 2019, arXiv 1909.02107): a feature's embedding is made of two rows of smaller
 * tables, which it shares with others. Feature i of a field, counted within the field, has row ⌊i/c⌋ of the field's
 * quotients and row i mod c of its remainders; fields of few features keep a row for each. So there are three tables (whole
 * rows V, quotients Q, remainders R), and each is looked up by batches of its own.
 */
import { Batch } from '../data/batch';
import { createRandom, type Random } from '../data/random';
import type { DeviceArray, GradientSource } from '../engine/device';
import type { Engine } from '../engine/engine';
import { type Initialiser, uniform, xavierBound } from '../engine/initialise';
import { gradientsOf } from '../engine/parameter-groups';
import type { StateEntry } from '../engine/state';
import { summariseMagnitudes } from '../engine/stats/summary';
import { factorRows, factorWidth } from '../export/factor-table';
import { factorFields, factorSize } from './factors';
import { allocateOutput, type EmbeddingScheme, type SchemeContext } from './scheme';
import type { FactorSettings } from './settings';
import { countFeatures, parameterCount } from './size';

/** The rows of one table that belong to a field. */
interface FieldSlice {
  /** Number of the field. */
  readonly field: number;
  readonly name: string;
  readonly start: number;
  readonly rows: number;
  /** Row, counted from `start`, of feature i of the field. */
  readonly rowOf: (i: number) => number;
  readonly initialise: Initialiser;
}

export function createQuotientRemainderScheme(
  context: SchemeContext,
  settings: FactorSettings,
): EmbeddingScheme {
  const { engine, batch, shape, fieldOf, seed } = context;
  const { dimension, features } = shape;
  const { collisions, combination } = settings;
  const width = factorWidth(combination, dimension);
  const fieldSizes = countFeatures(fieldOf, shape.fields);
  const offsets = offsetsOf(fieldSizes);
  const fields = factorFields(fieldSizes, settings);
  const rows = factorRows(fields, collisions);
  const size = factorSize({ fieldSizes, dimension }, settings);

  const slices = { whole: [] as FieldSlice[], quotients: [] as FieldSlice[], remainders: [] as FieldSlice[] };
  rows.fields.forEach((place, field) => {
    const count = fieldSizes[field];
    const start = startingValues(settings, shape, count);
    if (place.isWhole) {
      const rowOf = (i: number) => i;
      slices.whole.push({
        field,
        name: 'v',
        start: place.start,
        rows: count,
        rowOf,
        initialise: start.whole,
      });
      return;
    }
    slices.quotients.push({
      field,
      name: 'q',
      start: place.quotientStart,
      rows: Math.ceil(count / collisions),
      rowOf: (i) => Math.floor(i / collisions),
      initialise: start.part,
    });
    slices.remainders.push({
      field,
      name: 'r',
      start: place.remainderStart,
      rows: collisions,
      rowOf: (i) => i % collisions,
      initialise: start.part,
    });
  });

  const random = createRandom(seed, 'embedding');
  const create = (list: readonly FieldSlice[], columns: number, label: string) =>
    list.length > 0 ? new PartialTable(context, list, columns, label, offsets, random) : null;
  const whole = create(slices.whole, dimension, 'whole rows');
  const quotients = create(slices.quotients, width, 'quotient rows');
  const remainders = create(slices.remainders, width, 'remainder rows');
  const tables = [whole, quotients, remainders].filter((table) => table !== null);

  const output = allocateOutput(context, dimension);
  const combine = engine.combine({
    ...output,
    batch,
    whole: whole && { fields: whole.fields, values: whole.embeddings, gradients: whole.embeddingGradients },
    combined: quotients &&
      remainders && {
        combination,
        fields: quotients.fields,
        first: quotients.embeddings,
        second: remainders.embeddings,
        firstGradients: quotients.embeddingGradients,
        secondGradients: remainders.embeddingGradients,
      },
  });
  const parameters = parameterCount(size);

  return {
    size,
    output,
    passes: null,
    prepare: (given) => {
      for (const table of tables) table.prepare(given);
    },
    lookup: () => {
      for (const table of tables) table.lookup();
      combine.forward();
    },
    gradient: () => {
      combine.backward();
      for (const table of tables) table.gradient();
    },
    gradients: gradientsOf(
      'table',
      tables.map(({ source }) => source),
    ),
    update: (moves) => {
      if (!moves('table')) return;
      for (const table of tables) table.update();
    },
    stats: () => {
      for (const table of tables) table.stats();
    },
    readback: {
      arrays: tables.map(({ magnitudes }) => magnitudes),
      summarise: (contents) => ({
        parameters,
        threshold: null,
        magnitude: summariseMagnitudes(sumOf(contents.slice(0, tables.length) as Uint32Array[])),
        mask: null,
        dimensions: null,
        push: null,
      }),
    },
    state: tables.flatMap(({ state }) => state),
    readTable: async () => ({
      features,
      dimension,
      combination,
      collisions,
      fields,
      whole: await read(engine, whole),
      quotients: await read(engine, quotients),
      remainders: await read(engine, remainders),
    }),
    thresholds: null,
    tickets: null,
  };
}

/** One of the tables: the rows of some of the fields, and the batches in which they are looked up. */
class PartialTable {
  /** Of E, in the order in which this table has them. */
  readonly fields: readonly number[];
  readonly values: DeviceArray;
  /** f32 [B, fields, columns] */
  readonly embeddings: DeviceArray;
  readonly embeddingGradients: DeviceArray;
  readonly magnitudes: DeviceArray;
  readonly source: GradientSource;
  readonly lookup: () => void;
  readonly gradient: () => void;
  readonly update: () => void;
  readonly stats: () => void;
  readonly prepare: (rows: Batch) => void;

  constructor(
    { engine, batch: { shape }, groups, stepState }: SchemeContext,
    private readonly slices: readonly FieldSlice[],
    private readonly columns: number,
    label: string,
    offsets: readonly number[],
    random: Random,
  ) {
    const rows = slices.reduce((sum, slice) => sum + slice.rows, 0);
    const cells = shape.capacity * slices.length * columns;
    this.fields = slices.map(({ field }) => field);
    this.values = engine.allocateFrom(drawRows(slices, columns, random), label);
    this.embeddings = engine.allocate('f32', cells, `embeddings of ${label}`);
    this.embeddingGradients = engine.allocate('f32', cells, `embedding gradients of ${label}`);
    const ownFields = Uint32Array.from(slices.flatMap((slice, place) => new Array(slice.rows).fill(place)));
    const table = {
      shape: { features: rows, fields: slices.length, dimension: columns },
      plug: { kind: 'none' },
      values: this.values,
      fieldOf: engine.allocateFrom(ownFields, `field of ${label}`),
    } as const;
    const ownShape = { capacity: shape.capacity, fields: slices.length };
    const batch = engine.createBatch(ownShape, rows);
    const contents = new Batch(ownShape, rows);
    const lookup = engine.lookup({ batch, table, embeddings: this.embeddings });
    const update = engine.update({
      batch,
      table,
      moments: engine.allocate('f32', 2 * rows * columns, `moments of ${label}`),
      thresholdMoments: null,
      embeddingGradients: this.embeddingGradients,
      optimisers: { values: groups.optimiser('table'), thresholds: groups.optimiser('thresholds') },
      hyper: groups.hyper,
      stepState,
    });
    const stats = engine.stats({ table });
    this.magnitudes = stats.arrays.magnitudes;
    this.source = update.gradients.values;
    this.lookup = () => lookup.run();
    this.gradient = () => update.gradient();
    this.update = () => update.apply();
    this.stats = () => stats.run();
    this.prepare = (given) => {
      fillRows(contents, given, slices, offsets);
      engine.upload(batch, contents);
    };
  }

  get state(): StateEntry[] {
    const { values: array, columns } = this;
    return this.slices.map(({ field, name, start, rows }) => ({
      name: `embedding.${field}.${name}`,
      array,
      offset: start * columns,
      shape: [rows, columns],
    }));
  }
}

/** The rows of this table that the features of `given` are made of. */
function fillRows(
  contents: Batch,
  given: Batch,
  slices: readonly FieldSlice[],
  offsets: readonly number[],
): void {
  const { ids, shape } = given;
  contents.rows = given.rows;
  slices.forEach(({ field, start, rowOf }, place) => {
    const offset = offsets[field];
    for (let b = 0; b < given.rows; b++) {
      contents.ids[b * slices.length + place] = start + rowOf(ids[b * shape.fields + field] - offset);
    }
  });
  contents.buildIndex();
}

/** Starting values of the rows, field by field. [rows, columns] */
function drawRows(slices: readonly FieldSlice[], columns: number, random: Random): Float32Array {
  const rows = slices.reduce((sum, slice) => sum + slice.rows, 0);
  const values = new Float32Array(rows * columns);
  for (const { start, rows: count, initialise } of slices) {
    for (let i = start * columns; i < (start + count) * columns; i++) values[i] = initialise(random);
  }
  return values;
}

/**
 * Plain: with σ² = 2/(N + d), the variance of a Xavier-uniform table, parts whose product, sum or halves have it too.
 * Official: the public code of the method's authors.
 */
function startingValues(
  { combination, factorStart }: FactorSettings,
  { features, dimension }: SchemeContext['shape'],
  fieldSize: number,
): { readonly whole: Initialiser; readonly part: Initialiser } {
  const bound = xavierBound(features, dimension);
  switch (factorStart) {
    case 'official': {
      const low = Math.sqrt(1 / fieldSize);
      const around = uniform((1 - low) / 2);
      return { whole: uniform(low), part: (random) => (1 + low) / 2 + around(random) };
    }
    case 'plain': {
      // U(−b, b) has the variance b²/3: products multiply variances, sums add them.
      const variance = (bound * bound) / 3;
      const ofPart = { product: Math.sqrt(variance), sum: variance / 2, concatenation: variance }[
        combination
      ];
      return { whole: uniform(bound), part: uniform(Math.sqrt(3 * ofPart)) };
    }
    default:
      return factorStart satisfies never;
  }
}

/** Number of the first feature of each field. */
function offsetsOf(fieldSizes: readonly number[]): number[] {
  let offset = 0;
  return fieldSizes.map((size) => {
    offset += size;
    return offset - size;
  });
}

function sumOf(histograms: readonly Uint32Array[]): Uint32Array {
  return histograms.reduce((sum, histogram) => sum.map((count, bin) => count + histogram[bin]));
}

async function read(engine: Engine, table: PartialTable | null): Promise<Float32Array> {
  if (!table) return new Float32Array(0);
  const [values] = await engine.read([table.values]);
  return values as Float32Array;
}
