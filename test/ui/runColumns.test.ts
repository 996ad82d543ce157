/** The runs table where a metric could not be measured, and where runs differ in a setting. */
import { expect, it } from 'vitest';
import type { RunConfig } from '../../src/experiment/settings';
import { RUN_COLUMNS, settingColumns, sortRuns } from '../../src/ui/compare/runColumns';
import { measuredRun } from '../store/events';

const runs = [0.7, null, 0.8].map((testAuc) => measuredRun({ testAuc }));
const column = RUN_COLUMNS.find(({ name }) => name === 'Test AUC') ?? RUN_COLUMNS[0];

it.each([
  [true, ['0.8000', '0.7000', '–']],
  [false, ['0.7000', '0.8000', '–']],
])('what was not measured comes last, sorted by a metric (descending: %s)', (isDescending, texts) => {
  expect(sortRuns(runs, column, isDescending).map((run) => column.text(run))).toEqual(texts);
});

it('what was not measured has its reason beside it', () => {
  const notes = ['The test AUC cannot be computed: test has no row with label 1.'];
  expect(column.absence?.(measuredRun({ testAuc: null, notes }))).toBe(notes[0]);
  expect(column.absence?.(runs[0])).toBeNull();
});

it('a setting in which runs differ is called as in the form', () => {
  const columns = settingColumns(['seed', 'model', 'thresholdInit', 'mlpWidths']);
  expect(columns.map(({ name }) => name)).toEqual(['Initial threshold s₀', 'MLP widths']);
});

it('a setting is shown as the form has it, and not where a run does not read it', () => {
  const texts = (change: Partial<RunConfig>) => {
    const run = measuredRun({});
    const { start } = run.view;
    const changed = {
      ...run,
      view: { ...run.view, start: start && { ...start, config: { ...start.config, ...change } } },
    };
    const columns = settingColumns(['scheme', 'thresholdInit', 'targets', 'factorStart', 'collisions']);
    return columns.map((column) => [column.text(changed), column.value(changed)]);
  };
  expect(texts({ scheme: 'pep', thresholdInit: -8, targets: [100, 50] })).toEqual([
    ['PEP', 'PEP'],
    ['-8', -8],
    ['100, 50', '100, 50'],
    ['–', null],
    ['–', null],
  ]);
  expect(texts({ scheme: 'qr', factorStart: 'official', collisions: 4 })).toEqual([
    ['Quotient-remainder', 'Quotient-remainder'],
    ['–', null],
    ['–', null],
    ['As in the public code', 'As in the public code'],
    ['4', 4],
  ]);
});
