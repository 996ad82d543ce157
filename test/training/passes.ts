/**
 * Steps of two passes: the model learns from training rows, the table from validation rows, each by an optimiser of its
 * own. What Node and Chromium both run.
 */
import { describe, expect, it } from 'vitest';
import { Batch } from '../../src/data/batch';
import { fillBatch } from '../../src/data/batches';
import type { Pass } from '../../src/embedding/scheme';
import { createUniformScheme } from '../../src/embedding/table-scheme';
import type { Engine } from '../../src/engine/engine';
import { HYPER_LENGTH, writeOptimiser } from '../../src/engine/hyper';
import { ADAM, type OptimiserSettings } from '../../src/engine/optimiser';
import { adamForAll } from '../../src/engine/parameter-groups';
import { readState } from '../../src/engine/state';
import { STEP_STATE, stepStateFloats } from '../../src/engine/step-state';
import { createModel } from '../../src/models/models';
import { TrainingStep } from '../../src/training/step';
import { fieldOfFeatures, Trainer } from '../../src/training/trainer';
import { tinyDataset } from '../experiment/tiny-dataset';
import { SMALL } from '../models/bench';

const BATCH_SIZE = 32;
const STEPS = 3;

const dataset = tinyDataset(BATCH_SIZE * 4);
const rowsFrom = (first: number, count: number) =>
  Uint32Array.from({ length: count }, (_, row) => first + row);
const TRAIN = rowsFrom(0, BATCH_SIZE * 2);
const VALIDATION = rowsFrom(BATCH_SIZE * 2, BATCH_SIZE * 2);

const ON_TRAINING: Pass = { rows: 'training', moves: ['linear', 'dense'], every: 1 };
const ON_VALIDATION: Pass = { rows: 'validation', moves: ['table'], every: 1 };

const MOMENTUM: OptimiserSettings = {
  rule: { kind: 'sgd', momentum: 0.9 },
  learningRate: 0.1,
  weightDecay: 1e-4,
};
const STILL: OptimiserSettings = { rule: ADAM, learningRate: 0, weightDecay: 0 };

function options(engine: Engine, passes: readonly Pass[] | null, table: OptimiserSettings) {
  return {
    engine,
    batchSize: BATCH_SIZE,
    seed: 1,
    optimisers: { ...adamForAll({ learningRate: 1e-2, weightDecay: 1e-5 }), table },
    createScheme: (context: Parameters<typeof createUniformScheme>[0]) => ({
      ...createUniformScheme(context),
      passes,
    }),
    createModel: (context: Parameters<typeof createModel>[2]) =>
      createModel('deepfm', { ...SMALL, dropout: 0.3 }, context),
  };
}

function createStep(
  engine: Engine,
  passes: readonly Pass[],
  table: OptimiserSettings,
): Promise<TrainingStep> {
  return TrainingStep.create({
    ...options(engine, passes, table),
    shape: { features: dataset.features, fields: dataset.fields.length, dimension: 4 },
    fieldOf: fieldOfFeatures(dataset),
  });
}

function batchOf({ parts }: TrainingStep, rows: Uint32Array): Batch {
  const batch = new Batch(parts.batch.shape, parts.batch.features);
  fillBatch(batch, dataset, rows);
  return batch;
}

/** All parameters and running statistics after STEPS steps, and the losses. */
async function train(create: () => Promise<Engine>, passes: readonly Pass[] | null, table = MOMENTUM) {
  const engine = await create();
  const trainer = await Trainer.create({
    ...options(engine, passes, table),
    dataset,
    trainRows: TRAIN,
    validationRows: VALIDATION,
    dimension: 4,
  });
  for (let step = 0; step < STEPS; step++) trainer.advance();
  const { trainLoss, validationLoss } = await trainer.readBack();
  const state = await readState(engine, [...trainer.scheme.state, ...trainer.model.state]);
  engine.dispose();
  return { trainLoss, validationLoss, state };
}

const isStatistic = (name: string) => name.includes('.running_');
const isTable = (name: string) => name === 'embedding.v';

export function describePasses(name: string, create: () => Promise<Engine>): void {
  describe(name, () => {
    it('leaves the first pass, its loss and the running statistics as they are without the second', async () => {
      const alone = await train(create, [ON_TRAINING], STILL);
      const both = await train(create, [ON_TRAINING, ON_VALIDATION], STILL);
      expect(both.state).toEqual(alone.state);
      expect(both.trainLoss).toBe(alone.trainLoss);
      expect(alone.validationLoss).toBeNaN();
      expect(both.validationLoss).toBeGreaterThan(0);
      expect(both.validationLoss).not.toBe(both.trainLoss);
    });

    it('comes out the same to the bit each time, and otherwise without the second pass', async () => {
      const once = await train(create, [ON_TRAINING, ON_VALIDATION]);
      expect(await train(create, [ON_TRAINING, ON_VALIDATION])).toEqual(once);
      expect((await train(create, [ON_TRAINING])).state).not.toEqual(once.state);
    });

    it('moves in each pass what it names, and nothing else', async () => {
      const engine = await create();
      const step = await createStep(engine, [ON_TRAINING, ON_VALIDATION], MOMENTUM);
      const { scheme, model } = step.parts;
      const read = () => readState(engine, [...scheme.state, ...model.state]);
      const moved = (before: Map<string, Float32Array>, after: Map<string, Float32Array>) =>
        [...before]
          .filter(([key, values]) => values.some((x, i) => x !== after.get(key)?.[i]))
          .map(([key]) => key);
      const names = [...(await read()).keys()];
      const [start, between, end] = [await read(), new Map(), new Map()];
      step.begin({
        number: 1,
        rows: batchOf(step, TRAIN.subarray(0, BATCH_SIZE)),
        validationRows: batchOf(step, VALIDATION.subarray(0, BATCH_SIZE)),
      });
      step.runThrough('model update');
      for (const [key, values] of await read()) between.set(key, values);
      step.finish();
      for (const [key, values] of await read()) end.set(key, values);
      engine.dispose();
      expect(moved(start, between).sort()).toEqual(names.filter((key) => !isTable(key)).sort());
      expect(moved(between, end)).toEqual(names.filter(isTable));
      expect(names.some(isStatistic)).toBe(true);
    });

    it('clips by the norm of the gradients that the pass moves, and of no others', async () => {
      const normOf = async (moves: readonly string[]) => {
        const engine = await create();
        const step = await createStep(engine, [{ ...ON_TRAINING, moves }], MOMENTUM);
        step.begin({ number: 1, rows: batchOf(step, TRAIN.subarray(0, BATCH_SIZE)) });
        step.runThrough('clip');
        const [words] = (await engine.read([step.parts.stepState])) as Uint32Array[];
        engine.dispose();
        return stepStateFloats(words)[STEP_STATE.gradientNorm];
      };
      const [table, linear, dense] = [
        await normOf(['table']),
        await normOf(['linear']),
        await normOf(['dense']),
      ];
      for (const norm of [table, linear, dense]) expect(norm).toBeGreaterThan(0);
      const both = await normOf(['linear', 'dense']);
      expect(both / Math.hypot(linear, dense)).toBeCloseTo(1, 5);
      expect((await normOf(['table', 'linear', 'dense'])) / Math.hypot(both, table)).toBeCloseTo(1, 5);
    });

    it('adds up the loss of the validation rows, by the numbers of the batch itself', async () => {
      const engine = await create();
      const passes = [{ ...ON_TRAINING }, ON_VALIDATION];
      const step = await createStep(engine, passes, STILL);
      const validationRows = batchOf(step, VALIDATION.subarray(0, BATCH_SIZE));
      step.run({ number: 1, rows: batchOf(step, TRAIN.subarray(0, BATCH_SIZE)), validationRows });
      const { logits, lossSums, validationLossSums } = step.parts;
      if (!validationLossSums) throw new Error('There are no sums of the validation rows');
      const [z, training, validation] = (await engine.read([
        logits,
        lossSums,
        validationLossSums,
      ])) as Float32Array[];
      engine.dispose();
      const loss = validationRows.labels
        .subarray(0, BATCH_SIZE)
        .reduce((sum, label, row) => sum + Math.log1p(Math.exp(z[row])) - label * z[row], 0);
      const total = (parts: Float32Array) => parts.reduce((sum, part) => sum + part, 0);
      expect(total(validation)).toBeCloseTo(loss / BATCH_SIZE, 5);
      expect(total(training)).not.toBeCloseTo(loss / BATCH_SIZE, 5);
    });

    it('counts the updates of a group, not the steps, for its optimiser', async () => {
      const engine = await create();
      const table = { rule: ADAM, learningRate: 1e-2, weightDecay: 0 };
      const step = await createStep(engine, [ON_TRAINING, { ...ON_VALIDATION, every: 2 }], table);
      for (let number = 1; number <= 4; number++) {
        step.run({
          number,
          rows: batchOf(step, TRAIN.subarray(0, BATCH_SIZE)),
          ...(number % 2 === 0 && { validationRows: batchOf(step, VALIDATION.subarray(0, BATCH_SIZE)) }),
        });
      }
      const { groups } = step.parts;
      const [hyper] = await engine.read([groups.hyper]);
      engine.dispose();
      for (const [group, updates] of [
        ['table', 2],
        ['linear', 4],
      ] as const) {
        const optimiser = groups.optimiser(group);
        const expected = new Float32Array(HYPER_LENGTH);
        writeOptimiser(expected, optimiser, groups.settings(group), updates);
        expect(hyper.subarray(optimiser.offset, optimiser.offset + 3)).toEqual(
          expected.subarray(optimiser.offset, optimiser.offset + 3),
        );
      }
    });

    it('asks for the rows of its passes, and for groups that there are', async () => {
      const engine = await create();
      const { validationRows: _, ...without } = {
        ...options(engine, [ON_TRAINING, ON_VALIDATION], STILL),
        dataset,
        trainRows: TRAIN,
        validationRows: VALIDATION,
        dimension: 4,
      };
      await expect(Trainer.create(without)).rejects.toThrow('validation rows');
      await expect(createStep(engine, [{ ...ON_TRAINING, moves: ['gates'] }], STILL)).rejects.toThrow(
        'gates',
      );
      engine.dispose();
    });
  });
}
