/** Our step as a run does it: the next batch prepared and uploaded, then the trainer's whole step. */
import { createScheme, namedScheme } from '../../src/embedding/schemes';
import { createEngine } from '../../src/engine/backends';
import type { BackendInfo } from '../../src/engine/device';
import type { Engine } from '../../src/engine/engine';
import { adamForAll } from '../../src/engine/parameter-groups';
import type { Granularity } from '../../src/engine/table';
import { presetConfig } from '../../src/experiment/presets';
import { modelSettings } from '../../src/experiment/settings';
import { createModel } from '../../src/models/models';
import { Trainer } from '../../src/training/trainer';
import type { Contender } from './measure';
import { type BenchModel, type Variant, type Work, workSize, zipfDataset } from './work';

/** The official defaults. */
const OFFICIAL = presetConfig('paper', 1);
export const MODEL_SETTINGS = modelSettings(OFFICIAL);
export const ADAM = { learningRate: OFFICIAL.learningRate, weightDecay: OFFICIAL.weightDecay };
export const THRESHOLD_INIT = OFFICIAL.thresholdInit;

/** Shares of the table at which a ticket would be saved. */
const TARGET_SHARES = [0.4, 0.25, 0.15];

export interface Ours extends Contender {
  readonly backend: BackendInfo;
  readonly engine: Engine;
  readonly trainer: Trainer;
}

export async function createOurs(
  engineId: BackendInfo['id'],
  model: BenchModel,
  work: Work,
  variant: Exclude<Variant, 'stock'>,
  granularity: Granularity = 'feature_dim',
): Promise<Ours> {
  const engine = await createEngine(engineId);
  const dataset = zipfDataset(work);
  const { N, d } = workSize(work);
  const targets = TARGET_SHARES.map((share) => Math.ceil(share * N * d));
  const scheme = namedScheme(variant, { ...OFFICIAL, granularity, targets });
  const trainer = await Trainer.create({
    engine,
    dataset,
    trainRows: Uint32Array.from({ length: dataset.rows }, (_, row) => row),
    dimension: work.dimension,
    batchSize: work.batchSize,
    seed: 1,
    optimisers: adamForAll(ADAM),
    createScheme: (context) => createScheme(scheme, context),
    createModel: (context) => createModel(model, MODEL_SETTINGS, context),
  });
  return {
    name: variant,
    backend: engine.backend,
    engine,
    trainer,
    run: async (steps) => {
      const start = performance.now();
      for (let i = 0; i < steps; i++) trainer.advance();
      await engine.settle();
      return performance.now() - start;
    },
    dispose: () => engine.dispose(),
  };
}
