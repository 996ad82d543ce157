/**
 * Runs for the examples: the events of a run that never was, reduced as the page reduces those of a real one. A number's
 * size is drawn from the seed, larger for frequent features; what is above the rising threshold is left.
 */
import { bitWords, setBit } from '../../data/bits';
import { createRandom } from '../../data/random';
import type { SplitLabels } from '../../data/split';
import { storedBytes } from '../../experiment/accounting';
import { presetConfig } from '../../experiment/presets';
import { RUN_KINDS, type RunKindId } from '../../experiment/run-kinds';
import type { RunConfig } from '../../experiment/settings';
import { sizeOf } from '../../experiment/table-size';
import { IDLE_RUN, type RunView, reduceRun } from '../../store/run';
import type { ExperimentEvent, LoadedDataset, RunResult, TableStats } from '../../worker/protocol';

export interface RunSketch {
  readonly dataset: LoadedDataset;
  readonly kind?: RunKindId;
  /** Within its experiment. */
  readonly id?: string;
  readonly label?: string;
  readonly target?: number | null;
  readonly config?: Partial<RunConfig>;
  /** Reports so far, of REPORTS. */
  readonly reports?: number;
  /** Share of the table that is left after all reports. */
  readonly left?: number;
  /** Validation AUC after all reports; null: it cannot be measured. */
  readonly auc?: number | null;
  readonly splitLabels?: SplitLabels;
  /** Weights that have decayed to nothing, as after a weight decay that is far too strong. */
  readonly isDecayed?: boolean;
  /** Thresholds of the fields together, as with one s for all. */
  readonly isGlobal?: boolean;
}

/** Of a whole run. */
export const REPORTS = 120;
const STEPS_PER_EPOCH = 79;
const STEPS_PER_REPORT = 13;
const REPORTS_PER_EVALUATION = 6;
const FIRST_THRESHOLD = 3.4e-4;

/** The same sketch always gives the same run. */
export function seededRun(sketch: RunSketch): RunView {
  return eventsOf(sketch).reduce(reduceRun, { ...IDLE_RUN, status: 'starting' } as RunView);
}

function eventsOf(sketch: RunSketch): ExperimentEvent[] {
  const { dataset, kind = 'pep', id = 'search', reports = REPORTS } = sketch;
  const { features, fields, splitRows } = dataset.summary;
  const config = { ...presetConfig('fast', features, splitRows.train), ...sketch.config };
  const { dimension } = config;
  const table = drawTable(sketch, dimension, config.seed);
  const { tableSize } = table;
  const { label, hasThresholds } = RUN_KINDS[kind];
  const random = createRandom(config.seed, `gallery course ${id}`);
  const stepOf = (report: number) => report * STEPS_PER_REPORT;
  const epochOf = (report: number) => stepOf(report) / STEPS_PER_EPOCH;

  const events: ExperimentEvent[] = [
    {
      type: 'run-started',
      run: { id, label: sketch.label ?? label, scheme: kind, target: sketch.target ?? null },
      version: '0.1.0',
      config,
      backend: { id: 'cpu', label: 'CPU', adapter: 'one thread', software: true },
      dataset: dataset.summary,
      splitLabels: sketch.splitLabels,
      stepsPerEpoch: STEPS_PER_EPOCH,
      totalSteps: stepOf(REPORTS),
      tableSize,
      otherParameters: [
        { name: 'Linear part', count: features },
        { name: 'Bias', count: 1 },
      ],
    },
  ];
  const open = hasThresholds ? [...config.targets] : [];
  for (let report = 0; report <= reports; report++) {
    const done = report / REPORTS;
    const step = stepOf(report);
    const epoch = epochOf(report);
    const parameters = table.leftAt(done);
    events.push({
      type: 'stats',
      stats: {
        step,
        epoch,
        parameters,
        trainLoss: report === 0 ? Number.NaN : 0.69 - 0.13 * learned(done) + 0.008 * random.normal(),
        threshold: hasThresholds ? table.thresholdAt(done) : null,
        magnitude: table.magnitudeAt(done),
        push: hasThresholds ? pushAt(done, fields.length, sketch.isGlobal ?? false, random) : null,
        // Only the newest is ever drawn.
        mask: report === reports ? table.maskAt(done) : new Uint32Array(),
        dimensions: report === reports ? table.dimensionsAt(done) : new Uint8Array(),
      },
    });
    events.push({
      type: 'progress',
      step,
      epoch,
      parameters,
      msPerStep: 4.2,
      msLeft: 4.2 * stepOf(REPORTS - report),
    });
    while (open.length > 0 && parameters <= open[0]) {
      const ticket = { target: open[0], parameters, step, epoch };
      events.push({ type: 'ticket', ticket, mask: table.maskAt(done) });
      open.shift();
    }
    if (report % REPORTS_PER_EVALUATION === 0) {
      events.push({ type: 'evaluation', step, epoch, split: 'validation', metrics: metricsAt(done) });
    }
  }
  if (reports === REPORTS) {
    events.push({
      type: 'run-finished',
      reason: 'epochs-done',
      step: stepOf(reports),
      msPerStep: 4.2,
      result: resultOf(sketch, config, table.leftAt(1), metricsAt(1)),
    });
  }
  return events;

  function metricsAt(done: number) {
    const { auc = 0.79 } = sketch;
    const noise = 0.003 * random.normal();
    const overfitting = 0.04 * done ** 3;
    return {
      auc: auc === null ? null : 0.5 + (auc - 0.5) * learned(done) + noise,
      logloss: 0.69 - 0.11 * learned(done) + overfitting + noise,
    };
  }
}

/** How much of what can be learned is, 0…1. */
function learned(done: number): number {
  return 1 - Math.exp(-6 * done);
}

function pushAt(done: number, fields: number, isGlobal: boolean, random: ReturnType<typeof createRandom>) {
  const groups = isGlobal ? 1 : fields;
  const decay = 1e-5 * (8 - 6 * done);
  const data = Math.exp(-20 + 12 * done + 0.4 * random.normal());
  return {
    data,
    decay,
    groupData: Float64Array.from({ length: groups }, () => data * (0.5 + random.uniform())),
    groupDecay: Float64Array.from({ length: groups }, () => decay),
  };
}

/** Of the numbers of a table, unpruned. [N·d] */
interface Sizes {
  readonly sizes: Float64Array;
  readonly sorted: Float64Array;
}

/** Many runs of the gallery have the same table, which costs more to draw than the rest of a run. */
const drawnSizes = new Map<string, Sizes>();

function sizesOf({ summary, frequencies }: LoadedDataset, dimension: number, seed: number): Sizes {
  const key = `${summary.name} ${dimension} ${seed}`;
  const drawn = drawnSizes.get(key);
  if (drawn) return drawn;
  const random = createRandom(seed, `gallery table ${summary.name}`);
  const sizes = new Float64Array(summary.features * dimension);
  for (let feature = 0; feature < summary.features; feature++) {
    const popularity = Math.log1p(frequencies[feature]) / Math.log1p(summary.rows);
    for (let k = 0; k < dimension; k++) {
      sizes[feature * dimension + k] = 0.02 * Math.exp(3 * popularity + 0.5 * random.normal());
    }
  }
  const added = { sizes, sorted: sizes.slice().sort() };
  drawnSizes.set(key, added);
  return added;
}

/** What is left of a table while its threshold rises. `done` is 0…1. */
function drawTable(
  { dataset, kind = 'pep', left = 0.02, isDecayed = false }: RunSketch,
  dimension: number,
  seed: number,
) {
  const { features, fields } = dataset.summary;
  const tableSize = features * dimension;
  const { sizes, sorted } = sizesOf(dataset, dimension, seed);
  const quantile = (share: number) => sorted[Math.min(tableSize - 1, Math.floor(share * tableSize))];
  const highest = left === 0 ? 2 * sorted[tableSize - 1] : quantile(1 - left);
  const isLevel = RUN_KINDS[kind].level !== null;
  const levelThreshold = left === 1 ? 0 : highest;
  const thresholdAt = (done: number) =>
    isLevel ? levelThreshold : FIRST_THRESHOLD * (highest / FIRST_THRESHOLD) ** done;

  function maskAt(done: number): Uint32Array {
    const mask = new Uint32Array(bitWords(tableSize));
    const threshold = thresholdAt(done);
    for (let entry = 0; entry < tableSize; entry++) if (sizes[entry] > threshold) setBit(mask, entry);
    return mask;
  }

  return {
    tableSize,
    maskAt,
    leftAt(done: number): number {
      const threshold = thresholdAt(done);
      let [below, above] = [0, tableSize];
      while (below < above) {
        const middle = (below + above) >> 1;
        if (sorted[middle] > threshold) above = middle;
        else below = middle + 1;
      }
      return tableSize - below;
    },
    dimensionsAt(done: number): Uint8Array {
      const threshold = thresholdAt(done);
      const dimensions = new Uint8Array(features);
      for (let entry = 0; entry < tableSize; entry++) {
        if (sizes[entry] > threshold) dimensions[Math.floor(entry / dimension)]++;
      }
      return dimensions;
    },
    thresholdAt(done: number): TableStats['threshold'] {
      const mean = thresholdAt(done);
      const spreadOf = (f: number) => 1 + 0.5 * done * Math.sin(f + 1);
      const fieldMeans = Float64Array.from(fields, (_, f) => mean * spreadOf(f));
      return { mean, p05: mean / (1 + done), p95: mean * (1 + done), fieldMeans };
    },
    magnitudeAt(done: number): TableStats['magnitude'] {
      const shrinking = isDecayed ? Math.max(0, 1 - 2 * done) : 1 - 0.2 * done;
      return {
        p05: shrinking * quantile(0.05),
        median: shrinking * quantile(0.5),
        p95: shrinking * quantile(0.95),
      };
    },
  };
}

function resultOf(
  { dataset, kind = 'pep', target = null }: RunSketch,
  config: RunConfig,
  parameters: number,
  { auc, logloss }: { readonly auc: number | null; readonly logloss: number },
): RunResult {
  const { dimension, model, protocol, seed } = config;
  const run = { id: '', label: '', scheme: kind, target };
  const size = sizeOf({ run, config, dataset: dataset.summary });
  return {
    scheme: kind,
    model,
    target,
    parameters,
    bytes: storedBytes(size, parameters),
    dimension,
    validAuc: auc,
    testAuc: auc === null ? null : auc - 0.002,
    testLogloss: logloss,
    epochs: 15,
    converged: true,
    protocol,
    seed,
    ...(auc === null ? { notes: ['The test AUC cannot be computed: test has no row with label 1.'] } : {}),
  };
}
