/**
 * The seam for file formats. A format recognises its files by content and turns one into a Dataset; it knows nothing of
 * the page, the worker or training. Add a format by writing one of these and listing it in ../load.ts.
 */
import type { Dataset } from '../dataset';

export interface LoadOptions {
  /** Keep user and movie ids as fields (the official preprocessing of MovieLens drops them). */
  readonly withIds: boolean;
}

/** 0…1, and what is being done, e.g. "Reading ratings". */
export type LoadProgress = (fraction: number, what: string) => void;

export interface DatasetFormat {
  readonly id: string;
  /** What a user would call such a file, with examples: "MovieLens zip (ml-1m.zip, …)". Ends error messages. */
  readonly label: string;
  /** Whether the content, never the name, looks like this format. Cheap: reads a few bytes. */
  sniff(file: File): Promise<boolean>;
  /** Reads all of it. Rejects with a UserError that names the file, the place in it and what was expected. */
  parse(file: File, options: LoadOptions, onProgress: LoadProgress): Promise<Dataset>;
}
