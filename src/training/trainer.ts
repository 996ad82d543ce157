/**
 * One training run, step by step: the arrays of a step, the order of its operations, reports and evaluation.
 * Knows neither which scheme nor which model it trains, nor where.
 */
import { Batch } from '../data/batch';
import { fillBatch, TrainingBatches } from '../data/batches';
import type { Dataset } from '../data/dataset';
import type { EmbeddingScheme, SchemeContext, Ticket } from '../embedding/scheme';
import { CONTROL, CONTROL_WORDS } from '../engine/control';
import type { DeviceArray, DeviceBatch, Engine, Operation } from '../engine/engine';
import { type AdamSettings, HYPER_LENGTH, writeHyper } from '../engine/hyper';
import { LOSS_SUMS } from '../engine/loss/contract';
import type { TableSummary } from '../engine/stats/summary';
import type { TableShape } from '../engine/table';
import type { BaseModel, ModelContext } from '../models/model';
import { type Metrics, measure } from './metrics';

/** Largest norm of all gradients together, as the official code; it hardly ever binds. */
const CLIP_NORM = 100;

export interface TrainerOptions {
  readonly engine: Engine;
  readonly dataset: Dataset;
  /** Rows to train on. */
  readonly trainRows: Uint32Array;
  readonly dimension: number;
  readonly batchSize: number;
  readonly seed: number;
  readonly modelAdam: AdamSettings;
  readonly thresholdAdam: AdamSettings;
  readonly createScheme: (context: SchemeContext) => EmbeddingScheme;
  readonly createModel: (context: ModelContext) => BaseModel;
}

/** What a step leaves behind, read back from the device. */
export interface Report {
  readonly table: TableSummary;
  /** Mean training loss over the steps since the last report; NaN if there were none. */
  readonly trainLoss: number;
  /** Tickets saved since the last report. */
  readonly tickets: readonly Ticket[];
}

export class Trainer {
  readonly stepsPerEpoch: number;
  readonly model: BaseModel;
  private readonly scheme: EmbeddingScheme;
  private readonly batches: TrainingBatches;
  private readonly evaluationBatch: Batch;
  private readonly deviceBatch: DeviceBatch;
  private readonly logits: DeviceArray;
  private readonly lossSums: DeviceArray;
  private readonly hyper: DeviceArray;
  private readonly control: DeviceArray;
  private readonly loss: Operation;
  private readonly clip: Operation;
  private readonly hyperValues = new Float32Array(HYPER_LENGTH);
  private evaluationLogits: DeviceArray | null = null;
  private stepsDone = 0;
  private lossFrom = 0;
  private ticketsReported = 0;

  constructor(private readonly options: TrainerOptions) {
    const { engine, dataset, dimension, batchSize, seed } = options;
    const fields = dataset.fields.length;
    const shape: TableShape = { features: dataset.features, fields, dimension };
    const batchShape = { capacity: batchSize, fields };
    this.batches = new TrainingBatches(dataset, options.trainRows, batchSize, seed);
    this.stepsPerEpoch = this.batches.stepsPerEpoch;
    this.evaluationBatch = new Batch(batchShape, dataset.features);

    const cells = batchSize * fields * dimension;
    const batch = engine.createBatch(batchShape, dataset.features);
    const embeddings = engine.allocate('f32', cells, 'embeddings');
    const embeddingGradients = engine.allocate('f32', cells, 'embedding gradients');
    const logits = engine.allocate('f32', batchSize, 'logits');
    const logitGradients = engine.allocate('f32', batchSize, 'logit gradients');
    const lossSums = engine.allocate('f32', LOSS_SUMS, 'loss sums');
    const hyper = engine.allocate('f32', HYPER_LENGTH, 'hyper');
    const control = engine.allocate('u32', CONTROL_WORDS, 'control');
    const shared = { engine, shape, batch, embeddings, embeddingGradients, hyper, control, seed };
    this.scheme = options.createScheme({ ...shared, fieldOf: fieldOfFeatures(dataset) });
    this.model = options.createModel({ ...shared, logits, logitGradients });
    this.loss = engine.loss({ batch, logits, logitGradients, lossSums });
    this.clip = engine.clip({
      batch,
      sources: [...this.scheme.gradients, ...this.model.gradients],
      maxNorm: CLIP_NORM,
      control,
    });
    this.deviceBatch = batch;
    this.logits = logits;
    this.lossSums = lossSums;
    this.hyper = hyper;
    this.control = control;
  }

  /** Steps done. */
  get step(): number {
    return this.stepsDone;
  }

  /** One step: queued, not awaited. */
  advance(): void {
    const { engine, modelAdam, thresholdAdam } = this.options;
    this.stepsDone++;
    writeHyper(this.hyperValues, this.stepsDone, modelAdam, thresholdAdam);
    engine.write(this.hyper, this.hyperValues);
    engine.upload(this.deviceBatch, this.batches.next());
    this.scheme.lookup();
    this.model.forward();
    this.loss.run();
    this.model.backward();
    this.scheme.gradient();
    this.clip.run();
    this.scheme.update();
    this.model.update();
    engine.submit();
  }

  /**
   * Reads the state of the table. `peek` leaves the loss and the tickets for the next report, so that looking does not
   * change what a run records.
   */
  async report(peek = false): Promise<Report> {
    const { engine } = this.options;
    this.scheme.stats();
    engine.submit();
    const { report } = this.scheme;
    const contents = await engine.read([...report.arrays, this.control, this.lossSums]);
    const control = contents[report.arrays.length] as Uint32Array;
    const lossSums = contents[report.arrays.length + 1] as Float32Array;
    const steps = this.stepsDone - this.lossFrom;
    const total = lossSums.reduce((sum, part) => sum + part, 0);
    const trainLoss = steps > 0 ? total / steps : Number.NaN;
    let tickets: Ticket[] = [];
    if (!peek) {
      engine.write(this.lossSums, new Float32Array(LOSS_SUMS));
      this.lossFrom = this.stepsDone;
      const saved = control[CONTROL.targetsMet];
      if (saved > this.ticketsReported) {
        tickets = await this.scheme.readTickets(this.ticketsReported, saved - this.ticketsReported);
        this.ticketsReported = saved;
      }
    }
    return { table: report.summarise(contents), trainLoss, tickets };
  }

  /** Logits of the given rows without training on them, and their quality. */
  async evaluate(rows: Uint32Array): Promise<Metrics> {
    const { engine, dataset, batchSize } = this.options;
    if (!this.evaluationLogits || this.evaluationLogits.length < rows.length) {
      this.evaluationLogits = engine.allocate('f32', rows.length, 'evaluation logits');
    }
    for (let start = 0; start < rows.length; start += batchSize) {
      const part = rows.subarray(start, start + batchSize);
      fillBatch(this.evaluationBatch, dataset, part);
      engine.upload(this.deviceBatch, this.evaluationBatch);
      this.scheme.lookup();
      this.model.forward();
      engine.copy(this.logits, this.evaluationLogits, start, part.length);
      engine.submit();
    }
    const [logits] = await engine.read([this.evaluationLogits]);
    const labels = Uint8Array.from(rows, (row) => dataset.labels[row]);
    return measure((logits as Float32Array).subarray(0, rows.length), labels);
  }
}

/** Field of every feature. [features] */
function fieldOfFeatures(dataset: Dataset): Uint32Array {
  const fieldOf = new Uint32Array(dataset.features);
  dataset.fields.forEach(({ offset, size }, f) => {
    fieldOf.fill(f, offset, offset + size);
  });
  return fieldOf;
}
