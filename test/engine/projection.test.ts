/** projection's reference: its gradients against central differences. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { projectionBackward, projectionForward } from '../../src/engine/projection/reference';
import { sizes } from './inputs';
import { createProjectionInputs, type ProjectionInputs } from './projection-inputs';
import { expectClose, slope, some } from './slopes';

/** Σ dE · E over the fields that are named, in double precision. */
function total({ shape, embeddingGradients }: ProjectionInputs, x: Float64Array, P: Float64Array): number {
  const { rows, rowFields, fields, width, dimension } = shape;
  let sum = 0;
  for (let b = 0; b < rows; b++) {
    fields.forEach((f, p) => {
      for (let i = 0; i < width; i++) {
        for (let k = 0; k < dimension; k++) {
          const dE = embeddingGradients[(b * rowFields + f) * dimension + k];
          sum += dE * x[(b * fields.length + p) * width + i] * P[(p * width + i) * dimension + k];
        }
      }
    });
  }
  return sum;
}

it('has the gradients of its products in what was looked up and in the matrices', () => {
  fc.assert(
    fc.property(sizes, (size) => {
      const inputs = createProjectionInputs(size);
      const { shape, offset, values, valueGradients, embeddingGradients } = inputs;
      const matrices = inputs.matrices.subarray(offset);
      const matrixGradients = inputs.matrixGradients.subarray(offset);
      projectionBackward(shape, values, matrices, embeddingGradients, valueGradients, matrixGradients);
      const x = Float64Array.from(values);
      const P = Float64Array.from(matrices);
      const sum = () => total(inputs, x, P);
      for (const i of some(shape.rows * shape.fields.length * shape.width)) {
        expectClose(valueGradients[i], slope(sum, x, i));
      }
      for (const i of some(P.length)) expectClose(matrixGradients[i], slope(sum, P, i));
    }),
    { numRuns: 6, seed: 11 },
  );
});

it('multiplies a row by its own matrix', () => {
  const embeddings = new Float32Array(6).fill(-1);
  projectionForward(
    { rows: 1, rowFields: 3, fields: [2, 0], width: 1, dimension: 2 },
    Float32Array.of(2, 3),
    Float32Array.of(1, 10, 100, 1000),
    embeddings,
  );
  expect([...embeddings]).toEqual([300, 3000, -1, -1, 2, 20]);
});
