/** What a table is measured against that has not a row for each feature. */
import { expect, it } from 'vitest';
import { SCHEME_IDS, SCHEMES } from '../../src/embedding/catalogue';
import { presetConfig } from '../../src/experiment/presets';
import { plainNumbers } from '../../src/experiment/table-size';

const request = { fieldSizes: [6, 300, 201], dimension: 8 };
const config = presetConfig('fast', 507);

it('a plain table of the same d, where features share rows', () => {
  const shared = SCHEMES.qr.size(request, config);
  expect(plainNumbers(shared, 507, 8)).toBe(507 * 8);
});

it.each(SCHEME_IDS)('nothing, where each feature has a row: %s', (id) => {
  const { size } = SCHEMES[id];
  // So few features to a field that none of them is shared.
  const whole = { ...config, wholeUpTo: 300 };
  expect(plainNumbers(size(request, whole), 507, 8)).toBeNull();
});
