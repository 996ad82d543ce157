/** The three ways of storing a pruned table, against numbers worked out by hand. */
import { expect, it } from 'vitest';
import { bitMaskBytes, csrBytes, denseBytes } from '../../src/experiment/accounting';

const TABLE = { features: 10, dimension: 16 };

it('counts dense, CSR and bit mask', () => {
  expect(denseBytes(TABLE)).toBe(640);
  expect(csrBytes(TABLE, 20)).toBe(4 * (40 + 11));
  expect(bitMaskBytes(TABLE, 20)).toBe(20 + 80);
});

it('shows that CSR of a full table costs more than the table', () => {
  expect(csrBytes(TABLE, 160)).toBeGreaterThan(denseBytes(TABLE));
});
