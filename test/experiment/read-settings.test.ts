/** Which settings a run reads is what its scheme and its model say. */
import { expect, it } from 'vitest';
import { DEFAULT_SCHEME, DENSE_SCHEME } from '../../src/embedding/catalogue';
import { presetConfig } from '../../src/experiment/presets';
import { isRead } from '../../src/experiment/read-settings';
import { settingOf } from '../../src/experiment/setting-table';
import type { RunConfig } from '../../src/experiment/settings';
import type { ModelId } from '../../src/models/catalogue';

/** Of version 0.1: what came after it is of other schemes and models. */
const names = (Object.keys(presetConfig('paper', 1)) as (keyof RunConfig)[]).filter(
  (name) => settingOf(name).unsaid === undefined,
);
const unread = (scheme: RunConfig['scheme'], model: ModelId) =>
  names.filter((name) => !isRead(name, { scheme, model }));

it.each([
  ['fm', ['mlpWidths', 'dropout', 'attentionDropout']],
  ['deepfm', ['attentionDropout']],
  ['autoint', []],
] as const)('%s does not read %j', (model, expected) => {
  expect(unread(DEFAULT_SCHEME, model).sort()).toEqual([...expected].sort());
});

it('a table without thresholds reads nothing of them, and no targets', () => {
  expect(unread(DENSE_SCHEME, 'autoint').sort()).toEqual(
    [
      'granularity',
      'thresholdInit',
      'thresholdLearningRate',
      'thresholdWeightDecay',
      'targets',
      'stopAtLastTarget',
    ].sort(),
  );
});
