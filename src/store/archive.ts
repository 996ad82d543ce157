/**
 * Runs as one file, and back. The file is JSON that says its version; what comes back is restored, not trusted: everything
 * that the page draws is checked, settings that a file does not know yet get their official values.
 */
import { z } from 'zod';
import { DOCUMENT_FORMAT, type ExperimentDocument, readExperiments } from '../experiment/document';
import { presetConfig } from '../experiment/presets';
import { type RunConfig, runConfigSchema } from '../experiment/settings';
import { decodeWords, encodeWords } from '../export/base64';
import type { RunResult } from '../worker/protocol';
import { IDLE_RUN, type RunView, type TablePoint } from './run';
import { createSavedRun, newId, type SavedRun } from './savedRun';

const FORMAT = 'pep-playground-runs';
/** Raise it when a file of this version could not be read by the page of the version before. */
const FORMAT_VERSION = 1;

const FOREIGN = 'It is neither an export of this page nor its settings nor a result of its command line.';

const finite = z.number();
/** NaN is null in JSON. */
const numberOrNaN = z
  .number()
  .nullable()
  .transform((value) => value ?? Number.NaN);
const words = z.string().transform((text, context) => {
  const decoded = decodeWords(text);
  if (decoded) return decoded;
  context.addIssue('a mask is not base64');
  return z.NEVER;
});
/** Of a data set; runs of version 0.1 have none. */
const fingerprint = z.string().regex(/^[0-9a-f]{16}$/, 'a fingerprint is 16 hexadecimal digits');

const configSchema = z.record(z.string(), z.unknown()).transform((raw, context): RunConfig => {
  const known = z.object(runConfigSchema.shape).safeParse({ ...presetConfig('paper', 1), ...raw });
  if (known.success) return known.data;
  const [{ path, message }] = known.error.issues;
  context.addIssue(`${path.join('.')}: ${message}`);
  return z.NEVER;
});

const descriptionSchema = z.object({
  id: z.string(),
  label: z.string(),
  scheme: z.enum(['pep', 'uniform', 'ticket', 'reinit', 'rewind', 'magnitude', 'random']),
  target: finite.nullable(),
});

const resultSchema = z.object({
  scheme: descriptionSchema.shape.scheme,
  model: z.string(),
  target: finite.nullable(),
  parameters: finite,
  bytes: z.object({ dense: finite, csr: finite, bitmask: finite }),
  dimension: finite,
  validAuc: finite,
  testAuc: finite,
  testLogloss: finite,
  epochs: finite,
  converged: z.boolean(),
  protocol: z.enum(['validation', 'paper']),
  seed: finite,
});

const startSchema = z.object({
  type: z.literal('run-started'),
  run: descriptionSchema,
  version: z.string(),
  config: configSchema,
  backend: z.object({
    id: z.enum(['webgpu', 'cpu']),
    label: z.string(),
    adapter: z.string(),
    software: z.boolean(),
  }),
  dataset: z.object({
    name: z.string(),
    rows: finite,
    splitRows: z.object({ train: finite, validation: finite, test: finite }),
    fields: z.array(z.object({ name: z.string(), features: finite, offset: finite })),
    features: finite,
    positiveRate: finite,
    notes: z.array(z.string()),
    fingerprint: fingerprint.exactOptional(),
    origin: z.record(z.string(), z.string()).exactOptional(),
  }),
  stepsPerEpoch: finite,
  totalSteps: finite,
  tableSize: finite,
  otherParameters: z.array(z.object({ name: z.string(), count: finite })),
});

const float64Array = z.array(finite).transform((numbers) => Float64Array.from(numbers));

const pointSchema = z.object({
  step: finite,
  epoch: finite,
  parameters: finite,
  threshold: z
    .object({
      mean: finite,
      p05: numberOrNaN,
      p95: numberOrNaN,
      fieldMeans: float64Array,
    })
    .nullable(),
  magnitude: z.object({ p05: numberOrNaN, median: numberOrNaN, p95: numberOrNaN }),
  push: z
    .object({ data: finite, decay: finite, groupData: float64Array, groupDecay: float64Array })
    .nullable(),
});

const series = <Point extends z.ZodType<{ readonly step: number }>>(point: Point) =>
  z.object({ points: z.array(point), gap: finite });

const viewSchema = z.object({
  status: z.enum(['idle', 'starting', 'running', 'paused', 'finished', 'failed', 'cut']),
  start: startSchema.nullable(),
  step: finite,
  epoch: finite,
  parameters: finite.nullable(),
  msPerStep: finite.nullable(),
  msLeft: finite.nullable(),
  table: series(pointSchema),
  losses: series(z.object({ step: finite, epoch: finite, trainLoss: finite })),
  evaluations: series(z.object({ step: finite, epoch: finite, auc: finite, logloss: finite })),
  tickets: z.array(
    z.object({ target: finite, parameters: finite, step: finite, epoch: finite, mask: words }),
  ),
  latest: pointSchema
    .extend({
      trainLoss: numberOrNaN,
      mask: words,
      dimensions: z.array(finite).transform((dimensions) => Uint8Array.from(dimensions)),
    })
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
  startedAt: finite,
  name: z.string(),
  color: z.string(),
  isHidden: z.boolean(),
  notes: z.string(),
  view: viewSchema,
});

/** All runs as the text of a file. */
export function archiveText(runs: readonly SavedRun[]): string {
  return JSON.stringify({ format: FORMAT, formatVersion: FORMAT_VERSION, runs }, (_name, value: unknown) => {
    if (value instanceof Uint32Array) return encodeWords(value);
    if (value instanceof Uint8Array || value instanceof Float64Array) return [...value];
    return value;
  });
}

/**
 * The runs of a file of this page, or of a document of the command line; of runs with the same id, the first.
 * `writtenAt` dates a document's runs.
 * @throws Error that says what is wrong with the file and what can be done, to follow the file's name.
 */
export function readArchive(text: string, writtenAt: number): SavedRun[] {
  const runs = readRuns(text, writtenAt);
  if (runs.length === 0) throw new Error('There are no runs in it.');
  const ids = runs.map(({ id }) => id);
  return runs.filter(({ id }, i) => ids.indexOf(id) === i);
}

function readRuns(text: string, writtenAt: number): SavedRun[] {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    if (!text.trimStart().startsWith('{')) throw new Error(FOREIGN);
    throw new Error('This is not whole JSON. Was the file cut off? Export it again.');
  }
  const { format, formatVersion } = Object(content) as { format?: unknown; formatVersion?: unknown };
  if (format === DOCUMENT_FORMAT) return readDocuments(text, writtenAt);
  if (typeof format === 'string' && format.startsWith('pep-playground/')) {
    throw new Error(`A newer command line wrote it (${format}). Update the playground to open it.`);
  }
  if (format !== FORMAT) {
    throw new Error(FOREIGN);
  }
  if (typeof formatVersion !== 'number' || formatVersion > FORMAT_VERSION) {
    throw new Error(
      `A newer page wrote it (version ${String(formatVersion)}). Update the playground to open it.`,
    );
  }
  const parsed = z.object({ runs: z.array(runSchema) }).safeParse(content);
  if (!parsed.success) {
    const [{ path, message }] = parsed.error.issues;
    throw new Error(`${path.join('.')}: ${message}. Nothing was imported.`);
  }
  return parsed.data.runs.map((run) => ({ ...run, view: settled(run.view) }));
}

/** A run that was under way when the file was written goes on elsewhere, not here. */
function settled(view: RunView): RunView {
  const isOver = view.status === 'finished' || view.status === 'failed' || view.status === 'cut';
  const error = `Exported while it was under way, at step ${view.step.toLocaleString('en-US')}.`;
  return isOver ? view : { ...view, status: 'cut', msLeft: null, error };
}

function readDocuments(text: string, writtenAt: number): SavedRun[] {
  try {
    return readExperiments(text).flatMap((document) => documentRuns(document, writtenAt));
  } catch (error) {
    throw new Error(`${(error as Error).message}. Nothing was imported.`);
  }
}

/** One run for each result of a document. The search has its curves; the others have their numbers alone. */
function documentRuns(document: ExperimentDocument, writtenAt: number): SavedRun[] {
  const experiment = newId();
  const { search } = document;
  const config = configSchema.parse(document.config);
  let offset = 0;
  const fields = document.dataset.fields.map(({ name, features }) => {
    offset += features;
    return { name, features, offset: offset - features };
  });
  return z
    .array(resultSchema)
    .parse(document.results)
    .map((result, i) => {
      const isSearch = i === 0;
      const start = startSchema.parse({
        type: 'run-started',
        run: {
          id: isSearch ? 'search' : `${result.scheme}-${result.target ?? i}`,
          label: label(result),
          ...result,
        },
        version: document.version,
        config: { ...config, dimension: result.dimension },
        backend: document.backend,
        dataset: { ...document.dataset, fields },
        stepsPerEpoch: search.stepsPerEpoch,
        totalSteps: Math.round(result.epochs * search.stepsPerEpoch),
        tableSize: document.dataset.features * result.dimension,
        otherParameters: search.otherParameters,
      });
      const run = createSavedRun(start, experiment, writtenAt + i);
      const finish = { reason: 'epochs-done', result } as const;
      const curves = isSearch ? documentCurves(document) : {};
      const { parameters, epochs: epoch } = result;
      const end = { status: 'finished', step: start.totalSteps, epoch, parameters, finish } as const;
      return { ...run, view: { ...run.view, ...end, ...curves } };
    });
}

function documentCurves({ search }: ExperimentDocument): Partial<RunView> {
  const points = search.trajectory.map(
    ({ step, epoch, parameters, meanG }): TablePoint => ({
      step,
      epoch,
      parameters,
      threshold:
        meanG === null
          ? null
          : { mean: meanG, p05: Number.NaN, p95: Number.NaN, fieldMeans: new Float64Array() },
      magnitude: { p05: Number.NaN, median: Number.NaN, p95: Number.NaN },
      push: null,
    }),
  );
  const losses = search.trajectory.flatMap(({ step, epoch, trainLoss }) =>
    trainLoss === null ? [] : [{ step, epoch, trainLoss }],
  );
  return {
    ...IDLE_RUN_CURVES,
    step: points.at(-1)?.step ?? 0,
    epoch: points.at(-1)?.epoch ?? 0,
    msPerStep: search.msPerStep,
    table: { points, gap: 0 },
    losses: { points: losses, gap: 0 },
  };
}

const IDLE_RUN_CURVES: Partial<RunView> = { evaluations: IDLE_RUN.evaluations, tickets: [] };

function label({ scheme, target, dimension }: RunResult): string {
  const NAMES: Record<RunResult['scheme'], string> = {
    pep: 'Search',
    uniform: target === null ? `Dense, d = ${dimension}` : 'Uniform embedding',
    ticket: 'Winning ticket',
    reinit: 'Re-initialised',
    rewind: 'Full rewind',
    magnitude: 'Magnitude pruning',
    random: 'Random mask',
  };
  return target === null ? NAMES[scheme] : `${NAMES[scheme]}, ${target.toLocaleString('en-US')}`;
}
