/**
 * A training step: the arrays that it works on and its phases in their order, which stands here and nowhere else. A run's
 * trainer takes it as a whole; whoever looks inside stops it between two phases. Knows neither which scheme nor which
 * model it trains, nor where.
 */
import type { Batch } from '../data/batch';
import {
  countFeatures,
  type EmbeddingScheme,
  type Pass,
  parameterCount,
  plainSize,
  type SchemeContext,
  shapesOf,
  type TableSize,
} from '../embedding/scheme';
import type { DeviceArray, DeviceBatch, Operation } from '../engine/device';
import type { Engine } from '../engine/engine';
import { LOSS_SUMS } from '../engine/loss/contract';
import { MemoryError, megabytes } from '../engine/memory-error';
import { type Moves, type ParameterGroupSettings, ParameterGroups } from '../engine/parameter-groups';
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
  /** What the table is made of, where it is not a row of d numbers for each feature. */
  readonly size?: TableSize;
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
  readonly passes: readonly StepPass[];
  /** As lossSums, of the passes on validation rows; null where there are none. */
  readonly validationLossSums: DeviceArray | null;
}

/** A pass with what is bound for it alone. */
export interface StepPass extends Pass {
  /** Whether it moves a group; thresholds move with their table. */
  readonly isMoved: Moves;
  readonly loss: Operation;
  readonly clip: Operation;
}

/** What a step is given. */
export interface StepInput {
  /** t = 1, 2, …: an optimiser's corrections and what dropout drops follow from it. */
  readonly number: number;
  readonly rows: Batch;
  /** For the passes on validation rows. */
  readonly validationRows?: Batch;
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
  /** Queues it, in a step in which its pass is taken. */
  readonly run: (input: StepInput) => void;
}

/** Everything, at every step, on training rows. */
const WHOLE = { rows: 'training', every: 1 } as const;

/** The phases of one pass, number `index` of the step. */
function phasesOf(parts: StepParts, index: number): readonly Phase[] {
  const { engine, batch, groups, scheme, model, passes } = parts;
  const { rows: kind, every, isMoved, loss, clip } = passes[index];
  const updates = (number: number) => (group: string) => updatesOf(passes, group, number, index);
  const phases: readonly Phase[] = [
    {
      name: 'input',
      run: ({ number, rows: trainingRows, validationRows }) => {
        const rows = kind === 'training' ? trainingRows : validationRows;
        if (!rows) throw new TypeError('A pass on validation rows needs some');
        groups.begin(number, index, updates(number));
        engine.upload(batch, rows);
        scheme.prepare(rows);
      },
    },
    { name: 'lookup', run: () => scheme.lookup() },
    { name: 'forward', run: () => model.forward(kind === 'training' ? 'train' : 'search') },
    { name: 'loss', run: () => loss.run() },
    { name: 'backward', run: () => model.backward() },
    { name: 'table gradient', run: () => scheme.gradient() },
    // All gradients are there and nothing has moved: the norm is that of the whole pass, without weight decay.
    { name: 'clip', run: () => clip.run() },
    { name: 'table update', run: () => scheme.update(isMoved) },
    { name: 'model update', run: () => model.update(isMoved) },
  ];
  return phases.map(({ name, run }) => ({
    name,
    run: (input) => {
      if (input.number % every === 0) run(input);
    },
  }));
}

/** Which update of the group the one in pass `index` of step `number` is, 1 for the first. */
function updatesOf(passes: readonly StepPass[], group: string, number: number, index: number): number {
  let updates = 0;
  passes.forEach(({ isMoved, every }, i) => {
    if (isMoved(group)) updates += Math.floor((i <= index ? number : number - 1) / every);
  });
  return updates;
}

/** Passes over rows of a kind in the steps `after + 1`…`through`. */
export function passesTaken(
  passes: readonly Pass[],
  kind: Pass['rows'],
  after: number,
  through: number,
): number {
  return passes
    .filter(({ rows }) => rows === kind)
    .reduce((sum, { every }) => sum + Math.floor(through / every) - Math.floor(after / every), 0);
}

export class TrainingStep {
  private input: StepInput | null = null;
  /** Phases queued of the step under way. */
  private queued = 0;

  /** Rejects as `createModel` does, and with a MemoryError that says how large the table is where the engine has no room. */
  static async create(options: StepOptions): Promise<TrainingStep> {
    try {
      const parts = await createParts(options);
      return new TrainingStep(
        parts,
        parts.passes.flatMap((_, index) => phasesOf(parts, index)),
      );
    } catch (error) {
      if (!(error instanceof MemoryError)) throw error;
      const { fieldOf, shape } = options;
      const { fields, dimension } = shape;
      const size = options.size ?? plainSize({ fieldSizes: countFeatures(fieldOf, fields), dimension });
      const bytes = megabytes(parameterCount(size) * Float32Array.BYTES_PER_ELEMENT);
      throw new MemoryError(
        `${error.message} The table has ${shapesOf(size)} numbers (${bytes}), and training holds several arrays ` +
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
    this.finish();
  }

  /** Queues the phases still to come, and submits them. */
  finish(): void {
    this.advance(this.phases.length);
    this.parts.engine.submit();
  }

  /** Begins a step of which nothing is queued yet; one that was left between two phases is given up. */
  begin(input: StepInput): void {
    this.input = input;
    this.queued = 0;
  }

  /** Queues the phases still to come, through the first one of that name. */
  runThrough(name: PhaseName): void {
    this.advance(1 + this.phases.findIndex((phase) => phase.name === name));
  }

  /** E and z of the rows as an evaluation sees them: nothing is dropped and nothing moves. Queued, not submitted. */
  predict(rows: Batch): void {
    const { engine, batch, scheme, model } = this.parts;
    engine.upload(batch, rows);
    scheme.prepare(rows);
    scheme.lookup();
    model.forward('evaluate');
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
  const passes = scheme.passes ?? [{ ...WHOLE, moves: shared.groups.names }];
  const validationLossSums = passes.some(({ rows }) => rows === 'validation')
    ? engine.allocate('f32', LOSS_SUMS, 'validation loss sums')
    : null;
  const gradients = [...scheme.gradients, ...model.gradients];
  const bindPass = (pass: Pass): StepPass => {
    for (const group of pass.moves) shared.groups.optimiser(group);
    const isMoved: Moves = (group) => pass.moves.includes(group === 'thresholds' ? 'table' : group);
    const sums = pass.rows === 'validation' && validationLossSums ? validationLossSums : lossSums;
    const sources = gradients.filter(({ group }) => isMoved(group));
    return {
      ...pass,
      isMoved,
      loss: engine.loss({ batch, logits, logitGradients, lossSums: sums }),
      clip: engine.clip({ sources, maxNorm: CLIP_NORM, stepState }),
    };
  };
  return {
    ...shared,
    logits,
    logitGradients,
    lossSums,
    validationLossSums,
    scheme,
    model,
    passes: passes.map(bindPass),
  };
}
