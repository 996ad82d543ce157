/** The formulas of contract.ts, row by row. */
import { type CombinedFields, factorWidth, type WholeFields } from './contract';

type HostWhole = WholeFields<Float32Array> | null;
type HostCombined = CombinedFields<Float32Array> | null;

export function combineForward(
  rows: number,
  fields: number,
  dimension: number,
  whole: HostWhole,
  combined: HostCombined,
  embeddings: Float32Array,
): void {
  if (whole) {
    eachRow(rows, fields, whole.fields, (from, cell) =>
      copy(whole.values, from * dimension, embeddings, cell * dimension, dimension),
    );
  }
  if (!combined) return;
  const { combination, first, second } = combined;
  const width = factorWidth(combination, dimension);
  eachRow(rows, fields, combined.fields, (from, cell) => {
    const start = from * width;
    const e = cell * dimension;
    switch (combination) {
      case 'product':
        for (let k = 0; k < width; k++) embeddings[e + k] = first[start + k] * second[start + k];
        break;
      case 'sum':
        for (let k = 0; k < width; k++) embeddings[e + k] = first[start + k] + second[start + k];
        break;
      case 'concatenation':
        copy(first, start, embeddings, e, width);
        copy(second, start, embeddings, e + width, width);
        break;
      default:
        combination satisfies never;
    }
  });
}

export function combineBackward(
  rows: number,
  fields: number,
  dimension: number,
  whole: HostWhole,
  combined: HostCombined,
  embeddingGradients: Float32Array,
): void {
  if (whole) {
    eachRow(rows, fields, whole.fields, (from, cell) =>
      copy(embeddingGradients, cell * dimension, whole.gradients, from * dimension, dimension),
    );
  }
  if (!combined) return;
  const { combination, first, second, firstGradients, secondGradients } = combined;
  const width = factorWidth(combination, dimension);
  eachRow(rows, fields, combined.fields, (from, cell) => {
    const start = from * width;
    const e = cell * dimension;
    switch (combination) {
      case 'product':
        for (let k = 0; k < width; k++) {
          firstGradients[start + k] = embeddingGradients[e + k] * second[start + k];
          secondGradients[start + k] = embeddingGradients[e + k] * first[start + k];
        }
        break;
      case 'sum':
        copy(embeddingGradients, e, firstGradients, start, width);
        copy(embeddingGradients, e, secondGradients, start, width);
        break;
      case 'concatenation':
        copy(embeddingGradients, e, firstGradients, start, width);
        copy(embeddingGradients, e + width, secondGradients, start, width);
        break;
      default:
        combination satisfies never;
    }
  });
}

/** Every row of the parts with the cell of E that it belongs to. */
function eachRow(
  rows: number,
  fields: number,
  places: readonly number[],
  visit: (from: number, cell: number) => void,
): void {
  for (let b = 0, from = 0; b < rows; b++) {
    for (let p = 0; p < places.length; p++, from++) visit(from, b * fields + places[p]);
  }
}

function copy(source: Float32Array, from: number, target: Float32Array, to: number, count: number): void {
  for (let k = 0; k < count; k++) target[to + k] = source[from + k];
}
