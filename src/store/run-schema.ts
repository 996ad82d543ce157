/**
 * A run as it comes back from a file or from the browser's storage: restored, not trusted. Everything that the page draws is
 * checked against the run's own table, so that no chart is asked for more than the record holds.
 */
import { z } from 'zod';
import { describeFault, firstFault } from '../experiment/fault';
import {
  auc,
  backendSchema,
  componentsSchema,
  datasetShape,
  descriptionSchema,
  epochs,
  fieldShape,
  hasValue,
  isMeasured,
  logloss,
  MAX_COMPONENTS,
  MAX_FIELDS,
  measured,
  measuredOrNaN,
  resultSchema,
  whole,
  withoutSign,
} from '../experiment/recorded';
import { SETTINGS } from '../experiment/setting-table';
import { type RunConfig, runConfigSchema } from '../experiment/settings';
import { UNSAID_IN_RECORDS } from '../experiment/unsaid-settings';
import { decodeWords } from '../export/base64';
import type { LossPoint } from './run';
import { faultOf } from './run-faults';
import { ownColor, type SavedRun } from './saved-run';
import { appendPoint, EMPTY_SERIES, MAX_POINTS, type Series } from './series';

/**
 * Of the records, which do not say it yet: absent is 1. Raised whenever a page of the version before could not read them, and
 * from then on written: an older page leaves newer ones alone.
 */
const FORMAT = 1;
/** The last moment that a Date can hold, in milliseconds. */
const LAST_MOMENT = 8.64e15;

const configSchema = z.record(z.string(), z.unknown()).transform((raw, context): RunConfig => {
  const known = z.object(runConfigSchema.shape).safeParse({ ...UNSAID_IN_RECORDS, ...raw });
  if (known.success) return known.data;
  const { path, message } = firstFault(known.error);
  context.addIssue({ code: 'custom', path: [...path], message });
  return z.NEVER;
});

/** In a file a mask is base64. */
const words = z
  .custom<Uint32Array | string>((value) => value instanceof Uint32Array || typeof value === 'string', {
    error: 'must be a mask in base64',
  })
  .transform((value, context) => {
    const decoded = typeof value === 'string' ? decodeWords(value) : value;
    if (decoded) return decoded;
    context.addIssue('a mask is not base64');
    return z.NEVER;
  });

/** In a file, typed arrays are lists. */
const float64Array = z
  .custom<Float64Array | readonly (number | null)[]>(
    (value) =>
      (value instanceof Float64Array || Array.isArray(value)) && value.every((each) => isMeasured(each)),
    { error: 'must be a list of numbers of at least 0' },
  )
  .transform((numbers) =>
    Float64Array.from(numbers, (each) => (hasValue(each) ? withoutSign(each) : Number.NaN)),
  );
const bytes = z
  .custom<Uint8Array | readonly number[]>(
    (value) => value instanceof Uint8Array || (Array.isArray(value) && value.every(isByte)),
    { error: 'must be a list of whole numbers up to 255' },
  )
  .transform((numbers) => Uint8Array.from(numbers));

function isByte(value: unknown): boolean {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= 255;
}

/** Points in rising order of step; more than a chart draws are thinned out, and null is no point. */
function series<Point extends { readonly step: number }>(point: z.ZodType<Point | null>) {
  return z
    .object({ points: z.array(point), gap: whole })
    .transform(({ points, gap }) => ({ points: points.filter((each) => each !== null), gap }))
    .superRefine(({ points }, context) => {
      const late = points.findIndex(({ step }, i) => i > 0 && step <= points[i - 1].step);
      if (late < 0) return;
      context.addIssue({ code: 'custom', path: ['points', late, 'step'], message: 'the steps do not rise' });
    })
    .transform(({ points, gap }): Series<Point> => {
      if (points.length <= MAX_POINTS) return { points, gap };
      return points.reduce<Series<Point>>((thinned, each) => appendPoint(thinned, each), EMPTY_SERIES);
    });
}

const sizeSchema = z.object({
  arrays: z
    .array(z.object({ symbol: z.string(), name: z.string(), rows: whole, columns: whole }))
    .min(1)
    .max(MAX_COMPONENTS),
  trainingOnly: z.array(z.object({ symbol: z.string(), name: z.string(), count: whole })).max(MAX_COMPONENTS),
  indexBytes: whole,
});

const startSchema = z.object({
  type: z.literal('run-started'),
  run: descriptionSchema,
  version: z.string(),
  config: configSchema,
  backend: backendSchema,
  dataset: z.object({
    ...datasetShape,
    fields: z.array(z.object({ ...fieldShape, offset: whole })).max(MAX_FIELDS),
  }),
  splitLabels: z.record(z.enum(['train', 'validation', 'test']), z.tuple([whole, whole])).exactOptional(),
  stepsPerEpoch: whole,
  totalSteps: whole,
  tableSize: whole,
  size: sizeSchema.exactOptional(),
  otherParameters: componentsSchema,
});

const pointSchema = z.object({
  step: whole,
  epoch: epochs,
  parameters: whole,
  threshold: z
    .object({
      mean: measuredOrNaN(),
      p05: measuredOrNaN(),
      p95: measuredOrNaN(),
      fieldMeans: float64Array,
    })
    .nullable(),
  magnitude: z.object({ p05: measuredOrNaN(), median: measuredOrNaN(), p95: measuredOrNaN() }),
  push: z
    .object({
      data: measuredOrNaN(),
      decay: measuredOrNaN(),
      groupData: float64Array,
      groupDecay: float64Array,
    })
    .nullable(),
});

/** A loss that is no number is no point of the curve. */
const lossSchema = z
  .object({ step: whole, epoch: epochs, trainLoss: measured() })
  .transform(({ trainLoss, ...point }): LossPoint | null =>
    trainLoss === null ? null : { ...point, trainLoss },
  );

const viewSchema = z.object({
  status: z.enum(['starting', 'running', 'paused', 'finished', 'failed', 'cut']),
  start: startSchema,
  step: whole,
  epoch: epochs,
  parameters: whole.nullable(),
  msPerStep: measured(),
  msLeft: measured(),
  table: series(pointSchema),
  losses: series(lossSchema),
  evaluations: series(z.object({ step: whole, epoch: epochs, auc, logloss })),
  tickets: z
    .array(z.object({ target: whole, parameters: whole, step: whole, epoch: epochs, mask: words }))
    .max(SETTINGS.targets.most.length, `a run has at most ${SETTINGS.targets.most.length} tickets`),
  latest: pointSchema
    .extend({ trainLoss: measuredOrNaN(), mask: words.nullable(), dimensions: bytes.nullable() })
    .nullable(),
  finish: z
    .object({
      reason: z.enum(['epochs-done', 'last-target-met', 'stopped-early', 'cancelled']),
      result: resultSchema.nullable(),
    })
    .nullable(),
  error: z.string().nullable(),
});

const runSchema = z.object({
  id: z.string().min(1),
  experiment: z.string(),
  startedAt: z.number().min(0).max(LAST_MOMENT).transform(withoutSign),
  name: z.string(),
  color: z.string(),
  isHidden: z.boolean(),
  notes: z.string(),
  view: viewSchema.superRefine((view, context) => {
    const fault = faultOf(view.start, view);
    if (fault) context.addIssue({ code: 'custom', ...fault });
  }),
});

/**
 * The run that a record holds.
 * @throws Error that says where the record is not as it should be, and why.
 */
export function restoreRun(record: unknown): SavedRun {
  const { format = FORMAT } = Object(record) as { format?: unknown };
  if (typeof format === 'number' && format > FORMAT) {
    throw new Error(
      `a newer version of this page has kept it (format ${format}), which is needed to read it`,
    );
  }
  const parsed = runSchema.safeParse(record);
  if (!parsed.success) throw new Error(describeFault(parsed.error));
  const run = parsed.data;
  const isColor = /^#[0-9a-f]{6}$/i.test(run.color);
  return isColor ? run : { ...run, color: ownColor(run.view.start.run.scheme) };
}

/** Of a record that cannot be read: “Search”, or what it is called instead. */
export function nameOf(record: unknown, otherwise: string): string {
  const { name } = Object(record) as { name?: unknown };
  return typeof name === 'string' && name !== '' ? `“${name}”` : otherwise;
}
