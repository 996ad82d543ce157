/** From a kept run to the files that leave the page. Loaded when it is needed. */
import { stringAt } from '../data/strings';
import { compareData, fullDataName } from '../experiment/same-data';
import { formatMetric } from '../experiment/unmeasured';
import { saidSettings } from '../experiment/unsaid-settings';
import { csvText } from '../export/csv';
import { reportHtml } from '../export/report';
import { safetensors } from '../export/safetensors';
import { type StoredTable, tableMetadata, tableTensors } from '../export/stored-table';
import type { SavedRun } from '../store/saved-run';
import type { LoadedDataset } from '../worker/protocol';
import { figurePicture } from './charts/PictureMenu';
import { mergeQuality } from './charts/qualityRows';
import { formatCount, formatMoment } from './format';

/** More names than this would make the header of the file larger than its numbers. */
const MAX_NAMED_FEATURES = 200_000;

/** The table with what is needed to use it: fields, the value behind each feature, the settings. */
export function tableFile(run: SavedRun, table: StoredTable, loaded: LoadedDataset | null) {
  const { start, finish } = run.view;
  const names = featureNames(run, loaded);
  return safetensors(tableTensors(table), {
    format: 'pep-playground',
    run: run.name,
    version: start?.version ?? '',
    config: JSON.stringify(start && saidSettings(start.config)),
    backend: JSON.stringify(start?.backend),
    dataset: JSON.stringify(start?.dataset),
    fingerprint: start?.dataset.fingerprint ?? '',
    result: JSON.stringify(finish?.result ?? null),
    ...tableMetadata(table),
    fields: JSON.stringify(start?.dataset.fields ?? []),
    ...(names && table.features <= MAX_NAMED_FEATURES && { names: JSON.stringify(names) }),
  });
}

/** Value of every feature, by field; null unless the run's data set is loaded for certain. */
function featureNames({ view: { start } }: SavedRun, loaded: LoadedDataset | null): string[][] | null {
  if (!start || !loaded || compareData(start.dataset, loaded.summary) !== 'same') return null;
  return loaded.summary.fields.map(({ features }, f) =>
    Array.from({ length: features }, (_, i) => stringAt(loaded.valueNames[f], i)),
  );
}

export function dimensionsCsv(run: SavedRun, loaded: LoadedDataset | null): string {
  const { start, latest } = run.view;
  if (!start || !latest?.dimensions) return '';
  const { dimensions } = latest;
  const names = featureNames(run, loaded);
  const frequencies = names ? loaded?.frequencies : null;
  const rows = start.dataset.fields.flatMap(({ name, features, offset }, f) =>
    Array.from({ length: features }, (_, i) => [
      offset + i,
      name,
      names?.[f][i] ?? '',
      frequencies?.[offset + i] ?? '',
      dimensions[offset + i],
    ]),
  );
  return csvText(['feature', 'field', 'value', 'rows', 'dimensions'], rows, fullDataName(start.dataset));
}

export function curvesCsv({ view }: SavedRun): string {
  const { table, losses, evaluations } = view;
  const quality = new Map(
    mergeQuality(losses.points, evaluations.points).map((row) => [row.step, row] as const),
  );
  const points = new Map(table.points.map((point) => [point.step, point] as const));
  const steps = [...new Set([...points.keys(), ...quality.keys()])].sort((a, b) => a - b);
  const rows = steps.map((step) => {
    const point = points.get(step);
    const measured = quality.get(step);
    return [
      step,
      point?.epoch ?? measured?.epoch,
      point?.parameters,
      point?.threshold?.mean,
      point?.magnitude.median,
      measured?.trainLoss,
      measured?.auc,
      measured?.logloss,
    ];
  });
  const columns = [
    'step',
    'epoch',
    'parameters',
    'mean_g',
    'median_v',
    'train_loss',
    'valid_auc',
    'valid_logloss',
  ];
  return csvText(columns, rows, fullDataName(view.start?.dataset));
}

/** The run, the results of its experiment, and the charts that the page shows now. */
export async function runReport(run: SavedRun, runs: readonly SavedRun[]): Promise<string> {
  const { start } = run.view;
  if (!start) return '';
  const { config, dataset, backend, version } = start;
  const members = runs.filter(({ experiment }) => experiment === run.experiment);
  const figures = [...document.querySelectorAll('figure')];
  const drawn = await Promise.all(figures.map(figurePicture));
  return reportHtml({
    title: `${run.name}: ${dataset.name}`,
    summary: `Trained with PEP playground ${version} on ${backend.label} (${backend.adapter}), ${formatMoment(run.startedAt)}. ${run.notes}`,
    tables: [
      {
        caption: 'Results of the experiment',
        columns: ['Run', 'Parameters', 'Test AUC', 'Test logloss', 'Validation AUC', 'Epochs', 'Seed'],
        rows: members.flatMap(({ name, view }) => {
          const result = view.finish?.result;
          if (!result) return [];
          const { parameters, testAuc, testLogloss, validAuc, epochs, seed } = result;
          const decimals = [testAuc, testLogloss, validAuc].map(formatMetric);
          return [[name, formatCount(parameters), ...decimals, epochs.toFixed(1), String(seed)]];
        }),
      },
      {
        caption: 'Tickets',
        columns: ['Target', 'Parameters', 'Step'],
        rows: run.view.tickets.map(({ target, parameters, step }) =>
          [target, parameters, step].map(formatCount),
        ),
      },
      {
        caption: 'Data set',
        columns: ['What', 'Value'],
        rows: [
          ['Name', dataset.name],
          ['Rows', formatCount(dataset.rows)],
          ['Fingerprint', dataset.fingerprint ?? 'none: the run is of version 0.1'],
          ...Object.entries(dataset.origin ?? {}),
        ],
      },
      {
        caption: 'Fields',
        columns: ['Field', 'Features'],
        rows: dataset.fields.map(({ name, features }) => [name, formatCount(features)]),
      },
      {
        caption: 'Parameters outside the table',
        columns: ['Component', 'Parameters'],
        rows: start.otherParameters.map(({ name, count }) => [name, formatCount(count)]),
      },
      {
        caption: 'Settings',
        columns: ['Setting', 'Value'],
        rows: Object.entries(saidSettings(config)).map(([name, value]) => [name, String(value)]),
      },
    ],
    pictures: figures.flatMap((figure, i) => {
      const picture = drawn[i];
      return picture ? [{ title: figure.querySelector('h2')?.textContent ?? '', svg: picture.svg }] : [];
    }),
  });
}
