/** Records come back whatever version wrote them, or are refused with the reason. */
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { record, whole } from '../../src/experiment/recorded';
import {
  isNewer,
  nameOf,
  type RecordKind,
  restore,
  versioned,
  versionOf,
} from '../../src/experiment/restore';

interface Cup {
  readonly size: number;
  readonly lid: { readonly color: string };
}

/** Version 1 called the size "width", version 2 kept the lid's colour beside it. */
const CUP: RecordKind<Cup> = {
  steps: [
    ({ width, ...cup }) => ({ ...cup, size: width }),
    ({ lidColor, ...cup }) => ({ ...cup, lid: { color: lidColor } }),
  ],
  schema: record({ size: whole, lid: record({ color: z.string() }) }),
};

const today = { size: 3, lid: { color: 'red' } };

describe('a record', () => {
  it('of each older version is brought up to date, step by step', () => {
    expect(versionOf(CUP)).toBe(3);
    expect(restore(CUP, { width: 3, lidColor: 'red' })).toEqual(today);
    expect(restore(CUP, { format: 1, width: 3, lidColor: 'red' })).toEqual(today);
    expect(restore(CUP, { format: 2, size: 3, lidColor: 'red' })).toEqual(today);
    expect(restore(CUP, versioned(CUP, today))).toEqual(today);
  });

  it('is left as it was: what is restored is another', () => {
    const old = Object.freeze({ width: 3, lidColor: 'red' });
    restore(CUP, old);
    expect(old).toEqual({ width: 3, lidColor: 'red' });
  });

  it('keeps what only a later version knows, at every level, and is written with it again', () => {
    const later = { ...today, lid: { color: 'red', weight: Float32Array.of(1) }, handle: [{ of: 'wood' }] };
    const restored = restore(CUP, { format: 3, ...later });
    expect(restored).toEqual(later);
    expect(versioned(CUP, restored)).toEqual({ format: 3, ...later });
  });

  it('of a newer version is refused, and says so', () => {
    const newer = { format: 4, size: 3 };
    expect(() => restore(CUP, newer)).toThrow(/^a newer version of this page has kept it \(format 4\)/);
    expect([isNewer(CUP, newer), isNewer(CUP, today), isNewer(CUP, null)]).toEqual([true, false, false]);
  });

  it.each([
    ['nothing', null, 'must be an object, not null'],
    ['a word', 'cup', 'must be an object, not a string'],
    ['a list', [today], 'must be an object, not an array'],
    ['half of it', { format: 3, size: 3 }, 'lid: is missing'],
    ['something else', { hello: 1 }, /^size: /],
    ['a version that is none', { ...today, format: 'new' }, 'format: must be a whole number of at least 1'],
    ['half a version', { ...today, format: 2.5 }, 'format: must be a whole number of at least 1'],
    ['version 0', { ...today, format: 0 }, 'format: must be a whole number of at least 1'],
  ])('that is %s is refused with the reason', (_name, damaged, reason) => {
    expect(() => restore(CUP, damaged)).toThrow(reason);
  });
});

it('a record is called by its name, or else by what it is', () => {
  expect(nameOf({ name: 'Search' }, 'A run')).toBe('“Search”');
  for (const nameless of [null, 'x', {}, { name: '' }, { name: 7 }])
    expect(nameOf(nameless, 'A run')).toBe('A run');
});
