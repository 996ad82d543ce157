/**
 * What a run's settings imply before it starts: refusals (the run would be worthless) and warnings (it would not do
 * what its name says). The reasoning: PEP's thresholds are moved by a clock, s rises by about lr_s a step.
 */
import { log, sigmoid } from '../data/elementary';
import { formatCount } from '../data/format-count';
import type { SplitLabels } from '../data/split';
import { hasThresholds, SCHEMES } from '../embedding/catalogue';
import { parameterCount } from '../embedding/size';
import { xavierBound } from '../engine/initialise';
import { MODELS, shapeProblem } from '../models/catalogue';
import { labelWarnings, trainingObstacle } from './label-checks';
import { SETTINGS } from './setting-table';
import { modelSettings, type RunConfig } from './settings';

export interface Finding {
  readonly severity: 'error' | 'warning';
  readonly setting: keyof RunConfig;
  readonly message: string;
}

/** Size of a data set as far as the checks need it. */
export interface TrainingSize {
  readonly features: number;
  /** Features of each field. */
  readonly fieldSizes: readonly number[];
  readonly trainRows: number;
  /** Of the split of these settings; left out where nobody has counted. */
  readonly labels?: SplitLabels;
}

/** |V| that a trained table typically reaches; thresholds far below it prune next to nothing. */
const TYPICAL_MAGNITUDE = 0.05;
/**
 * Times that a feature must have been seen, on average, for its numbers to tell anything. With fewer they are what they
 * were drawn as, or what the weight decay made of them.
 */
const FEW_SIGHTINGS = 10;
/** Share of the largest initial weight above which a threshold prunes numbers that nothing has moved yet. */
const PRUNING_SHARE = 0.1;
/** Steps after which Adam's coupled decay, which takes rows that are hardly seen to 0 at full speed, comes to rest there. */
const DECAY_STEPS = 20;
/** Adam's: a push far below it moves nothing. */
const EPSILON = 1e-8;

/** Findings for settings that are each within bounds. An empty list means: go. */
export function checkRun(config: RunConfig, size: TrainingSize): Finding[] {
  const findings: Finding[] = [];
  const { dimension, thresholdInit } = config;
  const bound = xavierBound(size.features, dimension);

  if (size.trainRows < SETTINGS.batchSize.min) {
    findings.push({
      severity: 'error',
      setting: 'batchSize',
      message: `There ${size.trainRows === 1 ? 'is 1 row' : `are ${size.trainRows} rows`} to train on, too few to learn anything from. Choose a data set with more rows.`,
    });
  } else if (config.batchSize > size.trainRows) {
    findings.push({
      severity: 'error',
      setting: 'batchSize',
      message: `Batch size ${formatCount(config.batchSize)} is larger than the ${formatCount(size.trainRows)} training rows. Choose a smaller one.`,
    });
  }
  if (size.labels) findings.push(...checkLabels(size.labels, config));
  const { features, fieldSizes } = size;
  const { obstacle, warning, outputDimension } = SCHEMES[config.scheme];
  const request = { fieldSizes, dimension };
  const shape = { features, fields: fieldSizes.length, dimension: outputDimension(request, config) };
  const problem = shapeProblem(config.model, shape, modelSettings(config));
  if (problem !== null) findings.push({ severity: 'error', setting: 'model', message: problem });
  if (!MODELS[config.model].usesEmbeddings) {
    findings.push({
      severity: 'warning',
      setting: 'model',
      message:
        `${MODELS[config.model].label} never reads the embedding table: whatever is pruned, its predictions stay the same. ` +
        'Use it as the baseline that the other models must beat.',
    });
  }

  const unbuildable = obstacle(request, config);
  if (unbuildable !== null) findings.push({ severity: 'error', setting: 'scheme', message: unbuildable });
  const strange = warning(request, config);
  if (strange !== null) findings.push({ severity: 'warning', setting: 'scheme', message: strange });

  if (hasThresholds(config.scheme) && sigmoid(thresholdInit) >= bound) {
    findings.push({
      severity: 'error',
      setting: 'thresholdInit',
      message:
        `s₀ = ${thresholdInit} starts with threshold g(s₀) = ${sigmoid(thresholdInit).toPrecision(3)}, above the largest initial weight ` +
        `${bound.toPrecision(3)}: every number would be pruned at step 0 and, with no gradient, stay so. ` +
        `Choose s₀ below ${logit(bound).toFixed(1)}.`,
    });
    return findings;
  }
  if (SCHEMES[config.scheme].savesTickets) findings.push(...checkTargets(config, size));
  if (!hasThresholds(config.scheme)) return findings;

  if (config.thresholdLearningRate === 0 || config.thresholdWeightDecay === 0) {
    const cause = config.thresholdLearningRate === 0 ? 'learning rate' : 'weight decay';
    findings.push({
      severity: 'warning',
      setting: config.thresholdLearningRate === 0 ? 'thresholdLearningRate' : 'thresholdWeightDecay',
      message:
        `This run will hardly prune: the ${cause} of s is 0, and at s₀ = ${thresholdInit} the data's own push on s ` +
        `is scaled by g′(s₀) = ${sigmoidSlope(thresholdInit).toPrecision(2)}. Set it above 0 (official: ${cause === 'weight decay' ? '1e-5' : '1e-3'}).`,
    });
    return findings;
  }
  findings.push(...checkClock(config, size, bound));
  return findings;
}

function checkTargets(config: RunConfig, { features, fieldSizes }: TrainingSize): Finding[] {
  const { scheme, dimension, targets, stopAtLastTarget } = config;
  const findings: Finding[] = [];
  const tableSize = parameterCount(SCHEMES[scheme].size({ fieldSizes, dimension }, config));
  for (const target of targets) {
    if (target >= tableSize) {
      findings.push({
        severity: 'error',
        setting: 'targets',
        message: `Target ${formatCount(target)} is not below the table's ${formatCount(tableSize)} parameters (${formatCount(features)} features × ${dimension}). Choose a smaller one.`,
      });
    }
  }
  if (stopAtLastTarget && targets.length === 0) {
    findings.push({
      severity: 'warning',
      setting: 'targets',
      message: 'No target is set: no ticket will be saved and the run goes on to its last epoch.',
    });
  }
  return findings;
}

/** Whether the thresholds come too late, or before the weights have learned. */
function checkClock(config: RunConfig, size: TrainingSize, bound: number): Finding[] {
  const { thresholdInit, thresholdLearningRate, thresholdWeightDecay, batchSize, epochs } = config;
  const { learningRate, weightDecay } = config;
  const steps = Math.ceil(size.trainRows / batchSize) * epochs;
  const push = thresholdWeightDecay * Math.abs(thresholdInit);
  const rise = thresholdLearningRate * (push / (push + EPSILON));
  const finalS = Math.min(0, thresholdInit + rise * steps);
  const stepsToWeights = Math.max(1, Math.ceil((logit(bound) - thresholdInit) / rise));
  const seenBy = (step: number) => (step * batchSize * size.fieldSizes.length) / size.features;
  const pruningStep = Math.min(stepsToWeights, steps);
  const isDecayed = weightDecay > 0 && steps >= bound / learningRate + DECAY_STEPS;
  const prunes = isDecayed || sigmoid(finalS) >= PRUNING_SHARE * bound;
  if (prunes && seenBy(pruningStep) < FEW_SIGHTINGS) {
    const stepsNeeded = Math.ceil(stepsToWeights * (FEW_SIGHTINGS / seenBy(stepsToWeights)));
    const lower = Math.floor(logit(bound) - rise * stepsNeeded);
    const advice =
      lower >= SETTINGS.thresholdInit.min
        ? `Start lower, at s₀ = ${lower}, with ${formatCount(Math.ceil((2 * stepsNeeded) / Math.ceil(size.trainRows / batchSize)))} epochs or more`
        : 'Start s much lower, with a smaller learning rate for s and more epochs';
    return [
      {
        severity: 'warning',
        setting: 'thresholdInit',
        message:
          `This run prunes before it has learned: with ${formatCount(size.features)} features the initial weights are at most ${bound.toPrecision(2)}, and the thresholds ` +
          `reach ${stepsToWeights <= steps ? `that by about step ${formatCount(stepsToWeights)}` : `${sigmoid(finalS).toPrecision(2)} by its end`}, when a feature has been seen ${times(seenBy(pruningStep))} on average. ` +
          `Its tickets may be no better than chance. ${advice}, or read the data with fewer features (rare values as one).`,
      },
    ];
  }
  if (sigmoid(finalS) >= Math.min(TYPICAL_MAGNITUDE, bound)) return [];
  return [
    {
      severity: 'warning',
      setting: 'epochs',
      message:
        `This run ends before it prunes much: s rises by about ${rise.toPrecision(2)} a step, so ${formatCount(steps)} steps take it from ${thresholdInit} to ` +
        `about ${finalS.toFixed(1)}, a threshold of ${sigmoid(finalS).toPrecision(2)}. Use more epochs, a higher learning rate for s or a higher s₀.`,
    },
  ];
}

function times(count: number): string {
  const rounded = Number(count.toPrecision(1));
  return rounded === 1 ? 'about once' : `about ${rounded} times`;
}

/** Findings that depend on which rows are in which part. */
export function checkLabels(labels: SplitLabels, { split }: Pick<RunConfig, 'split'>): Finding[] {
  const obstacle = trainingObstacle(labels, split);
  if (obstacle !== null) return [{ severity: 'error', setting: 'split', message: obstacle }];
  return labelWarnings(labels, split).map((message) => ({ severity: 'warning', setting: 'split', message }));
}

function sigmoidSlope(x: number): number {
  return sigmoid(x) * sigmoid(-x);
}

function logit(p: number): number {
  return log(p / (1 - p));
}
