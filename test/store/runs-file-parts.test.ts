/** What belongs to a run beside its record, through a file and back. */
import { expect, it } from 'vitest';
import { versioned } from '../../src/experiment/restore';
import { pruneTable } from '../../src/export/pruned-table';
import { RunsFile, readRunsFile } from '../../src/store/runs-file';
import { createSavedRun } from '../../src/store/saved-run';
import { TABLE } from '../../src/store/table-record';
import type { RunPart } from '../../src/worker/layout';
import { runStarted } from './events';

const run = { ...createSavedRun(runStarted('search'), 'experiment', 0), name: 'Search' };
const table: RunPart = {
  kind: 'table',
  number: 0,
  value: versioned(TABLE, pruneTable(new Float32Array(160).fill(1), 16)),
};
const frame: RunPart = { kind: 'frame', number: 50, value: { means: Float32Array.of(1, 2) } };

/** The runs and parts of a file, and what was set aside of it. */
function opened(text: string) {
  const parts: RunPart[] = [];
  const setAside: string[] = [];
  const runs = readRunsFile(
    text,
    0,
    (words) => setAside.push(words),
    (_id, own) => parts.push(...own),
  );
  return { runs: runs.length, parts, setAside };
}

function fileOf(parts: readonly unknown[], file = new RunsFile()): RunsFile {
  return file.add([run], new Map([[run.id, parts as RunPart[]]]));
}

it('parts of every kind come back', () => {
  const text = fileOf([table, frame]).pieces.join('');
  expect(opened(text)).toEqual({ runs: 1, parts: [table, frame], setAside: [] });
});

it.each<[string, unknown, RegExp]>([
  [
    'a table of a newer version',
    { ...table, value: { ...table.value, format: 99 } },
    /^“Search” \(1 of 1\): part 1 of 2: a newer version of this page has kept it \(format 99\)/,
  ],
  [
    'the table of another run',
    { ...table, value: versioned(TABLE, pruneTable(new Float32Array(80).fill(1), 16)) },
    /part 1 of 2: it is not that of this run/,
  ],
  ['nothing', null, /part 1 of 2: must be an object, not null/],
])('%s is set aside, and the run and its other parts are read', (_name, part, words) => {
  const { runs, parts, setAside } = opened(fileOf([part, frame]).pieces.join(''));
  expect([runs, parts]).toEqual([1, [frame]]);
  expect(setAside).toEqual([expect.stringMatching(words)]);
});

it('what would make a file too long to be read again is left out, the run is not, and the file says so', () => {
  const whole = fileOf([table]);
  expect(whole.omission).toBeNull();
  const [, , line] = whole.pieces;
  expect(opened(fileOf([table], new RunsFile(line.length)).pieces.join('')).parts).toEqual([table]);
  const short = fileOf([table], new RunsFile(line.length - 1));
  expect(short.omission).toMatch(/the tables of 1 of its runs are not in it\.$/);
  const { runs, parts, setAside } = opened(short.pieces.join(''));
  expect({ runs, parts, setAside }).toEqual({ runs: 1, parts: [], setAside: [] });
});
