import fc from 'fast-check';
import { expect, it } from 'vitest';
import { uniqueKeys } from '../../src/ui/uniqueKeys';

it('no two keys are the same, whatever the names, and a name keeps its key when others follow', () => {
  const names = fc.array(
    fc.oneof(fc.constantFrom('a', '1 a', '2 a', '', ' '), fc.integer({ min: 0, max: 3 })),
  );
  fc.assert(
    fc.property(names, names, (before, after) => {
      const keys = uniqueKeys([...before, ...after]);
      expect(new Set(keys).size).toBe(keys.length);
      expect(keys.slice(0, before.length)).toEqual(uniqueKeys(before));
    }),
  );
});
