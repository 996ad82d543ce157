/**
 * At most ten batches of events a second cross to the page, and never more than one at a time: the experiment waits
 * where the page is slower. Of several progress events in a batch only the last is sent.
 */
import { transfer } from 'comlink';
import type { EventSink, ExperimentEvent } from './protocol';

const INTERVAL_MS = 100;

export class EventBatcher {
  private pending: ExperimentEvent[] = [];
  private sentAt = Number.NEGATIVE_INFINITY;

  constructor(private readonly sink: EventSink) {}

  /** Resolves when the experiment may go on. */
  async add(event: ExperimentEvent): Promise<void> {
    if (event.type === 'progress' && this.pending.at(-1)?.type === 'progress') this.pending.pop();
    this.pending.push(event);
    if (performance.now() - this.sentAt >= INTERVAL_MS) await this.send();
  }

  /** Sends what is left. */
  async close(): Promise<void> {
    if (this.pending.length > 0) await this.send();
  }

  private async send(): Promise<void> {
    const events = this.pending;
    this.pending = [];
    this.sentAt = performance.now();
    await this.sink(transfer(events, events.flatMap(buffersOf)));
  }
}

/** Buffers that the event owns and may give away. */
function buffersOf(event: ExperimentEvent): Transferable[] {
  switch (event.type) {
    case 'stats': {
      const { mask, dimensions, threshold } = event.stats;
      return [mask.buffer, dimensions.buffer, ...(threshold ? [threshold.fieldMeans.buffer] : [])];
    }
    case 'ticket':
      return [event.mask.buffer];
    default:
      return [];
  }
}
