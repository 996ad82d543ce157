/** Whatever decides a number of a run computes it by src/data/elementary.ts: ECMAScript leaves Math.exp to the browser. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';
import { expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..', '..');
/** What ECMAScript defines to the last bit. */
const EXACT = /^(abs|ceil|clz32|floor|fround|imul|max|min|round|sign|sqrt|trunc|E|LN2|LN10|LOG2E|LOG10E|PI)$/;
/** Files whose numbers are seen but not kept, and why. */
const ALLOWED: readonly (readonly [file: RegExp, reason: string])[] = [
  [/^src\/ui\//, 'charts and words'],
  [/^src\/store\/comparison\.ts$/, 'whole powers of two on an axis'],
  [/^src\/data\/profile\.ts$/, 'which ranks the popularity curve is drawn through'],
  [/^src\/data\/table\/dictionary\.ts$/, 'a hash that nobody can foresee: no code depends on it'],
  [/^src\/engine\/memory-error\.ts$/, 'megabytes in a sentence'],
];

const files = readdirSync(join(ROOT, 'src'), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.(ts|tsx|mjs)$/.test(entry.name))
  .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)).replaceAll('\\', '/'));
const uses = files.flatMap((file) => hostMathematics(file, readFileSync(join(ROOT, file), 'utf8')));

/** Everything of Math that is not exact, `**`, and Math itself in a place where its functions cannot be followed. */
function hostMathematics(file: string, text: string): { file: string; what: string }[] {
  if (!/Math|\*\*/.test(text)) return [];
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found: { file: string; what: string }[] = [];
  const visit = (node: ts.Node): void => {
    const what = hostFunction(node);
    if (what) {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart());
      found.push({ file, what: `${file}:${line + 1} ${what}` });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function hostFunction(node: ts.Node): string | null {
  if (node.kind === ts.SyntaxKind.AsteriskAsteriskToken) return '**';
  if (node.kind === ts.SyntaxKind.AsteriskAsteriskEqualsToken) return '**=';
  if (!ts.isIdentifier(node) || node.text !== 'Math') return null;
  const { parent } = node;
  if (!ts.isPropertyAccessExpression(parent) || parent.expression !== node) return 'Math';
  return EXACT.test(parent.name.text) ? null : `Math.${parent.name.text}`;
}

it('leaves no number of a run to the functions of the host', () => {
  const strays = uses.filter(({ file }) => !ALLOWED.some(([allowed]) => allowed.test(file)));
  expect(strays.map(({ what }) => what)).toEqual([]);
});

it('allows them only where they are used', () => {
  for (const [allowed, reason] of ALLOWED) {
    expect(
      uses.some(({ file }) => allowed.test(file)),
      reason,
    ).toBe(true);
  }
});

it.each([
  ['const p = 1 - 0.9 ** step;', '**'],
  ['x **= 2;', '**='],
  ['const y = Math.log1p(x);', 'Math.log1p'],
  ['const { exp } = Math;', 'Math'],
  ["const y = Math['exp'](x);", 'Math'],
  ['const id = Math.random();', 'Math.random'],
])('finds them in `%s`', (text, what) => {
  expect(hostMathematics('a.ts', text)).toEqual([{ file: 'a.ts', what: `a.ts:1 ${what}` }]);
});

it('takes comments, exponents in words and exact functions for what they are', () => {
  expect(hostMathematics('a.ts', "/** Math.exp */ const x = 'a ** b' + Math.sqrt(2) * Math.PI;")).toEqual([]);
});
