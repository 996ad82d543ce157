/** What is worth knowing of a data set before it is trained on: who is popular, what is rare, what cannot teach anything. */
import { type Dataset, featureFrequencies, positiveRate, type RareFeature } from './dataset';
import { formatCount } from './format-count';
import { findLeaks, type Leak } from './leaks';
import type { Yielder } from './source/yielder';

/** The parts of a data set that a profile is made from. */
export interface ProfileSource {
  readonly rows: number;
  readonly positiveRate: number;
  readonly fields: readonly { readonly name: string; readonly features: number; readonly offset: number }[];
  /** Rows holding each feature. [features] */
  readonly frequencies: Uint32Array;
  /** By field. */
  readonly rare: readonly (RareFeature | null)[];
  /** Absent: not looked for. */
  readonly leaks?: readonly Leak[];
}

export interface FieldProfile {
  readonly name: string;
  /** Features n_f, the rare one included. */
  readonly features: number;
  /** Distinct values that share the rare feature. */
  readonly rareValues: number;
  /** Share of rows whose value is rare, 0…1. */
  readonly rareShare: number;
  /** Code of the most frequent feature, and its share of the rows. */
  readonly topCode: number;
  readonly topShare: number;
  /** Features in at most ten rows. */
  readonly seldom: number;
}

/** One point of the popularity curve: the feature of this rank is in so many rows. */
export interface PopularityPoint {
  /** 1: the most popular. */
  readonly rank: number;
  readonly rows: number;
}

export interface DatasetProfile {
  readonly fields: readonly FieldProfile[];
  /** All features of all fields, most popular first, at ranks that are even on a logarithmic axis. */
  readonly popularity: readonly PopularityPoint[];
  /** Share of all cells that the most popular hundredth of the features fills: the head. */
  readonly headShare: number;
  /** Share of the features that are in at most ten rows: the tail. */
  readonly tailShare: number;
  /** Of fields that tell the label almost alone, which nobody should overlook: sentences. */
  readonly leakWarnings: readonly string[];
  /** Sentences, those of leaks first. */
  readonly warnings: readonly string[];
}

/** The official rule calls a feature rare below this; here it bounds the tail. */
export const SELDOM_ROWS = 10;
const CURVE_POINTS = 120;
/** A field with a value for nearly every row identifies rows: nothing learned of it helps with another row. */
const UNIQUE_SHARE = 0.9;
/** Fewer positives, or negatives, than this in a test tenth and its AUC is noise. */
const SCARCE_CLASS_ROWS = 500;
/** Of a table of a thousand answers to one question, a few say it. */
const MOST_NAMED_LEAKS = 10;

/** The profile of a whole data set. Rejects with LoadCancelled. */
export async function profileWhole(dataset: Dataset, yielder: Yielder): Promise<DatasetProfile> {
  return profileDataset({
    rows: dataset.rows,
    positiveRate: positiveRate(dataset),
    fields: dataset.fields.map(({ name, size, offset }) => ({ name, features: size, offset })),
    frequencies: featureFrequencies(dataset),
    rare: dataset.fields.map(({ rare }) => rare ?? null),
    leaks: await findLeaks(dataset, yielder),
  });
}

export function profileDataset(source: ProfileSource): DatasetProfile {
  const { rows, fields, frequencies } = source;
  const profiles = fields.map((_, f) => profileField(source, f));
  const sorted = frequencies.slice().sort().reverse();
  const head = Math.max(1, Math.floor(sorted.length / 100));
  const headRows = sorted.subarray(0, head).reduce((sum, count) => sum + count, 0);
  const leakWarnings = warnOfLeaks(source.leaks ?? []);
  const seldom = profiles.reduce((sum, field) => sum + field.seldom, 0);
  return {
    fields: profiles,
    popularity: curve(sorted),
    headShare: headRows / (rows * fields.length),
    tailShare: seldom / frequencies.length,
    leakWarnings,
    warnings: [
      ...leakWarnings,
      ...profiles.flatMap((field) => warnOfField(field, rows)),
      ...warnOfLabel(source),
    ],
  };
}

function profileField({ rows, fields, frequencies, rare }: ProfileSource, f: number): FieldProfile {
  const { name, features, offset } = fields[f];
  let topCode = 0;
  let seldom = 0;
  for (let code = 0; code < features; code++) {
    const count = frequencies[offset + code];
    if (count > frequencies[offset + topCode]) topCode = code;
    if (count <= SELDOM_ROWS) seldom++;
  }
  const rareFeature = rare[f];
  return {
    name,
    features,
    rareValues: rareFeature?.values ?? 0,
    rareShare: rareFeature ? frequencies[offset + rareFeature.code] / rows : 0,
    topCode,
    topShare: frequencies[offset + topCode] / rows,
    seldom,
  };
}

function curve(sorted: Uint32Array): PopularityPoint[] {
  const points: PopularityPoint[] = [];
  for (let k = 0; k < CURVE_POINTS; k++) {
    const rank = Math.round(sorted.length ** (k / (CURVE_POINTS - 1)));
    if (rank !== points.at(-1)?.rank) points.push({ rank, rows: sorted[rank - 1] });
  }
  return points;
}

function warnOfLeaks(leaks: readonly Leak[]): string[] {
  const named = leaks.slice(0, MOST_NAMED_LEAKS).map(({ field, auc, rows }) => {
    const words = `${field} alone tells the label (AUC ${auc.toFixed(3)} over ${formatCount(rows)} rows)`;
    return `${words}: is it the label in other words? Ignore it unless it is known before the label is.`;
  });
  const more = leaks.length - named.length;
  if (more === 0) return named;
  return [...named, `${formatCount(more)} more fields tell the label alone, too.`];
}

function warnOfField({ name, features, rareShare, topShare }: FieldProfile, rows: number): string[] {
  if (rareShare === 1) return [`${name} has only rare values: it says the same in every row.`];
  if (features === 1 || topShare === 1) return [`${name} is constant: it says the same in every row.`];
  if (rows >= 100 && features >= UNIQUE_SHARE * rows) {
    return [`${name} is nearly unique per row: what is learned of a value never helps with another row.`];
  }
  return [];
}

function warnOfLabel({ rows, positiveRate }: ProfileSource): string[] {
  if (positiveRate === 0 || positiveRate === 1) {
    return ['All labels are the same: there is nothing to tell apart.'];
  }
  const scarce = Math.round(rows * Math.min(positiveRate, 1 - positiveRate));
  if (scarce >= SCARCE_CLASS_ROWS) return [];
  const kind = positiveRate < 0.5 ? '1' : '0';
  return [
    `Only ${formatCount(scarce)} row${scarce === 1 ? ' has' : 's have'} label ${kind}: AUCs will jump from seed to seed.`,
  ];
}
