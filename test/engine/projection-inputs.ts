/** Random fields with their matrices for projection, of a size's batch. */
import { createRandom } from '../../src/data/random';
import type { DeviceBatch } from '../../src/engine/device';
import type { Engine } from '../../src/engine/engine';
import type { ProjectionBinding } from '../../src/engine/projection/contract';
import type { ProjectionShape } from '../../src/engine/projection/reference';
import { someFields } from './combine-inputs';
import type { Size } from './inputs';

const WIDEST = 6;
/** Where the matrices start in their array: with some, rows are no whole vectors of four. */
const OFFSETS = [0, 3, 4];

export interface ProjectionInputs {
  readonly shape: ProjectionShape;
  readonly offset: number;
  readonly values: Float32Array;
  readonly matrices: Float32Array;
  /** What these hold before. */
  readonly embeddings: Float32Array;
  readonly valueGradients: Float32Array;
  readonly matrixGradients: Float32Array;
  readonly embeddingGradients: Float32Array;
}

export function createProjectionInputs({
  fieldSizes,
  capacity,
  rows,
  dimension,
  seed,
}: Size): ProjectionInputs {
  const random = createRandom(seed, 'projection');
  const normal = (length: number) => Float32Array.from({ length }, () => random.normal());
  const rowFields = fieldSizes.length;
  const fields = someFields(rowFields, random);
  const width = 1 + random.index(WIDEST);
  const offset = OFFSETS[random.index(OFFSETS.length)];
  const matrices = offset + fields.length * width * dimension;
  return {
    shape: { rows, rowFields, fields, width, dimension },
    offset,
    values: normal(capacity * fields.length * width),
    matrices: normal(matrices),
    embeddings: normal(capacity * rowFields * dimension),
    valueGradients: normal(capacity * fields.length * width),
    matrixGradients: normal(matrices),
    embeddingGradients: normal(capacity * rowFields * dimension),
  };
}

/** The same on an engine's device. */
export function projectionBinding(
  engine: Pick<Engine, 'allocateFrom'>,
  batch: DeviceBatch,
  { shape, offset, ...arrays }: ProjectionInputs,
): ProjectionBinding {
  const { fields, width, dimension } = shape;
  const device = (name: keyof typeof arrays) => engine.allocateFrom(arrays[name], name);
  return {
    batch,
    fields,
    width,
    dimension,
    offset,
    values: device('values'),
    matrices: device('matrices'),
    embeddings: device('embeddings'),
    valueGradients: device('valueGradients'),
    matrixGradients: device('matrixGradients'),
    embeddingGradients: device('embeddingGradients'),
  };
}
