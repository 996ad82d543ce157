/** What the table of a run is made of, whatever version has recorded it. */
import { isScheme, SCHEMES } from '../embedding/catalogue';
import { parameterCount, plainSize, type TableSize } from '../embedding/size';
import type { ExperimentEvent } from './events';

export { parameterCount, type TableSize };

/** Where no run has started. */
export const NO_TABLE = plainSize({ fieldSizes: [], dimension: 0 });

type RunStarted = Extract<ExperimentEvent, { type: 'run-started' }>;

/** As the run says; worked out again for runs of version 0.1, which do not say. */
export function sizeOf(start: Pick<RunStarted, 'size' | 'run' | 'config' | 'dataset'>): TableSize {
  const { size, run, config, dataset } = start;
  if (size) return size;
  const request = {
    fieldSizes: dataset.fields.map(({ features }) => features),
    dimension: config.dimension,
  };
  return isScheme(run.scheme) ? SCHEMES[run.scheme].size(request, config) : plainSize(request);
}
