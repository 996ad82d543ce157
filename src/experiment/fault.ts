/** What is wrong with settings or with a record, by a schema's first complaint. */
import type { z } from 'zod';

/** Where, and why in words that need no knowledge of the checker. */
export function firstFault({ issues: [{ path, message }] }: z.ZodError): {
  readonly path: readonly PropertyKey[];
  readonly message: string;
} {
  return { path, message: plainly(message) };
}

/** "results.0.testAuc: must be …". `place`: where what was judged is itself. */
export function describeFault(error: z.ZodError, ...place: (string | number)[]): string {
  const { path, message } = firstFault(error);
  const where = [...place, ...path].join('.');
  return where === '' ? message : `${where}: ${message}`;
}

/** The checker's "Invalid input: expected object, received null" as "must be an object, not null". */
function plainly(message: string): string {
  const [, expected, received] = /^Invalid input: expected (\w+), received (\w+)$/.exec(message) ?? [];
  if (expected === undefined) return message;
  return received === 'undefined'
    ? 'is missing'
    : `must be ${withArticle(expected)}, not ${withArticle(received)}`;
}

function withArticle(kind: string): string {
  if (kind === 'int') return 'a whole number';
  if (kind === 'null' || kind === 'NaN') return kind;
  return `${/^[aeio]/.test(kind) ? 'an' : 'a'} ${kind}`;
}
