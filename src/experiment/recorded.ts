/**
 * What an experiment has recorded, as it is read back from a file or from the browser's storage: shapes, and bounds that no
 * run goes beyond. JSON has no NaN and no infinity: it writes null, and what could not be measured is null here too.
 */
import { z } from 'zod';
import { MODEL_IDS } from '../models/catalogue';
import type { RunResult } from './events';
import { RUN_KIND_IDS } from './run-kinds';
import { runConfigSchema } from './settings';

/** Numbers of a table, N·d. The largest buffer that a browser's GPU process binds has 2 GiB. */
export const MAX_TABLE_ENTRIES = 536_870_912;
/** More fields than this are read by no format and drawn by no chart. */
export const MAX_FIELDS = 10_000;
/** Sums and means of single precision end at 3.4e38. */
const LARGEST = 1e39;
/** What is nearer to 0 is 0: an axis has no powers of ten below 1e-308. */
const SMALLEST = 1e-300;
/** More parts outside the table than any model has. */
export const MAX_COMPONENTS = 100;

/** A number of things. */
export const whole = z
  .int({ error: 'must be a whole number' })
  .min(0, 'must be a whole number of at least 0')
  .transform(withoutSign);

/** Passes over the training rows, fractional. */
export const epochs = z
  .number({ error: 'must be a number' })
  .min(0, 'must be at least 0')
  .max(1e15, 'is larger than any run is long')
  .transform(withoutSign);

/** What was measured, from 0 to `max`; null where there is no value: NaN and the infinities are none. */
export function measured(max = LARGEST) {
  const error = `must be a number from 0 to ${max}, or null`;
  return z
    .custom<number | null>((value) => isMeasured(value, max), { error })
    .transform((value) => (hasValue(value) ? withoutSign(value) : null));
}

/** As `measured`, where the run itself holds NaN for no value. */
export function measuredOrNaN(max?: number) {
  return measured(max).transform((value) => value ?? Number.NaN);
}

export function isMeasured(value: unknown, max = LARGEST): value is number | null {
  return (
    value === null || (typeof value === 'number' && (!Number.isFinite(value) || (value >= 0 && value <= max)))
  );
}

/** −0 is 0, as JSON writes it; so is what is too small to be drawn. */
export function withoutSign(value: number): number {
  return Math.abs(value) < SMALLEST ? 0 : value;
}

/** False for null, NaN and the infinities. */
export function hasValue(value: number | null): value is number {
  return value !== null && Number.isFinite(value);
}

/** An area under a curve, 0…1. */
export const auc = measured(1);
/** In nats. */
export const logloss = measured();

export const descriptionSchema = z.object({
  id: z.string(),
  label: z.string(),
  scheme: z.enum(RUN_KIND_IDS),
  target: whole.nullable(),
});

const resultShape = {
  scheme: descriptionSchema.shape.scheme,
  model: z.enum(MODEL_IDS),
  target: whole.nullable(),
  parameters: whole,
  bytes: z.object({ dense: whole, csr: whole, bitmask: whole }),
  dimension: whole,
  validAuc: auc,
  testAuc: auc,
  testLogloss: logloss,
  epochs,
  converged: z.boolean(),
  protocol: runConfigSchema.shape.protocol,
  seed: whole,
  notes: z.array(z.string()).exactOptional(),
};
export const resultSchema = z.object(resultShape).transform(asReported);
/** Of a document, which others read too: what this version does not know stays. */
export const looseResultSchema = z.looseObject(resultShape).transform(asReported);

/** Version 0.1 called the untrained state converged where no AUC could be measured. */
function asReported<Result extends Pick<RunResult, 'converged' | 'validAuc'>>(result: Result): Result {
  return { ...result, converged: result.converged && result.validAuc !== null };
}

export const backendSchema = z.object({
  id: z.enum(['webgpu', 'cpu']),
  label: z.string(),
  adapter: z.string(),
  software: z.boolean(),
});

/** Features of a field: at least one, as each row has a value in it. */
export const fieldShape = {
  name: z.string(),
  features: whole.refine((count) => count > 0, 'must be at least 1'),
};

export const fingerprintSchema = z.string().regex(/^[0-9a-f]{16}$/, 'must be 16 hexadecimal digits');

export const datasetShape = {
  name: z.string(),
  rows: whole,
  splitRows: z.object({ train: whole, validation: whole, test: whole }),
  features: whole,
  positiveRate: z.number().min(0).max(1).transform(withoutSign),
  notes: z.array(z.string()),
  /** Runs of version 0.1 have neither. */
  fingerprint: fingerprintSchema.exactOptional(),
  origin: z.record(z.string(), z.string()).exactOptional(),
};

export const componentsSchema = z.array(z.object({ name: z.string(), count: whole })).max(MAX_COMPONENTS);
