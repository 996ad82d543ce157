/** Adds the pairwise term of each row to its logit. */
export function interactionForward(
  rows: number,
  fields: number,
  dimension: number,
  embeddings: Float32Array,
  logits: Float32Array,
): void {
  for (let b = 0; b < rows; b++) {
    const start = b * fields * dimension;
    let pairs = 0;
    for (let k = 0; k < dimension; k++) {
      let sum = 0;
      let squares = 0;
      for (let f = 0, i = start + k; f < fields; f++, i += dimension) {
        sum += embeddings[i];
        squares += embeddings[i] * embeddings[i];
      }
      pairs += sum * sum - squares;
    }
    logits[b] += 0.5 * pairs;
  }
}

export function interactionBackward(
  rows: number,
  fields: number,
  dimension: number,
  embeddings: Float32Array,
  logitGradients: Float32Array,
  embeddingGradients: Float32Array,
): void {
  for (let b = 0; b < rows; b++) {
    const start = b * fields * dimension;
    const gradient = logitGradients[b];
    for (let k = 0; k < dimension; k++) {
      let sum = 0;
      for (let f = 0, i = start + k; f < fields; f++, i += dimension) sum += embeddings[i];
      for (let f = 0, i = start + k; f < fields; f++, i += dimension) {
        embeddingGradients[i] = gradient * (sum - embeddings[i]);
      }
    }
  }
}
