/**
 * What the generated sample is made of: every constant that shapes it, with its reason. The story it must tell in
 * under a minute: frequent features keep many dimensions, rare ones few or none, noise fields none.
 */

export interface FieldRecipe {
  readonly name: string;
  readonly size: number;
  /**
   * q of the Zipf–Mandelbrot popularity p(r) ∝ 1/(r + q), r = 1 the most popular: small is steep, ≫ size is nearly flat.
   */
  readonly flatness: number;
  /** True rank of the field's most popular feature. 0: the field is pure noise, with neither factors nor weight. */
  readonly topRank: number;
  /** Whether the rank falls with popularity; otherwise all features of the field share `topRank`. */
  readonly tapered: boolean;
  /** Standard deviation of the field's weights. */
  readonly weightDeviation: number;
  /** The readable value of code 0…size−1. */
  readonly value: (code: number) => string;
}

/** Enough for stable AUCs on a tenth (10,000 rows: ± 0.005), few enough for 79 steps of 1,024 rows an epoch. */
export const ROWS = 100_000;

/**
 * Standard deviation of a planted factor, in every dimension up to the feature's rank. With the ranks below it puts
 * the true model's AUC between .80 and .85.
 */
export const FACTOR_DEVIATION = 0.55;

/** Expected share of label 1, for any seed: near a half, so that neither class is scarce, but visibly not a half. */
export const POSITIVE_RATE = 0.52;

/** A tapered feature with fewer expected rows than this has rank 0: no training could find its factors. */
export const ROWS_FOR_RANK = 40;

const GENRES = [
  'drama',
  'comedy',
  'action',
  'thriller',
  'romance',
  'adventure',
  'crime',
  'science fiction',
  'fantasy',
  'horror',
  'children',
  'animation',
  'mystery',
  'documentary',
  'war',
  'musical',
  'western',
  'film noir',
];

const AGES = ['25–34', '18–24', '35–44', '45–49', '50–55', '56+', '0–17'];

const OCCUPATIONS = [
  'student',
  'engineer',
  'teacher',
  'manager',
  'programmer',
  'clerk',
  'nurse',
  'sales person',
  'writer',
  'scientist',
  'artist',
  'doctor',
  'lawyer',
  'technician',
  'retired',
  'self-employed',
  'homemaker',
  'craftsman',
  'librarian',
  'farmer',
  'unemployed',
];

/** Zip codes are spread over 10001…99,999 by a step that shares no factor with anything visible. */
const ZIP_STEP = 59;

export const FIELDS: readonly FieldRecipe[] = [
  {
    name: 'user',
    size: 3_000,
    flatness: 10,
    topRank: 8,
    tapered: true,
    weightDeviation: 0.3,
    value: (code) => `user ${code + 1}`,
  },
  {
    name: 'item',
    size: 2_000,
    flatness: 10,
    topRank: 8,
    tapered: true,
    weightDeviation: 0.3,
    value: (code) => `item ${code + 1}`,
  },
  {
    name: 'genre',
    size: GENRES.length,
    flatness: 6,
    topRank: 6,
    tapered: false,
    weightDeviation: 0.3,
    value: (code) => GENRES[code],
  },
  {
    name: 'age',
    size: AGES.length,
    flatness: 4,
    topRank: 3,
    tapered: false,
    weightDeviation: 0.3,
    value: (code) => AGES[code],
  },
  {
    name: 'occupation',
    size: OCCUPATIONS.length,
    flatness: 6,
    topRank: 4,
    tapered: false,
    weightDeviation: 0.3,
    value: (code) => OCCUPATIONS[code],
  },
  {
    name: 'gender',
    size: 2,
    flatness: 8,
    topRank: 1,
    tapered: false,
    weightDeviation: 0.3,
    value: (code) => ['M', 'F'][code],
  },
  {
    name: 'zip',
    size: 1_500,
    flatness: 10,
    topRank: 0,
    tapered: false,
    weightDeviation: 0,
    value: (code) => String(10_001 + code * ZIP_STEP),
  },
  {
    name: 'hour',
    size: 24,
    flatness: 24,
    topRank: 0,
    tapered: false,
    weightDeviation: 0,
    // Most clicks come in the evening: code 0, the most popular, is 20:00.
    value: (code) => `${String((20 + code) % 24).padStart(2, '0')}:00`,
  },
];
