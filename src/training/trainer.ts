/**
 * One training run, step by step: the arrays of a step, the order of its operations, reports and evaluation.
 * Knows neither which scheme nor which model it trains, nor where.
 */
import { Batch } from '../data/batch';
import { fillBatch, TrainingBatches } from '../data/batches';
import type { Dataset } from '../data/dataset';
import type { EmbeddingScheme, SchemeContext, SchemeSummary, Ticket } from '../embedding/scheme';
import { CONTROL, CONTROL_WORDS } from '../engine/control';
import type { DeviceArray, DeviceBatch, Operation } from '../engine/device';
import type { Engine } from '../engine/engine';
import { type AdamSettings, HYPER_LENGTH, writeHyper } from '../engine/hyper';
import { LOSS_SUMS } from '../engine/loss/contract';
import { MemoryError, megabytes } from '../engine/memory-error';
import type { TableShape } from '../engine/table';
import type { BaseModel, ModelContext } from '../models/model';
import { type Metrics, measure } from './metrics';

/** Largest norm of all gradients together, as the official code; it hardly ever binds. */
const CLIP_NORM = 100;

/** An evaluation that takes longer than this lets others in. */
const REST_MS = 50;

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
  /** Called now and then while rows are evaluated, when the device is idle; a rejection ends the evaluation. */
  readonly rest?: () => Promise<void>;
  readonly createScheme: (context: SchemeContext) => EmbeddingScheme;
  readonly createModel: (context: ModelContext) => Promise<BaseModel>;
}

/** What a step leaves behind, read back from the device. */
export interface Report {
  readonly table: SchemeSummary;
  /** Mean training loss over the steps since the last report; NaN if there were none. */
  readonly trainLoss: number;
  /** Tickets saved since the last report. */
  readonly tickets: readonly Ticket[];
}

/** What a step works on. */
interface TrainerParts {
  readonly batch: DeviceBatch;
  readonly batches: TrainingBatches;
  readonly scheme: EmbeddingScheme;
  readonly model: BaseModel;
  readonly logits: DeviceArray;
  readonly lossSums: DeviceArray;
  readonly hyper: DeviceArray;
  readonly control: DeviceArray;
  readonly loss: Operation;
  readonly clip: Operation;
}

export class Trainer {
  readonly stepsPerEpoch: number;
  private readonly evaluationBatch: Batch;
  private readonly hyperValues = new Float32Array(HYPER_LENGTH);
  private evaluationLogits: DeviceArray | null = null;
  private stepsDone = 0;
  private lossFrom = 0;
  /** Whether the batch on the device is that of the last step. */
  private holdsTrainingBatch = false;
  private ticketsReported = 0;

  /** Rejects as `createModel` does, and with a MemoryError that says how large the table is where the engine has no room. */
  static async create(options: TrainerOptions): Promise<Trainer> {
    try {
      return await Trainer.build(options);
    } catch (error) {
      if (!(error instanceof MemoryError)) throw error;
      const { dataset, dimension } = options;
      const size = megabytes(dataset.features * dimension * Float32Array.BYTES_PER_ELEMENT);
      throw new MemoryError(
        `${error.message} The table has ${dataset.features} × ${dimension} numbers (${size}), and training holds several arrays ` +
          'of that size: lower the embedding dimension, or use a data set with fewer features.',
      );
    }
  }

  private static async build(options: TrainerOptions): Promise<Trainer> {
    const { engine, dataset, dimension, batchSize, seed } = options;
    const fields = dataset.fields.length;
    const shape: TableShape = { features: dataset.features, fields, dimension };
    const cells = batchSize * fields * dimension;
    const shared = {
      engine,
      shape,
      seed,
      batch: engine.createBatch({ capacity: batchSize, fields }, dataset.features),
      embeddings: engine.allocate('f32', cells, 'embeddings'),
      embeddingGradients: engine.allocate('f32', cells, 'embedding gradients'),
      hyper: engine.allocate('f32', HYPER_LENGTH, 'hyper'),
      control: engine.allocate('u32', CONTROL_WORDS, 'control'),
    };
    const logits = engine.allocate('f32', batchSize, 'logits');
    const logitGradients = engine.allocate('f32', batchSize, 'logit gradients');
    const scheme = options.createScheme({ ...shared, fieldOf: fieldOfFeatures(dataset) });
    const model = await options.createModel({ ...shared, logits, logitGradients });
    const { batch, control } = shared;
    const lossSums = engine.allocate('f32', LOSS_SUMS, 'loss sums');
    const sources = [...scheme.gradients, ...model.gradients];
    return new Trainer(options, {
      ...shared,
      scheme,
      model,
      logits,
      lossSums,
      loss: engine.loss({ batch, logits, logitGradients, lossSums }),
      clip: engine.clip({ batch, sources, maxNorm: CLIP_NORM, control }),
      batches: new TrainingBatches(dataset, options.trainRows, batchSize, seed),
    });
  }

  private constructor(
    private readonly options: TrainerOptions,
    private readonly parts: TrainerParts,
  ) {
    this.stepsPerEpoch = parts.batches.stepsPerEpoch;
    this.evaluationBatch = new Batch(parts.batch.shape, parts.batch.features);
  }

  get model(): BaseModel {
    return this.parts.model;
  }

  get scheme(): EmbeddingScheme {
    return this.parts.scheme;
  }

  /** Steps done. */
  get step(): number {
    return this.stepsDone;
  }

  /** One step: queued, not awaited. */
  advance(): void {
    const { engine, modelAdam, thresholdAdam } = this.options;
    const { batch, batches, hyper, scheme, model, loss, clip } = this.parts;
    this.stepsDone++;
    writeHyper(this.hyperValues, this.stepsDone, modelAdam, thresholdAdam);
    engine.write(hyper, this.hyperValues);
    engine.upload(batch, batches.next());
    this.holdsTrainingBatch = true;
    scheme.lookup();
    model.forward(true);
    loss.run();
    model.backward();
    scheme.gradient();
    clip.run();
    scheme.update();
    model.update();
    engine.submit();
  }

  /**
   * Reads the state of the table. `peek` leaves the loss and the tickets for the next report, so that looking does not
   * change what a run records.
   */
  async report(peek = false): Promise<Report> {
    const { engine } = this.options;
    const { scheme, control, lossSums } = this.parts;
    const { report } = scheme;
    scheme.stats();
    // An evaluation has put its own batch in the place of the step's: what the step showed stands.
    if (this.holdsTrainingBatch) scheme.push();
    engine.submit();
    const contents = await engine.read([...report.arrays, control, lossSums]);
    const controlWords = contents[report.arrays.length] as Uint32Array;
    const lossParts = contents[report.arrays.length + 1] as Float32Array;
    const steps = this.stepsDone - this.lossFrom;
    const total = lossParts.reduce((sum, part) => sum + part, 0);
    const trainLoss = steps > 0 ? total / steps : Number.NaN;
    let tickets: Ticket[] = [];
    if (!peek) {
      engine.write(lossSums, new Float32Array(LOSS_SUMS));
      this.lossFrom = this.stepsDone;
      const saved = controlWords[CONTROL.targetsMet];
      if (saved > this.ticketsReported) {
        tickets = await scheme.readTickets(this.ticketsReported, saved - this.ticketsReported);
        this.ticketsReported = saved;
      }
    }
    return { table: report.summarise(contents), trainLoss, tickets };
  }

  /** Quality on the given rows, pooled. Rejects as `rest` does. */
  async evaluate(rows: Uint32Array): Promise<Metrics> {
    const { logits, labels } = await this.predict(rows);
    return measure(logits, labels);
  }

  /** Logits of the given rows, without training on them, and their labels. Both [rows]. Rejects as `rest` does. */
  async predict(rows: Uint32Array): Promise<{ logits: Float32Array; labels: Uint8Array }> {
    const { engine, dataset, batchSize } = this.options;
    const { batch, scheme, model, logits } = this.parts;
    if (!this.evaluationLogits || this.evaluationLogits.length < rows.length) {
      this.evaluationLogits = engine.allocate('f32', rows.length, 'evaluation logits');
    }
    this.holdsTrainingBatch = false;
    const rest = restBetween(engine, this.options.rest);
    for (let start = 0; start < rows.length; start += batchSize) {
      const part = rows.subarray(start, start + batchSize);
      fillBatch(this.evaluationBatch, dataset, part);
      engine.upload(batch, this.evaluationBatch);
      scheme.lookup();
      model.forward(false);
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
function fieldOfFeatures(dataset: Dataset): Uint32Array {
  const fieldOf = new Uint32Array(dataset.features);
  dataset.fields.forEach(({ offset, size }, f) => {
    fieldOf.fill(f, offset, offset + size);
  });
  return fieldOf;
}
