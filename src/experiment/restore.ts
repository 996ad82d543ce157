/**
 * The one way back for what was written before, by this version, an older or a newer one: runs, tables, settings, documents.
 * Restored, never trusted: an older record is brought up to date step by step, what it lacks gets its default, everything is
 * checked, and what only a later version knows stays in it. One of a newer version, or one that is something else, is refused
 * with the reason; whoever reads it leaves it where it is.
 */
import { z } from 'zod';
import { describeFault } from './fault';

/** A record of an older version, not checked yet, as one of the next version. Pure; leaves alone what it does not understand. */
export type Step = (record: Fields) => Fields;
export type Fields = Readonly<Record<string, unknown>>;

/** What a record of one kind is. Its version is one more than it has steps. */
export interface RecordKind<Value> {
  /**
   * `steps[n − 1]` brings a record from version n to n + 1. There is a new one whenever a page of the version before could not
   * read the records, or would read them wrongly; a field that it may ignore needs none.
   */
  readonly steps: readonly Step[];
  /** Of a record of today's version. See `record` in recorded.ts for what it does with fields that it does not know. */
  readonly schema: z.ZodType<Value>;
}

/** Of the records that say it; what version 0.1 wrote does not, and is 1. */
const versionSchema = z.int().min(1).default(1);

export function versionOf({ steps }: RecordKind<unknown>): number {
  return steps.length + 1;
}

/** The value as it is to be written: with the version of its kind. */
export function versioned<Value extends object>(kind: RecordKind<Value>, value: Value) {
  return { format: versionOf(kind), ...value };
}

/**
 * What a record holds.
 * @throws Error that says why it cannot be read, in words that follow its name and a colon.
 */
export function restore<Value>(kind: RecordKind<Value>, record: unknown): Value {
  const isRecord = typeof record === 'object' && record !== null && !Array.isArray(record);
  return checked(kind.schema, isRecord ? upToDate(kind, record as Fields) : record);
}

/**
 * What a schema makes of it.
 * @throws Error that says where it is not as it should be, and why.
 */
export function checked<Value>(schema: z.ZodType<Value>, value: unknown): Value {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new Error(describeFault(parsed.error));
}

/** Of a record that cannot be read: “Search”, or what it is called instead. */
export function nameOf(record: unknown, otherwise: string): string {
  const { name } = Object(record) as { name?: unknown };
  return typeof name === 'string' && name !== '' ? `“${name}”` : otherwise;
}

/** Whether a newer version wrote the record. */
export function isNewer(kind: RecordKind<unknown>, record: unknown): boolean {
  const { format } = Object(record) as { format?: unknown };
  return (versionSchema.safeParse(format).data ?? 0) > versionOf(kind);
}

function upToDate(kind: RecordKind<unknown>, { format, ...record }: Fields): Fields {
  const version = versionSchema.safeParse(format).data;
  if (version === undefined) throw new Error('format: must be a whole number of at least 1');
  if (version > versionOf(kind)) {
    throw new Error(
      `a newer version of this page has kept it (format ${version}), which is needed to read it`,
    );
  }
  return kind.steps.slice(version - 1).reduce((older: Fields, step) => step(older), record);
}
