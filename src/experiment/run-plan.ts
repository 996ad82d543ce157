/** What a run is to do, on what, and the trainer that does it. */
import type { Dataset } from '../data/dataset';
import type { Split } from '../data/split';
import { createScheme, type SchemeSpec, schemeSize } from '../embedding/schemes';
import type { Engine } from '../engine/engine';
import { adamForAll } from '../engine/parameter-groups';
import { createModel } from '../models/models';
import { Trainer } from '../training/trainer';
import type { RunDescription } from './events';
import type { RunHandle } from './run-handle';
import type { SelectionRule } from './selection';
import { modelSettings, type RunConfig } from './settings';

/** What every run of an experiment shares. */
export interface RunContext {
  readonly dataset: Dataset;
  readonly split: Split;
  /** A run has an engine to itself and disposes it. */
  readonly createEngine: () => Promise<Engine>;
  readonly handle: RunHandle;
}

export interface RunPlan {
  readonly description: RunDescription;
  /** Learning rates, batch size, model, dimension, seed. */
  readonly config: RunConfig;
  readonly scheme: SchemeSpec;
  /** Seed of the model's own starting values; the table's come from the scheme, the order of the rows from the config. */
  readonly modelSeed: number;
  readonly epochs: number;
  readonly selection: SelectionRule;
  /** Whether the table's values at the reported state are wanted afterwards. */
  readonly keepValues: boolean;
}

/** The run's trainer, before its first step. Rejects with a UserError where the model cannot serve the data set. */
export function createTrainer(
  { config, scheme, modelSeed }: Pick<RunPlan, 'config' | 'scheme' | 'modelSeed'>,
  dataset: Dataset,
  split: Pick<Split, 'train' | 'validation'>,
  engine: Engine,
  rest?: () => Promise<void>,
): Promise<Trainer> {
  return Trainer.create({
    engine,
    dataset,
    trainRows: split.train,
    validationRows: split.validation,
    dimension: config.dimension,
    batchSize: config.batchSize,
    seed: config.seed,
    optimisers: adamForAll(
      { learningRate: config.learningRate, weightDecay: config.weightDecay },
      { learningRate: config.thresholdLearningRate, weightDecay: config.thresholdWeightDecay },
    ),
    ...(rest && { rest }),
    size: schemeSize(scheme, {
      fieldSizes: dataset.fields.map((field) => field.size),
      dimension: config.dimension,
    }),
    createScheme: (context) => createScheme(scheme, context),
    createModel: (context) =>
      createModel(config.model, modelSettings(config), { ...context, seed: modelSeed }),
  });
}
