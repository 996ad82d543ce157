/** What the table of a run is made of, whatever version has recorded it. */
import { isScheme, SCHEMES } from '../embedding/catalogue';
import { parameterCount, plainSize, shapesOf, type TableSize } from '../embedding/size';
import type { FieldSummary, RunStarted } from './events';
import { MAX_TABLE_ENTRIES } from './recorded';
import type { RunConfig } from './settings';

export { parameterCount, type TableSize };

/** Where no run has started. */
export const NO_TABLE = plainSize({ fieldSizes: [], dimension: 0 });

/** What of a run says it. */
export interface SizedRun extends Pick<RunStarted, 'size' | 'config'> {
  readonly run: Pick<RunStarted['run'], 'scheme'>;
  readonly dataset: { readonly fields: readonly { readonly features: number }[] };
}

/** That of a search with these settings, before it starts. */
export function plannedSize(config: RunConfig, fields: readonly FieldSummary[]): TableSize {
  const fieldSizes = fields.map(({ features }) => features);
  return SCHEMES[config.scheme].size({ fieldSizes, dimension: config.dimension }, config);
}

/** d that the model of such a search works on. */
export function plannedDimension(config: RunConfig, fields: readonly FieldSummary[]): number {
  const fieldSizes = fields.map(({ features }) => features);
  return SCHEMES[config.scheme].outputDimension({ fieldSizes, dimension: config.dimension }, config);
}

/** As the run says; worked out again for runs of version 0.1, which do not say. */
export function sizeOf(start: SizedRun): TableSize {
  const { size, run, config, dataset } = start;
  if (size) return size;
  const request = {
    fieldSizes: dataset.fields.map(({ features }) => features),
    dimension: config.dimension,
  };
  return isScheme(run.scheme) ? SCHEMES[run.scheme].size(request, config) : plainSize(request);
}

/** Numbers of a plain table of the same d, a row for each feature; null where the table is made that way itself. */
export function plainNumbers({ arrays }: TableSize, features: number, dimension: number): number | null {
  return arrays.length === 1 && arrays[0].rows === features ? null : features * dimension;
}

/** What is wrong with the features of a record, as many as its fields have; null: nothing. */
export function featuresFault(fields: SizedRun['dataset']['fields'], features: number): string | null {
  const sum = fields.reduce((total, field) => total + field.features, 0);
  return features === sum ? null : `must be ${sum}, as many as its fields have`;
}

/** What is wrong with the numbers that a record says its table has; null: nothing. */
export function tableSizeFault(size: TableSize, tableSize: number): string | null {
  if (tableSize !== parameterCount(size)) {
    return `must be ${shapesOf(size)}`;
  }
  return tableSize > MAX_TABLE_ENTRIES ? `is more than a machine can hold (${MAX_TABLE_ENTRIES})` : null;
}
