/**
 * The base models once more, in double precision and plain loops, from their definitions: what the tensors must compute,
 * and exact enough for finite differences. Training mode only.
 */
import type { Batch } from '../../src/data/batch';
import { createRandom } from '../../src/data/random';
import { dropout } from '../../src/engine/dropout/reference';
import type { ModelId } from '../../src/models/catalogue';
import type { ModelSettings } from '../../src/models/settings';

export interface DoubleCase {
  readonly id: ModelId;
  readonly settings: ModelSettings;
  readonly batch: Batch;
  readonly dimension: number;
  readonly seed: number;
  /** t = 1, 2, …; decides what dropout drops. */
  readonly step: number;
}

type Values = ReadonlyMap<string, Float64Array>;
/** By row. */
type Matrix = Float64Array[];

/** Mean binary cross-entropy of the batch. `values` holds the parameters by name and E as "E". */
export function doubleLoss(each: DoubleCase, values: Values): number {
  const { rows, labels } = each.batch;
  return doubleLogits(each, values).reduce(
    (sum, z, b) => sum + (Math.max(z, 0) - z * labels[b] + Math.log1p(Math.exp(-Math.abs(z)))) / rows,
    0,
  );
}

export function doubleLogits(each: DoubleCase, values: Values): number[] {
  const { id, batch, dimension } = each;
  const width = batch.shape.fields * dimension;
  const all = get(values, 'E');
  const rows = Array.from({ length: batch.rows }, (_, b) => all.subarray(b * width, (b + 1) * width));
  const parts: number[][] = [];
  if (id !== 'autoint' && id !== 'dnn') parts.push(linear(batch, values));
  if (id === 'fm' || id === 'deepfm') parts.push(rows.map((row) => pairs(row, dimension)));
  if (id === 'autoint') parts.push(attention(each, rows, values));
  if (id !== 'lr' && id !== 'fm') parts.push(mlp(each, rows, values));
  return rows.map((_, b) => parts.reduce((sum, part) => sum + part[b], 0));
}

function linear({ ids, rows, shape }: Batch, values: Values): number[] {
  const weights = get(values, 'linear.fc.weight');
  const [bias] = get(values, 'linear.bias');
  return Array.from({ length: rows }, (_, b) => {
    const features = Array.from(ids.subarray(b * shape.fields, (b + 1) * shape.fields));
    return features.reduce((sum, feature) => sum + weights[feature], bias);
  });
}

/** Σ_{f<g} e_f · e_g, pair by pair. */
function pairs(row: Float64Array, dimension: number): number {
  let sum = 0;
  for (let f = 0; f < row.length; f += dimension) {
    for (let g = f + dimension; g < row.length; g += dimension) {
      for (let k = 0; k < dimension; k++) sum += row[f + k] * row[g + k];
    }
  }
  return sum;
}

function mlp(each: DoubleCase, rows: Matrix, values: Values): number[] {
  let current = rows;
  let index = 0;
  for (const width of each.settings.mlpWidths) {
    current = dense(current, values, `mlp.mlp.${index}`);
    current = batchNorm(current, values, `mlp.mlp.${index + 1}`);
    current = current.map((row) => row.map((x) => Math.max(x, 0)));
    const factors = dropoutFactors(each, `mlp.mlp.${index + 3}`, width, each.settings.dropout);
    current = current.map((row, b) => row.map((x, j) => x * factors[b * width + j]));
    index += 4;
  }
  return dense(current, values, `mlp.mlp.${index}`).map(([z]) => z);
}

function attention(each: DoubleCase, rows: Matrix, values: Values): number[] {
  const { fields } = each.batch.shape;
  const { attentionWidth: width, attentionHeads: heads, attentionLayers, attentionDropout } = each.settings;
  const perField = rows.flatMap((row) =>
    Array.from({ length: fields }, (_, f) => row.subarray(f * each.dimension, (f + 1) * each.dimension)),
  );
  const residual = dense(perField, values, 'V_res_embedding');
  let current = dense(perField, values, 'atten_embedding');
  for (let layer = 0; layer < attentionLayers; layer++) {
    const name = `self_attns.${layer}`;
    const projected = affine(
      current,
      get(values, `${name}.in_proj_weight`),
      get(values, `${name}.in_proj_bias`),
    );
    const factors = dropoutFactors(each, name, heads * fields * fields, attentionDropout);
    const heard = projected.map((_, cell) =>
      attend(projected, cell, fields, width, heads, (head, f, g) => {
        const b = Math.floor(cell / fields);
        return factors[((b * heads + head) * fields + f) * fields + g];
      }),
    );
    current = dense(heard, values, `${name}.out_proj`);
  }
  const added = current.map((row, i) => row.map((x, j) => Math.max(x + residual[i][j], 0)));
  const joined = rows.map((_, b) =>
    Float64Array.from(added.slice(b * fields, (b + 1) * fields).flatMap((row) => Array.from(row))),
  );
  return dense(joined, values, 'attn_fc').map(([z]) => z);
}

/** What the field of `cell` hears from the fields of its row, heads side by side. */
function attend(
  projected: Matrix,
  cell: number,
  fields: number,
  width: number,
  heads: number,
  factor: (head: number, f: number, g: number) => number,
): Float64Array {
  const f = cell % fields;
  const first = cell - f;
  const headWidth = width / heads;
  const heard = new Float64Array(width);
  for (let head = 0; head < heads; head++) {
    const scores = Array.from({ length: fields }, (_, g) => {
      let score = 0;
      for (let k = head * headWidth; k < (head + 1) * headWidth; k++) {
        score += projected[cell][k] * projected[first + g][width + k];
      }
      return Math.exp(score / Math.sqrt(headWidth));
    });
    const total = scores.reduce((sum, score) => sum + score, 0);
    for (let g = 0; g < fields; g++) {
      const weight = (scores[g] / total) * factor(head, f, g);
      for (let k = head * headWidth; k < (head + 1) * headWidth; k++) {
        heard[k] += weight * projected[first + g][2 * width + k];
      }
    }
  }
  return heard;
}

function dense(rows: Matrix, values: Values, name: string): Matrix {
  return affine(rows, get(values, `${name}.weight`), get(values, `${name}.bias`));
}

function affine(rows: Matrix, weight: Float64Array, bias: Float64Array): Matrix {
  return rows.map((row) =>
    bias.map((b, j) => row.reduce((sum, x, i) => sum + x * weight[j * row.length + i], b)),
  );
}

function batchNorm(rows: Matrix, values: Values, name: string): Matrix {
  const gamma = get(values, `${name}.weight`);
  const beta = get(values, `${name}.bias`);
  const n = rows.length;
  const mean = gamma.map((_, j) => rows.reduce((sum, row) => sum + row[j] / n, 0));
  const variance = gamma.map((_, j) => rows.reduce((sum, row) => sum + (row[j] - mean[j]) ** 2 / n, 0));
  return rows.map((row) =>
    row.map((x, j) => (gamma[j] * (x - mean[j])) / Math.sqrt(variance[j] + 1e-5) + beta[j]),
  );
}

function dropoutFactors(each: DoubleCase, name: string, perRow: number, rate: number): Float32Array {
  const factors = new Float32Array(each.batch.rows * perRow).fill(1);
  if (rate > 0) {
    const key = createRandom(each.seed, name).index(2 ** 32);
    dropout(factors.length, rate, key, each.step, factors);
  }
  return factors;
}

function get(values: Values, name: string): Float64Array {
  const value = values.get(name);
  if (!value) throw new Error(`No ${name}`);
  return value;
}
