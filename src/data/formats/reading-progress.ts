/** Turns the bytes that have been taken from the disk into progress, and passes the wish to stop on. */
import type { Content, Reading } from '../source/content';
import type { LoadOptions, LoadProgress } from './format';

/** Part of the time that reading takes; the rest goes into the final columns. */
const READING_SHARE = 0.9;
const INTERVAL_MS = 100;

export class ReadingProgress implements Reading {
  readonly signal: AbortSignal | undefined;
  private bytes = 0;
  private reportedAt = 0;

  constructor(
    private readonly content: Content,
    { signal, limit }: Pick<LoadOptions, 'signal' | 'limit'>,
    private readonly onProgress: LoadProgress,
    private readonly rows: () => number,
    private readonly what = 'Reading rows',
  ) {
    this.signal = signal;
    this.wanted = limit?.pick === 'first' ? limit.rows : null;
    onProgress(0, what, { rows: 0, bytes: 0 });
  }

  /** Rows after which reading stops; null: at the end of the file. */
  private readonly wanted: number | null;

  readonly onBytes = (bytes: number): void => {
    this.bytes = bytes;
    const now = performance.now();
    if (now - this.reportedAt < INTERVAL_MS) return;
    this.reportedAt = now;
    const rows = this.rows();
    const share = Math.max(bytes / this.content.size, this.wanted === null ? 0 : rows / this.wanted);
    this.onProgress(READING_SHARE * Math.min(1, share), this.what, { rows, bytes });
  };

  /** All rows are read; the columns are made, one field after the other. */
  readonly onField = (done: number, all: number): void => {
    const fraction = READING_SHARE + (1 - READING_SHARE) * (done / all);
    this.onProgress(fraction, 'Making the columns', { rows: this.rows(), bytes: this.bytes });
  };
}
