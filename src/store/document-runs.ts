/** Documents of the command line as runs: one run for each result. The search has its curves; the others their numbers. */
import { formatCount } from '../data/format-count';
import { DENSE_SCHEME } from '../embedding/catalogue';
import type { ExperimentDocument } from '../experiment/document';
import { denseLabel } from '../experiment/plan';
import { RUN_KINDS } from '../experiment/run-kinds';
import { parameterCount, sizeOf } from '../experiment/table-size';
import type { RunResult } from '../worker/protocol';
import { IDLE_RUN, type LossPoint, type RunView, type TablePoint } from './run';
import { newId, ownColor } from './saved-run';
import { appendPoint, EMPTY_SERIES, type Series } from './series';

/** A run for each result of the document, still to be checked. `writtenAt` dates them. */
export function documentRuns(document: ExperimentDocument, writtenAt: number): unknown[] {
  const experiment = newId();
  const { search } = document;
  const { splitLabels } = document.dataset;
  let offset = 0;
  const fields = document.dataset.fields.map(({ name, features }) => {
    offset += features;
    return { name, features, offset: offset - features };
  });
  return document.results.map((result, i) => {
    const isSearch = result.target === null && result.scheme === document.config.scheme;
    const { scheme, target, parameters, dimension, epochs: epoch } = result;
    const totalSteps = Math.round(epoch * search.stepsPerEpoch);
    const run = { id: runId(result, isSearch), label: label(result), scheme, target };
    // A control has a dimension of its own.
    const config = { ...document.config, dimension };
    const start = {
      type: 'run-started',
      run,
      version: document.version,
      config,
      backend: document.backend,
      dataset: { ...document.dataset, fields },
      ...(splitLabels !== undefined && { splitLabels }),
      stepsPerEpoch: search.stepsPerEpoch,
      totalSteps,
      tableSize: parameterCount(sizeOf({ run, config, dataset: document.dataset })),
      otherParameters: search.otherParameters,
    };
    const end = { status: 'finished', step: totalSteps, epoch, parameters };
    const curves = isSearch ? documentCurves(document) : {};
    const finish = { reason: 'epochs-done', result };
    return {
      id: newId(),
      experiment,
      startedAt: writtenAt + i,
      name: start.run.label,
      color: ownColor(scheme),
      isHidden: false,
      notes: '',
      view: { ...IDLE_RUN, start, ...end, finish, ...curves },
    };
  });
}

function documentCurves({ search }: ExperimentDocument): Partial<RunView> {
  let table: Series<TablePoint> = EMPTY_SERIES;
  let losses: Series<LossPoint> = EMPTY_SERIES;
  for (const { step, epoch, parameters, meanG, trainLoss } of search.trajectory) {
    const unknown = { p05: Number.NaN, p95: Number.NaN };
    table = appendPoint(table, {
      step,
      epoch,
      parameters,
      threshold: meanG === null ? null : { mean: meanG, ...unknown, fieldMeans: new Float64Array() },
      magnitude: { ...unknown, median: Number.NaN },
      push: null,
    });
    if (trainLoss !== null) losses = appendPoint(losses, { step, epoch, trainLoss });
  }
  const last = search.trajectory.at(-1);
  return { step: last?.step ?? 0, epoch: last?.epoch ?? 0, msPerStep: search.msPerStep, table, losses };
}

/** As the page calls them, so that a table of tickets finds the run of each of its cells. */
function runId({ scheme, target }: RunResult, isSearch: boolean): string {
  if (isSearch) return 'search';
  return target === null ? 'dense' : `${scheme}-${target}`;
}

function label({ scheme, target, dimension }: RunResult): string {
  if (target !== null) return `${RUN_KINDS[scheme].label}, ${formatCount(target)}`;
  return scheme === DENSE_SCHEME ? denseLabel(dimension) : RUN_KINDS[scheme].label;
}
