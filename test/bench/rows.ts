/** A group of measurements that take turns, and the rows of the benchmark that it gives. Runs in Node and in a page. */
import type { BackendInfo } from '../../src/engine/device';
import type { Granularity } from '../../src/engine/table';
import { type Contender, measure } from './measure';
import { createOurs } from './ours';
import { type BenchModel, type Variant, type Work, workSize } from './work';

export const ENGINES = ['cpu-node', 'cpu-chromium', 'webgpu', 'torch'] as const;

/** One line of the benchmark's document. */
export interface Row {
  readonly model: BenchModel;
  readonly engine: (typeof ENGINES)[number];
  readonly adapter: string;
  readonly variant: Variant;
  /** Null where the table has no thresholds. */
  readonly granularity: Granularity | null;
  readonly N: number;
  readonly d: number;
  readonly B: number;
  readonly F: number;
  /** Median over the rounds. */
  readonly msPerStep: number;
  readonly fastest: number;
  /** Interquartile range over the rounds, as a share of the median. */
  readonly spread: number;
}

export interface GroupRequest {
  readonly model: BenchModel;
  readonly work: Work;
  readonly engine: Exclude<Row['engine'], 'torch'>;
  readonly variants: readonly Variant[];
  readonly granularity: Granularity;
  readonly rounds: number;
}

/** Others that take turns with ours. */
export interface Guest {
  readonly contender: Contender;
  readonly engine: Row['engine'];
  readonly adapter: string;
  readonly variant: Variant;
}

/** `stock` makes the contender in tfjs's own operations, where it can run; it is made after ours have started tfjs. */
export async function runGroup(
  { model, work, engine, variants, granularity, rounds }: GroupRequest,
  guests: readonly Guest[] = [],
  createStock: ((model: BenchModel, work: Work) => Contender) | null = null,
): Promise<Row[]> {
  const entries: Guest[] = [];
  try {
    for (const variant of variants) {
      if (variant === 'stock') continue;
      const id: BackendInfo['id'] = engine === 'webgpu' ? 'webgpu' : 'cpu';
      const contender = await createOurs(id, model, work, variant, granularity);
      const { label, adapter } = contender.backend;
      entries.push({ contender, engine, variant, adapter: id === 'cpu' ? `${label}, ${adapter}` : adapter });
    }
    if (variants.includes('stock') && createStock) {
      const [{ adapter }] = entries;
      entries.push({ contender: createStock(model, work), engine, variant: 'stock', adapter });
    }
    entries.push(...guests);
    const timings = await measure(
      entries.map(({ contender }) => contender),
      rounds,
    );
    return entries.map((entry, i) => ({
      model,
      engine: entry.engine,
      adapter: entry.adapter,
      variant: entry.variant,
      granularity:
        entry.variant === 'uniform' ? null : entry.variant === 'stock' ? 'feature_dim' : granularity,
      ...workSize(work),
      msPerStep: timings[i].msPerStep,
      fastest: timings[i].fastest,
      spread: timings[i].spread,
    }));
  } finally {
    for (const { contender } of entries) contender.dispose();
  }
}
