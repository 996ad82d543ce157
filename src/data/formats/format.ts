/**
 * The seam for file formats. A format recognises its files by content and turns one into a Dataset; it knows nothing of
 * the page, the worker or training. Add a format by writing one of these and listing it in ../load.ts.
 */
import type { Dataset } from '../dataset';
import type { Source } from '../source/source';
import type { RowLimit, TableChoices, TextShape } from '../table/table-spec';

export interface LoadOptions {
  /** Keep user and movie ids as fields (the official preprocessing of MovieLens drops them). */
  readonly withIds: boolean;
  /** Values in fewer rows become their field's one "rare" feature; absent: what the format's official loader does. */
  readonly rare?: number;
  readonly limit?: RowLimit;
  /** How to read a table of no known format; absent: as the preview guesses. */
  readonly table?: TableChoices;
  /** Path of the file to read, in an archive or a folder that holds several tables. */
  readonly file?: string;
  readonly signal?: AbortSignal;
}

/** What has been read so far. */
export interface LoadCounts {
  readonly rows: number;
  readonly bytes: number;
}

/** 0…1, what is being done, e.g. "Reading ratings", and how far it is where that is known. */
export type LoadProgress = (fraction: number, what: string, counts?: LoadCounts) => void;

export interface DatasetFormat {
  readonly id: string;
  /** What a user would call such a file, with examples: "MovieLens zip (ml-1m.zip, …)". Ends error messages. */
  readonly label: string;
  /** Whether the content, never the name, looks like this format; a table also by what the user says of its shape. */
  sniff(source: Source, given?: Partial<TextShape>): boolean;
  /** Reads all of it. Rejects with a UserError that names the file, the place in it and what was expected. */
  parse(source: Source, options: LoadOptions, onProgress: LoadProgress): Promise<Dataset>;
}
