/** A scheme, and a kind of run, is named where it stands in its table, and nowhere else: all others ask the tables. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';
import { expect, it } from 'vitest';
import { SCHEME_IDS } from '../../src/embedding/catalogue';
import { RUN_KIND_IDS } from '../../src/experiment/run-kinds';

const ROOT = join(import.meta.dirname, '..', '..');
/** Kinds whose names are other things as well: an event, a way to split rows. */
const COMMON_WORDS: readonly string[] = ['ticket', 'random'];
const KINDS = RUN_KIND_IDS.filter((id) => !COMMON_WORDS.includes(id));
/** Files that name schemes or kinds of runs, or use the same words for something else, and why. */
const ALLOWED: readonly (readonly [file: RegExp, reason: string])[] = [
  [/^src\/embedding\/(catalogue|schemes)\.ts$/, 'the catalogue, and from a name to the code'],
  [/^src\/experiment\/run-kinds\.ts$/, 'the table of kinds'],
  [/^src\/ui\/HowPepWorks\.tsx$/, 'the page about PEP'],
  [/^src\/(data|engine)\//, 'a distribution, a type of buffer: these layers know no scheme'],
  [/^src\/ui\/charts\/ThresholdPlot\.tsx$/, 'the magnitude of a weight'],
];

interface Use {
  readonly file: string;
  readonly what: string;
}

const files = readdirSync(join(ROOT, 'src'), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.(ts|tsx|mjs)$/.test(entry.name))
  .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)).replaceAll('\\', '/'));
const uses = files.flatMap((file) => namesIn(file, readFileSync(join(ROOT, file), 'utf8')));

/** Every text that is the name of a kind; of schemes, also every property that is. */
function namesIn(file: string, text: string): Use[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found: Use[] = [];
  const visit = (node: ts.Node): void => {
    if (isName(node)) {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart());
      found.push({ file, what: `${file}:${line + 1} ${node.getText()}` });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
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
  const strays = uses.filter(({ file }) => !ALLOWED.some(([allowed]) => allowed.test(file)));
  expect(strays.map(({ what }) => what)).toEqual([]);
});

it('allows it only where it is done', () => {
  for (const [allowed, reason] of ALLOWED) {
    expect(
      uses.some(({ file }) => allowed.test(file)),
      reason,
    ).toBe(true);
  }
});

it.each([
  ["const isPep = config.scheme === 'pep';", "'pep'"],
  ["type Kind = 'uniform' | 'other';", "'uniform'"],
  ['const name = `magnitude`;', '`magnitude`'],
  ["const NAMES = { 'rewind': 1 };", "'rewind'"],
  ['const NAMES = { uniform: 1 };', 'uniform'],
  ['const { sentence } = SCHEMES.pep;', 'pep'],
])('finds them in `%s`', (text, what) => {
  expect(namesIn('a.ts', text)).toEqual([{ file: 'a.ts', what: `a.ts:1 ${what}` }]);
});

it('takes comments, sentences and other names for what they are', () => {
  const text = "/** 'pep' */ const uniform = 'a uniform embedding' + point.magnitude + random();";
  expect(namesIn('a.ts', text)).toEqual([]);
});
