/** Whatever decides a number of a run computes it by src/data/elementary.ts: ECMAScript leaves Math.exp to the browser. */
import ts from 'typescript';
import { expect, it } from 'vitest';
import { type Allowed, findIn, findInSources, needless, strays } from '../sources';

/** What ECMAScript defines to the last bit. */
const EXACT = /^(abs|ceil|clz32|floor|fround|imul|max|min|round|sign|sqrt|trunc|E|LN2|LN10|LOG2E|LOG10E|PI)$/;
/** Files whose numbers are seen but not kept, and why. */
const ALLOWED: Allowed = [
  [/^src\/ui\//, 'charts and words'],
  [/^src\/store\/comparison\.ts$/, 'whole powers of two on an axis'],
  [/^src\/data\/profile\.ts$/, 'which ranks the popularity curve is drawn through'],
  [/^src\/data\/table\/dictionary\.ts$/, 'a hash that nobody can foresee: no code depends on it'],
  [/^src\/engine\/memory-error\.ts$/, 'megabytes in a sentence'],
];

const uses = findInSources(hostFunction);

/** Whatever of Math is not exact, `**`, and Math itself in a place where its functions cannot be followed. */
function hostFunction(node: ts.Node): string | null {
  if (node.kind === ts.SyntaxKind.AsteriskAsteriskToken) return '**';
  if (node.kind === ts.SyntaxKind.AsteriskAsteriskEqualsToken) return '**=';
  if (!ts.isIdentifier(node) || node.text !== 'Math') return null;
  const { parent } = node;
  if (!ts.isPropertyAccessExpression(parent) || parent.expression !== node) return 'Math';
  return EXACT.test(parent.name.text) ? null : `Math.${parent.name.text}`;
}

it('leaves no number of a run to the functions of the host', () => {
  expect(strays(uses, ALLOWED)).toEqual([]);
});

it('allows them only where they are used', () => {
  expect(needless(uses, ALLOWED)).toEqual([]);
});

it.each([
  ['const p = 1 - 0.9 ** step;', '**'],
  ['x **= 2;', '**='],
  ['const y = Math.log1p(x);', 'Math.log1p'],
  ['const { exp } = Math;', 'Math'],
  ["const y = Math['exp'](x);", 'Math'],
  ['const id = Math.random();', 'Math.random'],
])('finds them in `%s`', (text, what) => {
  expect(findIn('a.ts', text, hostFunction)).toEqual([{ file: 'a.ts', what: `a.ts:1 ${what}` }]);
});

it('takes comments, exponents in words and exact functions for what they are', () => {
  expect(
    findIn('a.ts', "/** Math.exp */ const x = 'a ** b' + Math.sqrt(2) * Math.PI;", hostFunction),
  ).toEqual([]);
});
