/**
 * One training run, step by step: which rows each step trains on, what the steps left, and evaluation.
 * What a step does is in step.ts.
 */
import { Batch } from '../data/batch';
import { type BatchStream, fillBatch, TrainingBatches } from '../data/batches';
import type { Dataset } from '../data/dataset';
import type { EmbeddingScheme, SchemeSummary, Ticket } from '../embedding/scheme';
import type { DeviceArray } from '../engine/device';
import type { Engine } from '../engine/engine';
import { LOSS_SUMS } from '../engine/loss/contract';
import { STEP_STATE } from '../engine/step-state';
import type { BaseModel } from '../models/model';
import { type Metrics, measure } from './metrics';
import { passesTaken, type StepOptions, TrainingStep } from './step';

/** An evaluation that takes longer than this lets others in. */
const REST_MS = 50;

export interface TrainerOptions extends Omit<StepOptions, 'shape' | 'fieldOf'> {
  readonly dataset: Dataset;
  /** Rows to train on. */
  readonly trainRows: Uint32Array;
  /** For schemes whose steps have passes on validation rows. */
  readonly validationRows?: Uint32Array;
  readonly dimension: number;
  /** Called now and then while rows are evaluated, when the device is idle; a rejection ends the evaluation. */
  readonly rest?: () => Promise<void>;
}

/** What a step leaves behind, read back from the device. */
export interface Readback {
  readonly table: SchemeSummary;
  /** Mean training loss over the steps since the last one; NaN if there were none. */
  readonly trainLoss: number;
  /** The same of the passes on validation rows; NaN for a scheme without any. */
  readonly validationLoss: number;
  /** Tickets saved since the last readback. */
  readonly tickets: readonly Ticket[];
}

export class Trainer {
  readonly stepsPerEpoch: number;
  private readonly evaluationBatch: Batch;
  private evaluationLogits: DeviceArray | null = null;
  private stepsDone = 0;
  private lossFrom = 0;
  /** Whether the batch on the device is that of the last step. */
  private holdsTrainingBatch = false;
  private ticketsReported = 0;

  /** Rejects as TrainingStep.create does. */
  static async create(options: TrainerOptions): Promise<Trainer> {
    const { dataset, trainRows, dimension, batchSize, seed, rest } = options;
    const shape = { features: dataset.features, fields: dataset.fields.length, dimension };
    const step = await TrainingStep.create({ ...options, shape, fieldOf: fieldOfFeatures(dataset) });
    const stream = (rows: Uint32Array) => new TrainingBatches(dataset, rows, batchSize, seed);
    const { validationRows } = options;
    if (step.parts.validationLossSums && !validationRows)
      throw new TypeError('The scheme needs validation rows');
    return new Trainer(
      step,
      stream(trainRows),
      dataset,
      rest,
      step.parts.validationLossSums && validationRows ? stream(validationRows) : null,
    );
  }

  constructor(
    private readonly trainingStep: TrainingStep,
    private readonly batches: BatchStream,
    private readonly dataset: Dataset,
    private readonly rest?: () => Promise<void>,
    private readonly validationBatches: BatchStream | null = null,
  ) {
    const { batch } = trainingStep.parts;
    this.stepsPerEpoch = batches.stepsPerEpoch;
    this.evaluationBatch = new Batch(batch.shape, batch.features);
  }

  get model(): BaseModel {
    return this.trainingStep.parts.model;
  }

  get scheme(): EmbeddingScheme {
    return this.trainingStep.parts.scheme;
  }

  /** Steps done. */
  get step(): number {
    return this.stepsDone;
  }

  /** One step on the next batch: queued, not awaited. */
  advance(): void {
    this.stepsDone++;
    const { passes } = this.trainingStep.parts;
    const taken = passes.filter(({ every }) => this.stepsDone % every === 0);
    const needsValidation = taken.some(({ rows }) => rows === 'validation');
    const validationRows = needsValidation ? this.validationBatches?.next() : undefined;
    this.trainingStep.run({
      number: this.stepsDone,
      rows: this.batches.next(),
      ...(validationRows && { validationRows }),
    });
    this.holdsTrainingBatch = taken.at(-1)?.rows === 'training';
  }

  /**
   * Reads the state of the table. `peek` leaves the loss and the tickets for the next time, so that looking does not
   * change what a run records.
   */
  async readBack(peek = false): Promise<Readback> {
    const { engine, scheme, stepState, lossSums, validationLossSums, passes } = this.trainingStep.parts;
    const { readback } = scheme;
    scheme.stats();
    // An evaluation has put its own batch in the place of the step's: what the step showed stands.
    if (this.holdsTrainingBatch) scheme.thresholds?.push();
    engine.submit();
    const sums = validationLossSums ? [lossSums, validationLossSums] : [lossSums];
    const contents = await engine.read([...readback.arrays, stepState, ...sums]);
    const stateNow = contents[readback.arrays.length] as Uint32Array;
    const [trainLoss, validationLoss = Number.NaN] = sums.map((_, i) => {
      const lossParts = contents[readback.arrays.length + 1 + i] as Float32Array;
      const taken = passesTaken(passes, i === 0 ? 'training' : 'validation', this.lossFrom, this.stepsDone);
      const total = lossParts.reduce((sum, part) => sum + part, 0);
      return taken > 0 ? total / taken : Number.NaN;
    });
    let tickets: Ticket[] = [];
    if (!peek) {
      for (const array of sums) engine.write(array, new Float32Array(LOSS_SUMS));
      this.lossFrom = this.stepsDone;
      const saved = stateNow[STEP_STATE.targetsMet];
      if (scheme.tickets && saved > this.ticketsReported) {
        tickets = await scheme.tickets.read(this.ticketsReported, saved - this.ticketsReported);
        this.ticketsReported = saved;
      }
    }
    return { table: readback.summarise(contents), trainLoss, validationLoss, tickets };
  }

  /** Quality on the given rows, pooled. Rejects as `rest` does. */
  async evaluate(rows: Uint32Array): Promise<Metrics> {
    const { logits, labels } = await this.predict(rows);
    return measure(logits, labels);
  }

  /** Logits of the given rows, without training on them, and their labels. Both [rows]. Rejects as `rest` does. */
  async predict(rows: Uint32Array): Promise<{ logits: Float32Array; labels: Uint8Array }> {
    const { dataset } = this;
    const { engine, batch, logits } = this.trainingStep.parts;
    const { capacity } = batch.shape;
    if (!this.evaluationLogits || this.evaluationLogits.length < rows.length) {
      this.evaluationLogits = engine.allocate('f32', rows.length, 'evaluation logits');
    }
    this.holdsTrainingBatch = false;
    const rest = restBetween(engine, this.rest);
    for (let start = 0; start < rows.length; start += capacity) {
      const part = rows.subarray(start, start + capacity);
      fillBatch(this.evaluationBatch, dataset, part);
      this.trainingStep.predict(this.evaluationBatch);
      engine.copy(logits, this.evaluationLogits, start, part.length);
      engine.submit();
      await rest();
    }
    const [evaluated] = await engine.read([this.evaluationLogits]);
    const labels = Uint8Array.from(rows, (row) => dataset.labels[row]);
    return { logits: (evaluated as Float32Array).subarray(0, rows.length), labels };
  }
}

/** To be called after every batch; waits for the device, and rests, about every REST_MS. */
function restBetween(engine: Engine, rest: (() => Promise<void>) | undefined): () => Promise<void> {
  let batches = 1;
  let queued = 0;
  let startedAt = performance.now();
  return async () => {
    if (!rest || ++queued < batches) return;
    await engine.settle();
    await rest();
    // A device that is queried after every batch would never be busy.
    if (performance.now() - startedAt < REST_MS / 2) batches *= 2;
    queued = 0;
    startedAt = performance.now();
  };
}

/** Field of every feature. [features] */
export function fieldOfFeatures(dataset: Dataset): Uint32Array {
  const fieldOf = new Uint32Array(dataset.features);
  dataset.fields.forEach(({ offset, size }, f) => {
    fieldOf.fill(f, offset, offset + size);
  });
  return fieldOf;
}
