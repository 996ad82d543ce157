/**
 * The JSON document that an experiment leaves: gathered from its events, written by the command line, opened by the page.
 * One experiment is a search with what follows it; a sweep is a list of experiments.
 */
import { z } from 'zod';
import {
  backendSchema,
  componentsSchema,
  datasetShape,
  type ExperimentEvent,
  type RunResult,
  type RunStarted,
  recordedConfigSchema,
  resultSchema,
  type TicketSummary,
  ticketSchema,
} from './events';
import { describeFault, firstFault } from './fault';
import type { ExperimentPlan } from './plan';
import { auc, epochs, fieldShape, MAX_FIELDS, measured, record, whole } from './recorded';
import { type RecordKind, restore } from './restore';
import { type SeedMeans, seedMeans } from './seed-means';
import { featuresFault, sizeOf, tableSizeFault } from './table-size';
import { saidSettings } from './unsaid-settings';

export const DOCUMENT_FORMAT = 'pep-playground/1';

interface TrajectoryPoint {
  readonly step: number;
  readonly epoch: number;
  readonly parameters: number;
  /** Null for schemes without thresholds. */
  readonly meanG: number | null;
  /** Mean |∂L/∂s| and mean |λ·s|: what moves the thresholds; null without them, and at step 0. */
  readonly dataPush: number | null;
  readonly decayPush: number | null;
  /** Mean since the previous point; null at step 0. */
  readonly trainLoss: number | null;
  /** Of the latest evaluation at or before this step; null where it could not be computed. */
  validAuc: number | null;
}

/** One experiment, gathered from its events. */
export class ExperimentRecord {
  private started: RunStarted | null = null;
  private isSearch = true;
  private readonly trajectory: TrajectoryPoint[] = [];
  private readonly tickets: TicketSummary[] = [];
  private readonly results: RunResult[] = [];
  private skipped: readonly { readonly run: string; readonly reason: string }[] = [];
  private validAuc: number | null = null;
  private msPerStep: number | null = null;
  private ended: string | null = null;

  constructor(private readonly plan: ExperimentPlan) {}

  add(event: ExperimentEvent): void {
    switch (event.type) {
      case 'run-started':
        this.isSearch = this.started === null;
        this.started ??= event;
        break;
      case 'stats':
        if (this.isSearch) this.addPoint(event.stats);
        break;
      case 'evaluation':
        if (this.isSearch) this.addEvaluation(event.step, event.metrics.auc);
        break;
      case 'ticket':
        this.tickets.push(event.ticket);
        break;
      case 'run-finished':
        if (this.isSearch) {
          this.ended = event.reason;
          this.msPerStep = event.msPerStep;
        }
        if (event.result) this.results.push(event.result);
        break;
      case 'failed':
        this.ended = event.message;
        break;
      case 'progress':
        if (this.isSearch) this.msPerStep = event.msPerStep;
        break;
      case 'experiment-finished':
        this.skipped = event.skipped.map(({ run, reason }) => ({ run: run.label, reason }));
        break;
      case 'table':
      case 'experiment-started':
        break;
      default:
        event satisfies never;
    }
  }

  private addPoint(stats: Extract<ExperimentEvent, { type: 'stats' }>['stats']): void {
    const { step, epoch, parameters, threshold, trainLoss, push } = stats;
    this.trajectory.push({
      step,
      epoch,
      parameters,
      meanG: threshold?.mean ?? null,
      dataPush: push?.data ?? null,
      decayPush: push?.decay ?? null,
      trainLoss: Number.isFinite(trainLoss) ? trainLoss : null,
      validAuc: this.validAuc,
    });
  }

  private addEvaluation(step: number, auc: number | null): void {
    this.validAuc = auc;
    const last = this.trajectory.at(-1);
    if (last?.step === step) last.validAuc = auc;
  }

  get hasStarted(): boolean {
    return this.started !== null;
  }

  toJSON() {
    if (!this.started) throw new Error('No run has started');
    const { version, config, backend, dataset, splitLabels, tableSize, stepsPerEpoch, otherParameters } =
      this.started;
    return {
      format: DOCUMENT_FORMAT,
      version,
      config,
      plan: this.plan,
      backend,
      dataset: {
        name: dataset.name,
        rows: dataset.rows,
        splitRows: dataset.splitRows,
        splitLabels,
        fields: dataset.fields.map(({ name, features }) => ({ name, features })),
        features: dataset.features,
        positiveRate: dataset.positiveRate,
        notes: dataset.notes,
        fingerprint: dataset.fingerprint,
        origin: dataset.origin,
      },
      search: {
        tableSize,
        otherParameters,
        stepsPerEpoch,
        trajectory: this.trajectory,
        tickets: this.tickets,
        msPerStep: this.msPerStep,
        ended: this.ended,
      },
      skipped: this.skipped,
      results: this.results,
    };
  }
}

export type ExperimentDocument = ReturnType<ExperimentRecord['toJSON']>;

/**
 * Several experiments. Its own fields are those of the first, so that a reader of one experiment can read it too; none
 * (an empty shard) leave no more than the lists.
 */
export interface SweepDocument extends Partial<ExperimentDocument> {
  readonly experiments: readonly ExperimentDocument[];
  readonly summary: readonly SeedMeans[];
}

export function sweepDocument(experiments: readonly ExperimentDocument[]): SweepDocument {
  return {
    ...(experiments.length > 0 ? experiments[0] : { format: DOCUMENT_FORMAT }),
    results: experiments.flatMap(({ results }) => results),
    experiments,
    summary: seedMeans(experiments),
  };
}

/** One or many as the text of a file. */
export function documentText(documents: readonly ExperimentDocument[]): string {
  const said = documents.map((document) => ({ ...document, config: saidSettings(document.config) }));
  const [first] = said;
  const whole =
    said.length === 1
      ? first
      : { ...sweepDocument(documents), ...(first && { config: first.config }), experiments: said };
  return `${JSON.stringify(whole, null, 2)}\n`;
}

/** What tells a document from any other JSON. Its experiments are judged one by one. */
const documentSchema = z.looseObject({
  format: z.literal(DOCUMENT_FORMAT, { error: `it does not say "format": "${DOCUMENT_FORMAT}"` }),
  experiments: z.array(z.unknown(), { error: 'must be a list' }).optional(),
});

const measuredOrNone = measured().nullish().transform(orNull);

const pointSchema = record({
  step: whole,
  epoch: epochs,
  parameters: whole,
  meanG: measuredOrNone,
  dataPush: measuredOrNone,
  decayPush: measuredOrNone,
  trainLoss: measuredOrNone,
  validAuc: auc.nullish().transform(orNull),
});

const experimentSchema = record({
  config: recordedConfigSchema,
  version: z.string(),
  backend: backendSchema,
  dataset: record({ ...datasetShape, fields: z.array(record(fieldShape)).max(MAX_FIELDS) }),
  search: record({
    tableSize: whole,
    otherParameters: componentsSchema,
    stepsPerEpoch: whole,
    trajectory: z.array(pointSchema),
    tickets: z.array(ticketSchema),
    msPerStep: measured(),
    ended: z.string().nullable(),
  }),
}).superRefine(({ config, dataset, search }, context) => {
  const refuse = (path: (string | number)[], message: string | null) => {
    if (message !== null) context.addIssue({ code: 'custom', path, message });
  };
  const size = sizeOf({ run: config, config, dataset });
  refuse(['dataset', 'features'], featuresFault(dataset.fields, dataset.features));
  refuse(['search', 'tableSize'], tableSizeFault(size, search.tableSize));
  for (const [i, { step, parameters }] of search.trajectory.entries()) {
    const path = ['search', 'trajectory', i];
    if (i > 0 && step <= search.trajectory[i - 1].step) refuse([...path, 'step'], 'the steps do not rise');
    if (parameters > search.tableSize) {
      refuse([...path, 'parameters'], `is more than the table's ${search.tableSize}`);
    }
  }
});

/** An experiment but for its results, which are judged one by one. The version of a document stands in its format's name. */
const EXPERIMENT: RecordKind<z.output<typeof experimentSchema>> = { steps: [], schema: experimentSchema };

function orNull<Value>(value: Value | undefined): Value | null {
  return value ?? null;
}

/**
 * The experiments of a document, whether it holds one or many. One that cannot be read, and a result that cannot, is set
 * aside, and `setAside` is told which and why; the others are read.
 * @throws Error saying what is wrong with the text, or with all that it holds.
 */
export function readExperiments(
  text: string,
  setAside: (words: string) => void = () => {},
): ExperimentDocument[] {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    throw new Error('it is not whole JSON (was the file cut off?)');
  }
  const parsed = documentSchema.safeParse(content);
  if (!parsed.success) {
    const { path, message } = firstFault(parsed.error);
    throw new Error(path[0] === 'format' ? message : describeFault(parsed.error));
  }
  const candidates = parsed.data.experiments ?? [content];
  const faults: string[] = [];
  const experiments = candidates.flatMap((candidate, i) => {
    const place = candidates.length > 1 ? `experiment ${i + 1} of ${candidates.length}, ` : '';
    try {
      return [readExperiment(candidate, (words) => setAside(`${place}${words}`))];
    } catch (error) {
      faults.push(`${place}${(error as Error).message}`);
      return [];
    }
  });
  if (experiments.length === 0 && faults.length > 0) throw new Error(faults[0]);
  for (const fault of faults) setAside(fault);
  return experiments;
}

/** @throws Error that says where the experiment is not as it should be. */
function readExperiment(content: unknown, setAside: (words: string) => void): ExperimentDocument {
  const listed = z.looseObject({ results: z.array(z.unknown()) }).safeParse(content);
  if (!listed.success) throw new Error(describeFault(listed.error));
  const faults: string[] = [];
  const results = listed.data.results.flatMap((result, i) => {
    const parsed = resultSchema.safeParse(result);
    if (parsed.success) return [parsed.data];
    faults.push(describeFault(parsed.error, 'results', i));
    return [];
  });
  if (results.length === 0 && faults.length > 0) throw new Error(faults[0]);
  const { format, ...experiment } = listed.data;
  const restored = restore(EXPERIMENT, experiment);
  for (const fault of faults) setAside(fault);
  return { ...(format !== undefined && { format }), ...restored, results } as unknown as ExperimentDocument;
}
