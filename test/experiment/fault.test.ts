/** What is wrong with a record, in words that need no knowledge of the checker. */
import { expect, it } from 'vitest';
import { z } from 'zod';
import { describeFault } from '../../src/experiment/fault';

it.each([
  [z.object({ steps: z.int() }), { steps: 1.5 }, 'steps: must be a whole number, not a number'],
  [z.object({ steps: z.number() }), { steps: Number.NaN }, 'steps: must be a number, not NaN'],
  [z.object({ steps: z.number() }), {}, 'steps: is missing'],
  [z.object({ isOver: z.boolean() }), { isOver: null }, 'isOver: must be a boolean, not null'],
  [z.array(z.object({ name: z.string() })), [{ name: [] }], '0.name: must be a string, not an array'],
  [z.object({}), 3, 'must be an object, not a number'],
  [z.string('is no name'), 3, 'is no name'],
])('%# says where and why', (schema, value, words) => {
  const { error } = schema.safeParse(value);
  expect(error && describeFault(error)).toBe(words);
});

it('begins at the place of what was judged', () => {
  const { error } = z.object({ name: z.string() }).safeParse({});
  expect(error && describeFault(error, 'runs', 2)).toBe('runs.2.name: is missing');
});
