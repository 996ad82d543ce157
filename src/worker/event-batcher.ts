/**
 * At most ten batches of events a second cross to the page, and never more than one at a time: the experiment waits
 * where the page is slower. Of several progress events in a batch only the last is sent. First of three brakes:
 * docs/code.md, "From the worker to the eye".
 */
import { transfer } from 'comlink';
import { tableArrays } from '../export/stored-table';
import type { EventSink, ExperimentEvent } from './protocol';

const INTERVAL_MS = 100;

export class EventBatcher {
  private pending: ExperimentEvent[] = [];
  private sentAt = Number.NEGATIVE_INFINITY;
  private underWay: Promise<void> = Promise.resolve();
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly sink: EventSink) {}

  /** Resolves when the experiment may go on. */
  async add(event: ExperimentEvent): Promise<void> {
    if (event.type === 'progress' && this.pending.at(-1)?.type === 'progress') this.pending.pop();
    this.pending.push(event);
    const wait = INTERVAL_MS - (performance.now() - this.sentAt);
    if (wait <= 0) await this.send();
    // A paused run adds nothing more: what it said last must not wait for the next event.
    else this.timer ??= setTimeout(() => this.send().catch(() => {}), wait);
  }

  /** Sends what is left. */
  async close(): Promise<void> {
    if (this.pending.length > 0) await this.send();
    await this.underWay;
  }

  /** After a failure every later call rejects too. */
  private send(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    const events = this.pending;
    this.pending = [];
    this.sentAt = performance.now();
    this.underWay = this.underWay.then(() => this.sink(transfer(events, events.flatMap(buffersOf))));
    return this.underWay;
  }
}

/** Buffers that the event owns and may give away. */
function buffersOf(event: ExperimentEvent): Transferable[] {
  switch (event.type) {
    case 'stats': {
      const { mask, dimensions, threshold } = event.stats;
      return [mask, dimensions, threshold?.fieldMeans].flatMap((array) => array?.buffer ?? []);
    }
    case 'ticket':
      return [event.mask.buffer];
    case 'table':
      return tableArrays(event.table).map(({ buffer }) => buffer);
    default:
      return [];
  }
}
