/** The formulas of contract.ts. Sums in double precision; arrays of matrices start with the first projected field's. */
export interface ProjectionShape {
  readonly rows: number;
  /** F. */
  readonly rowFields: number;
  /** Which field of E each projected field is. [Fp] */
  readonly fields: readonly number[];
  /** w. */
  readonly width: number;
  /** d. */
  readonly dimension: number;
}

export function projectionForward(
  shape: ProjectionShape,
  values: Float32Array,
  matrices: Float32Array,
  embeddings: Float32Array,
): void {
  const { width, dimension } = shape;
  eachRow(shape, (x, matrix, e) => {
    for (let k = 0; k < dimension; k++) {
      let sum = 0;
      for (let i = 0; i < width; i++) sum += values[x + i] * matrices[matrix + i * dimension + k];
      embeddings[e + k] = sum;
    }
  });
}

export function projectionBackward(
  shape: ProjectionShape,
  values: Float32Array,
  matrices: Float32Array,
  embeddingGradients: Float32Array,
  valueGradients: Float32Array,
  matrixGradients: Float32Array,
): void {
  const { fields, width, dimension } = shape;
  const sums = new Float64Array(fields.length * width * dimension);
  eachRow(shape, (x, matrix, e) => {
    for (let i = 0; i < width; i++) {
      const row = matrix + i * dimension;
      let sum = 0;
      for (let k = 0; k < dimension; k++) {
        sum += embeddingGradients[e + k] * matrices[row + k];
        sums[row + k] += values[x + i] * embeddingGradients[e + k];
      }
      valueGradients[x + i] = sum;
    }
  });
  matrixGradients.set(sums);
}

/** Where a looked-up row, its matrix and its d numbers of E start. */
function eachRow(
  { rows, rowFields, fields, width, dimension }: ProjectionShape,
  visit: (x: number, matrix: number, e: number) => void,
): void {
  for (let b = 0, x = 0; b < rows; b++) {
    for (let p = 0; p < fields.length; p++, x += width) {
      visit(x, p * width * dimension, (b * rowFields + fields[p]) * dimension);
    }
  }
}
