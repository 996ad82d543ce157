/** The runs table where a metric could not be measured. */
import { expect, it } from 'vitest';
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
