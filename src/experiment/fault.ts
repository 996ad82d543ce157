/** What is wrong with settings or with a record, by a schema's first complaint. */
import type { z } from 'zod';

/** Where, and why. */
export function firstFault({ issues: [{ path, message }] }: z.ZodError): {
  readonly path: readonly PropertyKey[];
  readonly message: string;
} {
  return { path, message };
}

/** "results.0.testAuc: must be …". `place`: where what was judged is itself. */
export function describeFault(error: z.ZodError, ...place: (string | number)[]): string {
  const { path, message } = firstFault(error);
  const where = [...place, ...path].join('.');
  return where === '' ? message : `${where}: ${message}`;
}
