/**
 * The embedded default data set, generated from a seed: labels are drawn from a factorisation machine whose rank per
 * feature is planted and known, so that learned dimensions can be held against true ones. See recipe.ts for its shape.
 *
 * Fields are drawn independently of each other (a user does not keep one age): otherwise what one field explains
 * another could explain too, and the planted ranks would not be what the rows determine.
 */
import { areaUnderCurve } from '../auc';
import { type CodeColumn, createColumn, type Dataset, type Field } from '../dataset';
import { exp, log, sigmoid } from '../elementary';
import { createRandom, type Random } from '../random';
import { FACTOR_DEVIATION, FIELDS, type FieldRecipe, POSITIVE_RATE, ROWS, ROWS_FOR_RANK } from './recipe';

const MAX_RANK = Math.max(...FIELDS.map(({ topRank }) => topRank));

/** The same seed always gives the same rows; another seed gives other factors and other rows of the same shape. */
export function generateSample(seed: number): Dataset {
  const fields = layFields();
  const features = fields.reduce((sum, { size }) => sum + size, 0);
  const ranks = plantRanks(features, fields);
  const { factors, weights } = drawModel(seed, ranks, fields);

  const columns = FIELDS.map((recipe) => drawColumn(recipe, createRandom(seed, `sample ${recipe.name}`)));
  const logits = scoreRows(fields, columns, factors, weights);
  const bias = biasFor(logits);
  const random = createRandom(seed, 'sample labels');
  const labels = Uint8Array.from(logits, (logit) => (random.uniform() < sigmoid(logit + bias) ? 1 : 0));

  const noise = FIELDS.filter(({ topRank }) => topRank === 0).map(({ name }) => name);
  return {
    name: 'Generated sample',
    rows: ROWS,
    fields,
    features,
    columns,
    labels,
    notes: [
      'Generated from a factorisation model whose rank per feature is known.',
      `The fields ${noise.join(' and ')} are pure noise: they say nothing about the label.`,
    ],
    origin: { format: 'generated sample', seed: String(seed) },
    planted: { ranks, auc: areaUnderCurve(logits, labels) },
  };
}

function layFields(): Field[] {
  let offset = 0;
  return FIELDS.map(({ name, size, value }) => {
    const field = { name, size, offset, valueNames: Array.from({ length: size }, (_, code) => value(code)) };
    offset += size;
    return field;
  });
}

/** Expected share of rows of a code, most popular first: p(r) ∝ 1/(r + q), integrated over r…r+1. */
export function expectedShare({ size, flatness }: FieldRecipe, code: number): number {
  return log((code + 1 + flatness) / (code + flatness)) / log((size + flatness) / flatness);
}

/** Codes with Zipf–Mandelbrot popularity, by inverting the distribution function. [rows] */
function drawColumn(recipe: FieldRecipe, random: Random): CodeColumn {
  const { size, flatness } = recipe;
  const column = createColumn(size, ROWS);
  const range = log((size + flatness) / flatness);
  for (let row = 0; row < ROWS; row++) {
    const code = Math.floor(flatness * (exp(random.uniform() * range) - 1));
    column[row] = Math.min(code, size - 1);
  }
  return column;
}

/**
 * Ranks of tapered fields fall with the logarithm of the expected rows, from `topRank` at the most popular feature to
 * 0 below ROWS_FOR_RANK. [features]
 */
function plantRanks(features: number, fields: readonly Field[]): Uint8Array {
  const ranks = new Uint8Array(features);
  FIELDS.forEach((recipe, f) => {
    const topRows = log((ROWS * expectedShare(recipe, 0)) / ROWS_FOR_RANK);
    for (let code = 0; code < recipe.size; code++) {
      const rows = log((ROWS * expectedShare(recipe, code)) / ROWS_FOR_RANK);
      const share = recipe.tapered ? Math.max(0, rows / topRows) : 1;
      ranks[fields[f].offset + code] = Math.ceil(recipe.topRank * share);
    }
  });
  return ranks;
}

/** Factors [features, MAX_RANK], zero from the feature's rank on, and weights [features]. */
function drawModel(seed: number, ranks: Uint8Array, fields: readonly Field[]) {
  const random = createRandom(seed, 'sample model');
  const factors = new Float64Array(ranks.length * MAX_RANK);
  const weights = new Float64Array(ranks.length);
  FIELDS.forEach(({ size, weightDeviation }, f) => {
    for (let feature = fields[f].offset; feature < fields[f].offset + size; feature++) {
      weights[feature] = weightDeviation * random.normal();
      for (let k = 0; k < ranks[feature]; k++) {
        factors[feature * MAX_RANK + k] = FACTOR_DEVIATION * random.normal();
      }
    }
  });
  return { factors, weights };
}

/** Logits of the true model before its bias: Σ w_i + ½ Σ_k[(Σ_i v_ik)² − Σ_i v_ik²]. [rows] */
function scoreRows(
  fields: readonly Field[],
  columns: readonly CodeColumn[],
  factors: Float64Array,
  weights: Float64Array,
): Float64Array {
  const logits = new Float64Array(ROWS);
  const sums = new Float64Array(MAX_RANK);
  for (let row = 0; row < ROWS; row++) {
    let logit = 0;
    let squares = 0;
    sums.fill(0);
    for (let f = 0; f < fields.length; f++) {
      const feature = fields[f].offset + columns[f][row];
      logit += weights[feature];
      for (let k = 0; k < MAX_RANK; k++) {
        const factor = factors[feature * MAX_RANK + k];
        sums[k] += factor;
        squares += factor * factor;
      }
    }
    for (let k = 0; k < MAX_RANK; k++) logit += 0.5 * sums[k] * sums[k];
    logits[row] = logit - 0.5 * squares;
  }
  return logits;
}

/** Newton steps from 0; four reach 1e-9, since the mean of sigmoids is smooth. */
const NEWTON_STEPS = 6;

/**
 * The constant b with mean σ(logit + b) = POSITIVE_RATE. Left to chance, the few features of the small fields would
 * shift the share of positives by ± 0.1 from seed to seed.
 */
function biasFor(logits: Float64Array): number {
  let bias = 0;
  for (let step = 0; step < NEWTON_STEPS; step++) {
    let excess = 0;
    let slope = 0;
    for (const logit of logits) {
      const p = sigmoid(logit + bias);
      excess += p - POSITIVE_RATE;
      slope += p * (1 - p);
    }
    bias -= excess / slope;
  }
  return bias;
}
