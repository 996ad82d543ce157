/** A scheme, and a kind of run, is named where it stands in its table, and nowhere else: all others ask the tables. */
import ts from 'typescript';
import { expect, it } from 'vitest';
import { SCHEME_IDS } from '../../src/embedding/catalogue';
import { RUN_KIND_IDS } from '../../src/experiment/run-kinds';
import { type Allowed, findIn, findInSources, needless, strays } from '../sources';

/** Kinds whose names are other things as well: an event, a way to split rows. */
const COMMON_WORDS: readonly string[] = ['ticket', 'random'];
const KINDS = RUN_KIND_IDS.filter((id) => !COMMON_WORDS.includes(id));
/** Files that name schemes or kinds of runs, or use the same words for something else, and why. */
const ALLOWED: Allowed = [
  [/^src\/embedding\/(catalogue|schemes)\.ts$/, 'the catalogue, and from a name to the code'],
  [/^src\/experiment\/run-kinds\.ts$/, 'the table of kinds'],
  [/^src\/ui\/HowPepWorks\.tsx$/, 'the page about PEP'],
  [/^src\/ui\/gallery\//, 'runs that are made up for the gallery'],
  [/^src\/(data|engine)\//, 'a distribution, a type of buffer: these layers know no scheme'],
  [/^src\/ui\/charts\/ThresholdPlot\.tsx$/, 'the magnitude of a weight'],
];

const uses = findInSources(nameOf);

/** A text that is the name of a kind; of schemes, also a property that is. */
function nameOf(node: ts.Node): string | null {
  return isName(node) ? node.getText() : null;
}

function isName(node: ts.Node): boolean {
  if (ts.isStringLiteralLike(node)) return isOneOf(KINDS, node.text);
  if (!ts.isIdentifier(node)) return false;
  const { parent } = node;
  const isProperty =
    (ts.isPropertyAccessExpression(parent) || ts.isPropertyAssignment(parent)) && parent.name === node;
  return isProperty && isOneOf(SCHEME_IDS, node.text);
}

function isOneOf(names: readonly string[], text: string): boolean {
  return names.includes(text);
}

it('names no scheme and no kind of run outside their tables', () => {
  expect(strays(uses, ALLOWED)).toEqual([]);
});

it('allows it only where it is done', () => {
  expect(needless(uses, ALLOWED)).toEqual([]);
});

it.each([
  ["const isPep = config.scheme === 'pep';", "'pep'"],
  ["type Kind = 'uniform' | 'other';", "'uniform'"],
  ['const name = `magnitude`;', '`magnitude`'],
  ["const NAMES = { 'rewind': 1 };", "'rewind'"],
  ['const NAMES = { uniform: 1 };', 'uniform'],
  ['const { sentence } = SCHEMES.pep;', 'pep'],
])('finds them in `%s`', (text, what) => {
  expect(findIn('a.ts', text, nameOf)).toEqual([{ file: 'a.ts', what: `a.ts:1 ${what}` }]);
});

it('takes comments, sentences and other names for what they are', () => {
  const text = "/** 'pep' */ const uniform = 'a uniform embedding' + point.magnitude + random();";
  expect(findIn('a.ts', text, nameOf)).toEqual([]);
});
