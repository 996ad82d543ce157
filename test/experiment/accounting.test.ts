/** The three ways of storing a pruned table, against numbers worked out by hand. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainSize } from '../../src/embedding/size';
import {
  bitMaskBytes,
  csrBytes,
  denseBytes,
  type StorageChoice,
  storedBytes,
  storeTable,
} from '../../src/experiment/accounting';

const sized = (features: number, dimension: number) => plainSize({ fieldSizes: [features], dimension });
const TABLE = sized(10, 16);

it('counts dense, CSR and bit mask', () => {
  expect(denseBytes(TABLE)).toBe(640);
  expect(csrBytes(TABLE, 20)).toBe(4 * (40 + 11));
  expect(bitMaskBytes(TABLE, 20)).toBe(20 + 80);
});

it('shows that CSR of a full table costs more than the table', () => {
  expect(csrBytes(TABLE, 160)).toBeGreaterThan(denseBytes(TABLE));
});

describe('a table in the format that is chosen', () => {
  const CHOICES: StorageChoice[] = ['smallest', 'dense', 'csr', 'bitmask'];

  it.each([
    ['dense', 20, { format: 'dense', bytes: 640 }],
    ['csr', 20, { format: 'csr', bytes: 204 }],
    ['bitmask', 20, { format: 'bitmask', bytes: 100 }],
    ['smallest', 20, { format: 'bitmask', bytes: 100 }],
    ['smallest', 0, { format: 'bitmask', bytes: 20 }],
    ['smallest', 159, { format: 'dense', bytes: 640 }],
    ['csr', 159, { format: 'csr', bytes: 4 * (318 + 11) }],
  ] as const)('%s, %d numbers left', (choice, parameters, stored) => {
    expect(storeTable(choice, TABLE, parameters)).toEqual(stored);
  });

  it('is CSR where that is least: few numbers in wide rows', () => {
    expect(storeTable('smallest', sized(10, 128), 3)).toEqual({ format: 'csr', bytes: 68 });
  });

  it.each(CHOICES)('is dense where nothing is pruned: %s', (choice) => {
    expect(storeTable(choice, TABLE, 160)).toEqual({ format: 'dense', bytes: 640 });
  });

  it('is never above the dense table where the smallest is chosen, and never two formats at once', () => {
    const tables = fc.record({
      features: fc.integer({ min: 1, max: 5_000 }),
      dimension: fc.integer({ min: 1, max: 128 }),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(tables, fc.constantFrom(...CHOICES), ({ share, features, dimension }, choice) => {
        const size = sized(features, dimension);
        const parameters = Math.round(share * features * dimension);
        const { format, bytes } = storeTable(choice, size, parameters);
        expect(bytes).toBe(storedBytes(size, parameters)[format]);
        const smallest = storeTable('smallest', size, parameters).bytes;
        expect(smallest).toBe(Math.min(...Object.values(storedBytes(size, parameters))));
        expect(smallest).toBeLessThanOrEqual(denseBytes(size));
      }),
    );
  });
});
