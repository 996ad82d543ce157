/** Least squares: how the cost of a step grows with its size. */

export interface Fit {
  readonly coefficients: readonly number[];
  /** Share of the variance of y that the fit explains, weighted as the fit is. */
  readonly rSquared: number;
}

/** y ≈ Σ coefficients · x, by weighted least squares. Each x starts with its 1 for the constant. */
export function fitLinear(
  xs: readonly (readonly number[])[],
  ys: readonly number[],
  weights: readonly number[],
): Fit {
  const width = xs[0].length;
  const normal = Array.from({ length: width }, (_, i) => [
    ...Array.from({ length: width }, (_, j) => xs.reduce((sum, x, n) => sum + weights[n] * x[i] * x[j], 0)),
    xs.reduce((sum, x, n) => sum + weights[n] * x[i] * ys[n], 0),
  ]);
  const coefficients = solve(normal);
  const fitted = xs.map((x) => x.reduce((sum, value, i) => sum + value * coefficients[i], 0));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const mean = ys.reduce((sum, y, n) => sum + weights[n] * y, 0) / total;
  const residual = ys.reduce((sum, y, n) => sum + weights[n] * (y - fitted[n]) ** 2, 0);
  const variance = ys.reduce((sum, y, n) => sum + weights[n] * (y - mean) ** 2, 0);
  return { coefficients, rSquared: 1 - residual / variance };
}

/** Gauss–Jordan elimination with row exchange. rows [n][n + 1] */
function solve(rows: number[][]): number[] {
  for (let column = 0; column < rows.length; column++) {
    let pivot = column;
    for (let row = column + 1; row < rows.length; row++) {
      if (Math.abs(rows[row][column]) > Math.abs(rows[pivot][column])) pivot = row;
    }
    [rows[column], rows[pivot]] = [rows[pivot], rows[column]];
    const scale = rows[column][column];
    rows[column] = rows[column].map((value) => value / scale);
    rows.forEach((row, i) => {
      if (i === column) return;
      const factor = row[column];
      rows[i] = row.map((value, j) => value - factor * rows[column][j]);
    });
  }
  return rows.map((row) => row[rows.length]);
}
