/**
 * A training step: the arrays that it works on and its phases in their order, which stands here and nowhere else. A run's
 * trainer takes it as a whole; whoever looks inside stops it between two phases. Knows neither which scheme nor which
 * model it trains, nor where.
 */
import type { Batch } from '../data/batch';
import type { EmbeddingScheme, SchemeContext } from '../embedding/scheme';
import type { DeviceArray, DeviceBatch, Operation } from '../engine/device';
import type { Engine } from '../engine/engine';
import { LOSS_SUMS } from '../engine/loss/contract';
import { MemoryError, megabytes } from '../engine/memory-error';
import { type ParameterGroupSettings, ParameterGroups } from '../engine/parameter-groups';
import { STEP_STATE_WORDS } from '../engine/step-state';
import type { TableShape } from '../engine/table';
import type { BaseModel, ModelContext } from '../models/model';

/** Largest norm of all gradients together, as the official code; it hardly ever binds. */
export const CLIP_NORM = 100;

export interface StepOptions {
  readonly engine: Engine;
  readonly shape: TableShape;
  /** Field of every feature. [N] */
  readonly fieldOf: Uint32Array;
  /** Rows of a batch at most. */
  readonly batchSize: number;
  readonly seed: number;
  readonly optimisers: ParameterGroupSettings;
  readonly createScheme: (context: SchemeContext) => EmbeddingScheme | Promise<EmbeddingScheme>;
  readonly createModel: (context: ModelContext) => Promise<BaseModel>;
}

/** What the phases work on. */
export interface StepParts {
  readonly engine: Engine;
  readonly batch: DeviceBatch;
  /** z. f32 [B] */
  readonly logits: DeviceArray;
  /** dz. f32 [B] */
  readonly logitGradients: DeviceArray;
  /** See loss/contract.ts: added to by every step, cleared by whoever reads it. f32 [LOSS_SUMS] */
  readonly lossSums: DeviceArray;
  readonly groups: ParameterGroups;
  /** See step-state.ts. u32 [STEP_STATE_WORDS] */
  readonly stepState: DeviceArray;
  readonly scheme: EmbeddingScheme;
  readonly model: BaseModel;
  readonly loss: Operation;
  readonly clip: Operation;
}

/** What a step is given. */
export interface StepInput {
  /** t = 1, 2, …: an optimiser's corrections and what dropout drops follow from it. */
  readonly number: number;
  readonly rows: Batch;
}

export type PhaseName =
  | 'input'
  | 'lookup'
  | 'forward'
  | 'loss'
  | 'backward'
  | 'table gradient'
  | 'clip'
  | 'table update'
  | 'model update';

export interface Phase {
  readonly name: PhaseName;
  /** Queues it. */
  readonly run: (input: StepInput) => void;
}

/** Table, linear term, dense parameters and thresholds, all of them at every step, on the rows of one batch. */
function trainingPhases(parts: StepParts): readonly Phase[] {
  const { engine, batch, groups, scheme, model, loss, clip } = parts;
  return [
    {
      name: 'input',
      run: ({ number, rows }) => {
        groups.begin(number);
        engine.upload(batch, rows);
        scheme.prepare(rows);
      },
    },
    { name: 'lookup', run: () => scheme.lookup() },
    { name: 'forward', run: () => model.forward(true) },
    { name: 'loss', run: () => loss.run() },
    { name: 'backward', run: () => model.backward() },
    { name: 'table gradient', run: () => scheme.gradient() },
    // All gradients are there and nothing has moved: the norm is that of the whole step, without weight decay.
    { name: 'clip', run: () => clip.run() },
    { name: 'table update', run: () => scheme.update() },
    { name: 'model update', run: () => model.update() },
  ];
}

export class TrainingStep {
  private input: StepInput | null = null;
  /** Phases queued of the step under way. */
  private queued = 0;

  /** Rejects as `createModel` does, and with a MemoryError that says how large the table is where the engine has no room. */
  static async create(options: StepOptions): Promise<TrainingStep> {
    try {
      const parts = await createParts(options);
      return new TrainingStep(parts, trainingPhases(parts));
    } catch (error) {
      if (!(error instanceof MemoryError)) throw error;
      const { features, dimension } = options.shape;
      const size = megabytes(features * dimension * Float32Array.BYTES_PER_ELEMENT);
      throw new MemoryError(
        `${error.message} The table has ${features} × ${dimension} numbers (${size}), and training holds several arrays ` +
          'of that size: lower the embedding dimension, or use a data set with fewer features.',
      );
    }
  }

  constructor(
    readonly parts: StepParts,
    readonly phases: readonly Phase[],
  ) {}

  /** One whole step: queued, not awaited. */
  run(input: StepInput): void {
    this.begin(input);
    this.advance(this.phases.length);
    this.parts.engine.submit();
  }

  /** Begins a step of which nothing is queued yet; one that was left between two phases is given up. */
  begin(input: StepInput): void {
    this.input = input;
    this.queued = 0;
  }

  /** Queues the phases still to come, through the one of that name. */
  runThrough(name: PhaseName): void {
    this.advance(1 + this.phases.findIndex((phase) => phase.name === name));
  }

  /** E and z of the rows as an evaluation sees them: nothing is dropped and nothing moves. Queued, not submitted. */
  predict(rows: Batch): void {
    const { engine, batch, scheme, model } = this.parts;
    engine.upload(batch, rows);
    scheme.prepare(rows);
    scheme.lookup();
    model.forward(false);
  }

  private advance(end: number): void {
    const { input } = this;
    if (!input) throw new Error('No step has begun');
    while (this.queued < end) this.phases[this.queued++].run(input);
  }
}

async function createParts(options: StepOptions): Promise<StepParts> {
  const { engine, shape, batchSize, seed } = options;
  const { features, fields } = shape;
  const shared = {
    engine,
    seed,
    batch: engine.createBatch({ capacity: batchSize, fields }, features),
    groups: new ParameterGroups(engine, options.optimisers),
    stepState: engine.allocate('u32', STEP_STATE_WORDS, 'step state'),
  };
  const logits = engine.allocate('f32', batchSize, 'logits');
  const logitGradients = engine.allocate('f32', batchSize, 'logit gradients');
  const scheme = await options.createScheme({ ...shared, shape, fieldOf: options.fieldOf });
  const { dimension, embeddings, embeddingGradients } = scheme.output;
  const model = await options.createModel({
    ...shared,
    shape: { ...shape, dimension },
    embeddings,
    embeddingGradients,
    logits,
    logitGradients,
  });
  const { batch, stepState } = shared;
  const lossSums = engine.allocate('f32', LOSS_SUMS, 'loss sums');
  const sources = [...scheme.gradients, ...model.gradients];
  return {
    ...shared,
    logits,
    logitGradients,
    lossSums,
    scheme,
    model,
    loss: engine.loss({ batch, logits, logitGradients, lossSums }),
    clip: engine.clip({ sources, maxNorm: CLIP_NORM, stepState }),
  };
}
