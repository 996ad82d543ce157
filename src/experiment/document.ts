/**
 * The JSON document that an experiment leaves: gathered from its events, written by the command line, opened by the page.
 * One experiment is a search with what follows it; a sweep is a list of experiments.
 */
import { z } from 'zod';
import type { ExperimentEvent, RunResult, TicketSummary } from './events';
import type { ExperimentPlan } from './plan';
import { type ResultSummary, summariseResults } from './sweep';

export const DOCUMENT_FORMAT = 'pep-playground/1';

type RunStarted = Extract<ExperimentEvent, { type: 'run-started' }>;

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
  /** Of the latest evaluation at or before this step. */
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
      trainLoss: Number.isNaN(trainLoss) ? null : trainLoss,
      validAuc: this.validAuc,
    });
  }

  private addEvaluation(step: number, auc: number): void {
    this.validAuc = auc;
    const last = this.trajectory.at(-1);
    if (last?.step === step) last.validAuc = auc;
  }

  get hasStarted(): boolean {
    return this.started !== null;
  }

  toJSON() {
    if (!this.started) throw new Error('No run has started');
    const { version, config, backend, dataset, tableSize, stepsPerEpoch, otherParameters } = this.started;
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

/** Several experiments. Its own fields are those of the first, so that a reader of one experiment can read it too. */
export interface SweepDocument extends ExperimentDocument {
  readonly experiments: readonly ExperimentDocument[];
  readonly summary: readonly ResultSummary[];
}

export function sweepDocument(experiments: readonly ExperimentDocument[]): SweepDocument {
  return {
    ...experiments[0],
    results: experiments.flatMap(({ results }) => results),
    experiments,
    summary: summariseResults(experiments),
  };
}

/** What results of several documents are held together or apart by. */
const datasetSchema = z.looseObject({
  name: z.string(),
  rows: z.number(),
  fields: z.array(z.looseObject({ name: z.string(), features: z.number() })),
  fingerprint: z.string().optional(),
});

/** Enough of a document to trust the rest: who wrote it, and that it holds experiments. */
const documentSchema = z.looseObject({
  format: z.literal(DOCUMENT_FORMAT, { error: `it does not say "format": "${DOCUMENT_FORMAT}"` }),
  config: z.looseObject({ seed: z.number() }),
  results: z.array(z.looseObject({ scheme: z.string(), parameters: z.number(), testAuc: z.number() })),
  dataset: datasetSchema,
  experiments: z
    .array(
      z.looseObject({
        config: z.looseObject({}),
        dataset: datasetSchema,
        results: z.array(z.looseObject({})),
      }),
    )
    .optional(),
});

/**
 * The experiments of a document, whether it holds one or many.
 * @throws Error saying what is wrong with the text.
 */
export function readExperiments(text: string): ExperimentDocument[] {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    throw new Error('it is not whole JSON (was the file cut off?)');
  }
  const parsed = documentSchema.safeParse(content);
  if (!parsed.success) {
    const [{ path, message }] = parsed.error.issues;
    throw new Error(path.length > 0 && path[0] !== 'format' ? `${path.join('.')}: ${message}` : message);
  }
  const document = content as SweepDocument;
  return document.experiments ? [...document.experiments] : [document];
}
