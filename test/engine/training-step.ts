/** Whole FM training steps with PEP on random batches. */
import { createRandom } from '../../src/data/random';
import type { Ticket } from '../../src/embedding/scheme';
import { createPepScheme } from '../../src/embedding/table-scheme';
import type { DeviceArray } from '../../src/engine/device';
import type { Engine } from '../../src/engine/engine';
import { adamForAll } from '../../src/engine/parameter-groups';
import type { Granularity } from '../../src/engine/table';
import { createModel } from '../../src/models/models';
import { TrainingStep } from '../../src/training/step';
import { SMALL } from '../models/bench';
import { randomBatch, type Size } from './inputs';

export interface StepRun {
  /** Learnt numbers: V, s, linear weights. */
  readonly learnt: readonly DeviceArray[];
  readonly stepState: DeviceArray;
  readonly lossSums: DeviceArray;
  /** All of them, by target; those not saved yet have step 0. */
  tickets(): Promise<Ticket[]>;
  /** Queues one step on the batch of that number. */
  step(number: number): void;
}

/** Fast enough that thresholds cross |V| within a few dozen steps. */
const ADAM = { learningRate: 1e-2, weightDecay: 1e-5 };
const THRESHOLD_ADAM = { learningRate: 0.1, weightDecay: 1e-5 };
const THRESHOLD_INIT = -5;
const TARGET_SHARES = [0.9, 0.5, 0.2];
const BATCHES = 4;

export async function createStepRun(engine: Engine, size: Size, granularity: Granularity): Promise<StepRun> {
  const { fieldSizes, dimension, capacity, seed } = size;
  const features = fieldSizes.reduce((sum, n) => sum + n, 0);
  const targets = TARGET_SHARES.map((share) => Math.floor(share * features * dimension));
  const step = await TrainingStep.create({
    engine,
    shape: { features, fields: fieldSizes.length, dimension },
    fieldOf: Uint32Array.from(fieldSizes.flatMap((n, f) => new Array<number>(n).fill(f))),
    batchSize: capacity,
    seed,
    optimisers: adamForAll(ADAM, THRESHOLD_ADAM),
    createScheme: (context) => createPepScheme(context, granularity, THRESHOLD_INIT, targets),
    createModel: (context) => createModel('fm', SMALL, context),
  });
  const { scheme, model, stepState, lossSums } = step.parts;
  const [values, thresholds] = scheme.state.map(({ array }) => array);
  const random = createRandom(seed, 'step run');
  engine.write(
    values,
    Float32Array.from({ length: features * dimension }, () => 0.2 * random.uniform() - 0.1),
  );
  const batches = Array.from({ length: BATCHES }, (_, number) => randomBatch(size, number));
  return {
    learnt: [values, thresholds, model.state[0].array],
    stepState,
    lossSums,
    tickets: async () => (await scheme.tickets?.read(0, targets.length)) ?? [],
    step: (number) => step.run({ number: number + 1, rows: batches[number % BATCHES] }),
  };
}
