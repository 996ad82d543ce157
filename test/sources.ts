/** Looks through the sources for what may stand in few places only. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';

/** Files in which it may stand, and why. */
export type Allowed = readonly (readonly [file: RegExp, reason: string])[];

export interface Found {
  readonly file: string;
  /** File, line and what stands there. */
  readonly what: string;
}

/** What `judge` calls a node; null: nothing of interest. */
export type Judge = (node: ts.Node) => string | null;

const ROOT = join(import.meta.dirname, '..');

export function findIn(file: string, text: string, judge: Judge): Found[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found: Found[] = [];
  const visit = (node: ts.Node): void => {
    const what = judge(node);
    if (what !== null) {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart());
      found.push({ file, what: `${file}:${line + 1} ${what}` });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** In every file below src. */
export function findInSources(judge: Judge): Found[] {
  return readdirSync(join(ROOT, 'src'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|tsx|mjs)$/.test(entry.name))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .flatMap((file) => findIn(file, readFileSync(join(ROOT, file), 'utf8'), judge));
}

/** What stands where it may not. */
export function strays(found: readonly Found[], allowed: Allowed): string[] {
  return found.filter(({ file }) => !allowed.some(([each]) => each.test(file))).map(({ what }) => what);
}

/** Reasons that nothing needs any more. */
export function needless(found: readonly Found[], allowed: Allowed): string[] {
  return allowed.filter(([each]) => !found.some(({ file }) => each.test(file))).map(([, reason]) => reason);
}
