/** The worker's data sets: holds the current one, reads and keeps others, and describes them to the page. */
import { transfer } from 'comlink';
import { type Dataset, featureFrequencies } from '../data/dataset';
import { UserError } from '../data/errors';
import { inspectFiles, loadDataset } from '../data/load';
import { generateSample } from '../data/sample/sample';
import { splitRows } from '../data/split';
import { packStrings } from '../data/strings';
import { summariseDataset } from '../experiment/summary';
import type { DataApi, LoadedDataset } from './data-protocol';
import { Shelf } from './shelf';

export class DataDesk {
  /** What is trained on. */
  current: Dataset | null = null;
  private loading: AbortController | null = null;
  private readonly shelf = new Shelf();

  readonly api: DataApi = {
    loadSample: async (seed) => this.adopt(generateSample(seed)),
    inspect: (files, shape, file) => inspectFiles(files, shape, file, this.startReading()),
    loadFiles: async (files, options, onProgress) => {
      const signal = this.startReading();
      return this.adopt(await loadDataset(files, { ...options, signal }, onProgress));
    },
    cancelLoad: async () => this.loading?.abort(),
    storedDatasets: () => this.shelf.list(),
    keep: async (remark) => {
      if (!this.current) throw new UserError('No data set is loaded.');
      await this.shelf.save(this.current, remark);
      return this.shelf.list();
    },
    loadStored: async (id) => this.adopt(await this.shelf.load(id)),
    deleteStored: async (id) => {
      await this.shelf.delete(id);
      return this.shelf.list();
    },
  };

  /** Ends the reading before this one. */
  private startReading(): AbortSignal {
    this.loading?.abort();
    this.loading = new AbortController();
    return this.loading.signal;
  }

  /** Makes a data set the current one and describes it to the page. */
  private adopt(loaded: Dataset): LoadedDataset {
    this.current = loaded;
    const frequencies = featureFrequencies(loaded);
    const description: LoadedDataset = {
      summary: summariseDataset(loaded, splitRows(loaded.rows, 0)),
      frequencies,
      values: loaded.fields.map(({ values }) => packStrings(values)),
      rare: loaded.fields.map(({ rare }) => rare ?? null),
      plantedRanks: loaded.planted?.ranks.slice() ?? null,
      plantedAuc: loaded.planted?.auc ?? null,
    };
    return transfer(description, [frequencies.buffer]);
  }
}
