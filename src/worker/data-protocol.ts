/** The part of the contract between page and worker that is about data sets: what can be read, kept and looked at. */
import type { RareFeature } from '../data/dataset';
import type { LoadOptions, LoadProgress } from '../data/formats/format';
import type { Leak } from '../data/leaks';
import type { Inspection } from '../data/load';
import type { SplitKind, SplitLabels } from '../data/split';
import type { PackedStrings } from '../data/strings';
import type { TextShape } from '../data/table/table-spec';
import type { DatasetSummary } from '../experiment/events';

export type { TablePreview } from '../data/formats/delimited/preview';
export type { LoadCounts, LoadProgress } from '../data/formats/format';
export type { Inspection } from '../data/load';
export type { OfferedTable, TableQuestion } from '../data/source/tables';
export type { SplitKind, SplitLabels } from '../data/split';
export type { ColumnRole, RowLimit, TableChoices, TextShape } from '../data/table/table-spec';

/** A data set as the page sees it: summary plus what its charts name and colour. */
export interface LoadedDataset {
  readonly summary: DatasetSummary;
  /** Rows holding each feature. [features] */
  readonly frequencies: Uint32Array;
  /** The value behind each feature, by field. */
  readonly valueNames: readonly PackedStrings[];
  /** Which feature stands for rare values, by field; null: none. */
  readonly rare: readonly (RareFeature | null)[];
  /** Fields that tell the label almost alone. */
  readonly leaks: readonly Leak[];
  /** True rank per feature, for generated data. [features] */
  readonly plantedRanks: Uint8Array | null;
  /** AUC of the model that drew the labels, for generated data. */
  readonly plantedAuc: number | null;
}

/** How files are read. See LoadOptions. */
export type FileOptions = Omit<LoadOptions, 'signal'>;
export type InspectOptions = Pick<FileOptions, 'limit' | 'file'>;

/** A data set that the browser keeps. */
export interface StoredDataset {
  readonly id: string;
  readonly name: string;
  readonly rows: number;
  /** On the disk, about. */
  readonly bytes: number;
  /** How it was read, where that is not the usual way, and the label rule of a table; '' otherwise. */
  readonly remark: string;
  /** As in DatasetSummary; absent where version 0.1 has kept it. */
  readonly fingerprint?: string;
}

export interface DataApi {
  /** Generates the sample from a seed and makes it the current data set. */
  loadSample(seed: number): Promise<LoadedDataset>;
  /**
   * Looks at files without taking them into use; through a table of no known format from end to end, or as far as it may
   * be read. Rejects with a UserError where nothing can be made of them, or with LoadCancelled.
   */
  inspect(
    files: readonly File[],
    shape: Partial<TextShape>,
    options: InspectOptions,
    onProgress: LoadProgress,
  ): Promise<Inspection>;
  /**
   * Reads a file, or the files of a folder, and, only if all of it is good, makes it the current data set. Rejects with a
   * UserError, or with LoadCancelled.
   */
  loadFiles(files: readonly File[], options: FileOptions, onProgress: LoadProgress): Promise<LoadedDataset>;
  /** Ends the reading, or the looking, that is under way. */
  cancelLoad(): Promise<void>;
  /** How many rows of each label the current data set's split by these settings has in each part. Rejects with a UserError. */
  splitLabels(setting: { readonly seed: number; readonly split: SplitKind }): Promise<SplitLabels>;
  /** Data sets that the browser keeps, the newest first. */
  storedDatasets(): Promise<readonly StoredDataset[]>;
  /** Keeps the current data set, in place of one of the same name and remark. Rejects with a UserError: a full disk. */
  keep(remark: string): Promise<readonly StoredDataset[]>;
  loadStored(id: string): Promise<LoadedDataset>;
  deleteStored(id: string): Promise<readonly StoredDataset[]>;
}
