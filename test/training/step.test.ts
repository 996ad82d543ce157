/** A step that is stopped between two phases, looked into and gone on with is the same step. */
import { expect, it } from 'vitest';
import { Batch } from '../../src/data/batch';
import { fillBatch } from '../../src/data/batches';
import { createPepScheme } from '../../src/embedding/table-scheme';
import { createCpuEngine } from '../../src/engine/cpu/engine';
import { adamForAll } from '../../src/engine/parameter-groups';
import { readState } from '../../src/engine/state';
import { createModel } from '../../src/models/models';
import { type StepInput, TrainingStep } from '../../src/training/step';
import { fieldOfFeatures } from '../../src/training/trainer';
import { tinyDataset } from '../experiment/tiny-dataset';
import { SMALL } from '../models/bench';

const ADAM = { learningRate: 1e-2, weightDecay: 1e-5 };
const BATCH_SIZE = 32;
const STEPS = 3;

const dataset = tinyDataset(BATCH_SIZE * STEPS);
const engine = createCpuEngine('test');

function createStep(): Promise<TrainingStep> {
  return TrainingStep.create({
    engine,
    shape: { features: dataset.features, fields: dataset.fields.length, dimension: 4 },
    fieldOf: fieldOfFeatures(dataset),
    batchSize: BATCH_SIZE,
    seed: 1,
    optimisers: adamForAll(ADAM),
    createScheme: (context) => createPepScheme(context, 'feature_dim', -4, []),
    createModel: (context) => createModel('deepfm', { ...SMALL, dropout: 0.3 }, context),
  });
}

function inputOf({ parts }: TrainingStep, number: number): StepInput {
  const rows = new Batch(parts.batch.shape, parts.batch.features);
  const first = (number - 1) * BATCH_SIZE;
  fillBatch(
    rows,
    dataset,
    Uint32Array.from({ length: BATCH_SIZE }, (_, row) => first + row),
  );
  return { number, rows };
}

async function learnt(step: TrainingStep, take: (step: TrainingStep, input: StepInput) => void) {
  for (let number = 1; number <= STEPS; number++) take(step, inputOf(step, number));
  return readState(engine, [...step.parts.scheme.state, ...step.parts.model.state]);
}

it('comes out the same phase by phase as in one go', async () => {
  const whole = await learnt(await createStep(), (step, input) => step.run(input));
  const inPieces = await learnt(await createStep(), (step, input) => {
    step.begin(input);
    for (const { name } of step.phases) step.runThrough(name);
  });
  expect(inPieces).toEqual(whole);
});

it('runs no phase twice, and none before its turn', async () => {
  const { parts, phases } = await createStep();
  const run: string[] = [];
  const step = new TrainingStep(
    parts,
    phases.map(({ name }) => ({ name, run: () => run.push(name) })),
  );
  step.begin(inputOf(step, 1));
  step.runThrough('backward');
  step.runThrough('loss');
  expect(run).toEqual(['input', 'lookup', 'forward', 'loss', 'backward']);
  step.runThrough('model update');
  expect(run).toEqual(phases.map(({ name }) => name));
});

it('moves nothing until its updates', async () => {
  const step = await createStep();
  const { scheme, model } = step.parts;
  const parameters = [...scheme.state, ...model.state].filter(({ name }) => !name.includes('.running_'));
  const before = await readState(engine, parameters);
  step.begin(inputOf(step, 1));
  step.runThrough('clip');
  expect(await readState(engine, parameters)).toEqual(before);
  step.runThrough('table update');
  expect((await readState(engine, scheme.state)).get('embedding.v')).not.toEqual(before.get('embedding.v'));
});

it('cannot go on with a step that has not begun', async () => {
  const step = await createStep();
  expect(() => step.runThrough('clip')).toThrow('No step has begun');
});
