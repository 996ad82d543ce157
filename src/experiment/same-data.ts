/**
 * Whether two runs were made on the same data. By fingerprint; runs of version 0.1 have none and are compared by name,
 * rows and fields, as they were then. Against a run with a fingerprint that proves nothing: a label rule can differ. Such
 * data are "perhaps" the same: a ticket may be retrained on it, with these words beside it, and charts of the one may be
 * drawn over the other, but no mean is ever taken over both, and no file names one's features by the other's values.
 */
import { shortFingerprint } from '../data/fingerprint';
import { formatCount } from '../data/format-count';
import { describeOrigin, differingOrigins, type Origin } from '../data/origin';

/** What a data set is compared by, of a run or of a document. */
export interface DatasetIdentity {
  readonly name: string;
  readonly rows: number;
  readonly fields: readonly { readonly name: string; readonly features: number }[];
  readonly fingerprint?: string | undefined;
  readonly origin?: Origin | undefined;
}

export type Sameness = 'same' | 'perhaps' | 'other';

export function compareData(a: DatasetIdentity, b: DatasetIdentity): Sameness {
  if (a.fingerprint !== undefined && b.fingerprint !== undefined) {
    return a.fingerprint === b.fingerprint ? 'same' : 'other';
  }
  if (looks(a) !== looks(b)) return 'other';
  return a.fingerprint === b.fingerprint ? 'same' : 'perhaps';
}

/** Whether a run's tickets may be retrained on the other data, and one's charts drawn over the other's. */
export function mayBeSame(a: DatasetIdentity, b: DatasetIdentity): boolean {
  return compareData(a, b) !== 'other';
}

/** The same text for the same data, and only for it: what means are grouped by. */
export function dataKey(dataset: DatasetIdentity): string {
  return dataset.fingerprint ?? looks(dataset);
}

/** "ml.csv · 1a2b3c4d": with the fingerprint, which tells data sets of one name apart. */
export function dataName({ name, fingerprint }: Pick<DatasetIdentity, 'name' | 'fingerprint'>): string {
  return fingerprint === undefined ? name : `${name} · ${shortFingerprint(fingerprint)}`;
}

/**
 * The same with the whole fingerprint, for files: "ml.csv · 1a2b3c4d5e6f7081". With the name before them no reader takes
 * sixteen digits for a number. '' where no data set is known.
 */
export function fullDataName(
  dataset: Pick<DatasetIdentity, 'name' | 'fingerprint'> | null | undefined,
): string {
  if (!dataset) return '';
  const { name, fingerprint } = dataset;
  return fingerprint === undefined ? name : `${name} · ${fingerprint}`;
}

/** All that version 0.1 has kept of a data set. */
function looks({ name, rows, fields }: DatasetIdentity): string {
  return JSON.stringify([name, rows, fields.map((field) => [field.name, field.features])]);
}

/**
 * Of a run whose data is not what is loaded, the words in which they differ: "ml.csv with label rating > 3; what is loaded
 * has label rating > 4".
 */
export function describeDifference(run: DatasetIdentity, loaded: DatasetIdentity): string {
  if (run.name !== loaded.name) return `${run.name}; what is loaded is ${loaded.name}`;
  const [ofRun, ofLoaded] = differingOrigins(run.origin ?? {}, loaded.origin ?? {}).map(describeOrigin);
  if (ofRun !== '' && ofLoaded !== '') return `${run.name} with ${ofRun}; what is loaded has ${ofLoaded}`;
  if (looks(run) !== looks(loaded))
    return `${run.name} with ${size(run)}; what is loaded has ${size(loaded)}`;
  return `${run.name} with ${mark(run)}; what is loaded has the same name but ${mark(loaded)}: other rows, labels or fields`;
}

function size({ rows, fields }: DatasetIdentity): string {
  const features = fields.reduce((sum, field) => sum + field.features, 0);
  return `${formatCount(rows)} rows, ${formatCount(fields.length)} fields, ${formatCount(features)} features`;
}

function mark({ fingerprint }: DatasetIdentity): string {
  return fingerprint === undefined ? 'no fingerprint' : `the fingerprint ${shortFingerprint(fingerprint)}`;
}
