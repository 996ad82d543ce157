/** The worker's data sets: holds the current one, reads and keeps others, and describes them to the page. */
import { transfer } from 'comlink';
import { type Dataset, featureFrequencies } from '../data/dataset';
import { UserError } from '../data/errors';
import { findLeaks } from '../data/leaks';
import { inspectFiles, loadDataset } from '../data/load';
import { generateSample } from '../data/sample/sample';
import { Yielder } from '../data/source/yielder';
import { countLabels, splitDataset, splitRows } from '../data/split';
import { packStrings } from '../data/strings';
import { summariseDataset } from '../experiment/dataset-summary';
import type { DataApi, LoadedDataset } from './data-protocol';
import { StoredDatasets } from './stored-datasets';

export class DataService {
  /** What is trained on. */
  current: Dataset | null = null;
  private loading: AbortController | null = null;
  private readonly stored = new StoredDatasets();

  readonly api: DataApi = {
    loadSample: async (seed) => this.adopt(generateSample(seed)),
    inspect: (files, shape, options, onProgress) =>
      inspectFiles(files, shape, { ...options, signal: this.begin() }, onProgress),
    loadFiles: async (files, options, onProgress) => {
      const signal = this.begin();
      const dataset = await loadDataset(files, { ...options, signal }, onProgress);
      onProgress(1, 'Looking for fields that give the label away');
      return this.adopt(dataset, signal);
    },
    cancelLoad: async () => this.loading?.abort(),
    splitLabels: async (setting) => {
      if (!this.current) throw new UserError('No data set is loaded.');
      return countLabels(splitDataset(this.current, setting), this.current.labels);
    },
    storedDatasets: () => this.stored.list(),
    keep: async (remark) => {
      if (!this.current) throw new UserError('No data set is loaded.');
      await this.stored.save(this.current, withLabel(this.current, remark));
      return this.stored.list();
    },
    loadStored: async (id) => this.adopt(await this.stored.load(id)),
    deleteStored: async (id) => {
      await this.stored.delete(id);
      return this.stored.list();
    },
  };

  /** Ends what is being read, and begins anew. */
  private begin(): AbortSignal {
    this.loading?.abort();
    this.loading = new AbortController();
    return this.loading.signal;
  }

  /** Makes a data set the current one and describes it to the page. Rejects with LoadCancelled. */
  private async adopt(loaded: Dataset, signal?: AbortSignal): Promise<LoadedDataset> {
    const leaks = await findLeaks(loaded, new Yielder(signal));
    this.current = loaded;
    const frequencies = featureFrequencies(loaded);
    const description: LoadedDataset = {
      summary: summariseDataset(loaded, splitRows(loaded.rows, 0)),
      frequencies,
      valueNames: loaded.fields.map(({ valueNames }) => packStrings(valueNames)),
      rare: loaded.fields.map(({ rare }) => rare ?? null),
      leaks,
      plantedRanks: loaded.planted?.ranks.slice() ?? null,
      plantedAuc: loaded.planted?.auc ?? null,
    };
    return transfer(description, [frequencies.buffer]);
  }
}

/** Two label rules make two data sets of one table: the one is not kept in place of the other. */
function withLabel({ origin }: Dataset, remark: string): string {
  if (origin?.format !== 'table' || origin.label === undefined) return remark;
  return [...(remark ? [remark] : []), origin.label].join(', ');
}
