/** Operations that make E, or logits, of what was looked up. */
import type { CombinedFields, WholeFields } from '../../src/engine/combine/contract';
import { combineBackward, combineForward } from '../../src/engine/combine/reference';
import { interactionBackward, interactionForward } from '../../src/engine/interaction/reference';
import { projectionBackward, projectionForward } from '../../src/engine/projection/reference';
import { COMBINATIONS, combineBinding, createCombineInputs } from './combine-inputs';
import { deviceBatch } from './inputs';
import { createProjectionInputs, projectionBinding } from './projection-inputs';
import { NO_TABLE, ROUNDING, SUMMING, type Trial, whole } from './trial';

export const EMBEDDING_TRIALS: readonly Trial[] = [
  ...COMBINATIONS.map(
    (combination): Trial => ({
      name: `combine, ${combination}`,
      plugs: NO_TABLE,
      run: (engine, inputs) => {
        const batch = deviceBatch(engine, inputs);
        return createCombineInputs(inputs.size, combination).flatMap((parts) => {
          const binding = combineBinding(engine, batch, parts);
          const operation = engine.combine(binding);
          operation.forward();
          operation.backward();
          return whole(binding.embeddings, ...gradientsOfParts(binding));
        });
      },
      expected: ({ batch: { rows }, size }) =>
        createCombineInputs(size, combination).flatMap((parts) => {
          const { fields, dimension, whole: v, combined, embeddings, embeddingGradients } = parts;
          combineForward(rows, fields, dimension, v, combined, embeddings);
          combineBackward(rows, fields, dimension, v, combined, embeddingGradients);
          // Copies, and products and sums of two numbers: rounded once, and alike everywhere.
          return [
            { name: 'E', contents: embeddings },
            ...gradientsOfParts(parts).map((contents, i) => ({ name: `gradients ${i}`, contents })),
          ];
        }),
    }),
  ),
  {
    name: 'projection',
    plugs: NO_TABLE,
    run: (engine, inputs) => {
      const arrays = createProjectionInputs(inputs.size);
      const binding = projectionBinding(engine, deviceBatch(engine, inputs), arrays);
      const operation = engine.projection(binding);
      operation.forward();
      // Twice: sums must not be added to those of the step before.
      operation.backward();
      operation.backward();
      return whole(binding.embeddings, binding.valueGradients, operation.gradients.array);
    },
    expected: ({ size }) => {
      const { shape, offset, ...arrays } = createProjectionInputs(size);
      const { values, embeddings, valueGradients, embeddingGradients, matrixGradients } = arrays;
      const matrices = arrays.matrices.subarray(offset);
      const dP = matrixGradients.subarray(offset);
      projectionForward(shape, values, matrices, embeddings);
      projectionBackward(shape, values, matrices, embeddingGradients, valueGradients, dP);
      const close = { relative: SUMMING, absolute: 1e-4 };
      return [
        { name: 'E', contents: embeddings, ...close },
        { name: 'dx', contents: valueGradients, ...close },
        { name: 'dP', contents: matrixGradients, ...close },
      ];
    },
  },
  {
    name: 'interaction',
    plugs: NO_TABLE,
    run: (engine, inputs) => {
      const logits = engine.allocateFrom(inputs.logits, 'z');
      const embeddingGradients = engine.allocate('f32', inputs.embeddings.length, 'dE');
      const operation = engine.interaction({
        batch: deviceBatch(engine, inputs),
        dimension: inputs.size.dimension,
        embeddings: engine.allocateFrom(inputs.embeddings, 'E'),
        logits,
        logitGradients: engine.allocateFrom(inputs.logitGradients, 'dz'),
        embeddingGradients,
      });
      operation.forward();
      operation.backward();
      return whole(logits, embeddingGradients);
    },
    expected: ({ batch, size, embeddings, logits, logitGradients }) => {
      const z = logits.slice();
      const dE = new Float32Array(embeddings.length);
      const fields = size.fieldSizes.length;
      interactionForward(batch.rows, fields, size.dimension, embeddings, z);
      interactionBackward(batch.rows, fields, size.dimension, embeddings, logitGradients, dE);
      return [
        { name: 'z', contents: z, relative: SUMMING, absolute: 1e-4 },
        { name: 'dE', contents: dE, relative: ROUNDING, absolute: 1e-5 },
      ];
    },
  },
];

function gradientsOfParts<Numbers>({
  whole,
  combined,
}: {
  readonly whole: WholeFields<Numbers> | null;
  readonly combined: CombinedFields<Numbers> | null;
}): Numbers[] {
  return [
    ...(whole ? [whole.gradients] : []),
    ...(combined ? [combined.firstGradients, combined.secondGradients] : []),
  ];
}
