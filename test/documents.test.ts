/** README, CONTRIBUTING and docs/ say only what is there: commands, options, paths and links. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import packageJson from '../package.json' with { type: 'json' };
import { parseExperimentArguments } from '../src/cli/arguments';
import { settingsDocument } from './settings-document';

const ROOT = join(import.meta.dirname, '..');
/** A screen has some forty lines. */
const README_LINES = 3 * 40;

const FILES = [
  'README.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  ...readdirSync(join(ROOT, 'docs')).map((name) => `docs/${name}`),
];

const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');
const found = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, name]) => name);

describe.each(FILES)('%s', (file) => {
  const text = read(file);

  it('names only npm commands that exist', () => {
    const commands = found(text, /npm run (?:--silent )?([a-z:]+)/g);
    expect(commands.filter((name) => !(name in packageJson.scripts))).toEqual([]);
  });

  it('links only to what is there', () => {
    const links = found(text, /\]\(([^)#]+)\)/g).filter((link) => !link.startsWith('http'));
    expect(links.filter((link) => !existsSync(join(ROOT, dirname(file), link)))).toEqual([]);
  });

  it('names only files and folders of the project that exist', () => {
    const paths = found(text, /`((?:src|test|docs|public)\/[\w./-]+)`/g);
    expect(paths.filter((path) => path !== 'public/data' && !existsSync(join(ROOT, path)))).toEqual([]);
  });
});

it('the command line takes every command that a document shows', () => {
  const shown = FILES.flatMap((file) => found(read(file), /npm run --silent experiment -- (.*)/g));
  // What a shell or a scheduler fills in is a number here.
  const commands = shown.map((line) => line.replace(/ ::: .*| #.*/, '').replace(/\$\w+|\{\}/g, '1'));
  expect(commands.length).toBeGreaterThan(10);
  for (const command of commands) {
    const args = command
      .trim()
      .split(/ +/)
      .map((arg) => arg.replace(/^"(.*)"$/, '$1'));
    expect(() => parseExperimentArguments(args), command).not.toThrow();
  }
});

it('docs/settings.md is what the table of settings says', async () => {
  await expect(settingsDocument()).toMatchFileSnapshot(join(ROOT, 'docs/settings.md'));
});

it('the README fits on three screens', () => {
  expect(read('README.md').split('\n').length).toBeLessThanOrEqual(README_LINES);
});
