/** Records with typed arrays go through text and come back as they were; other JSON is what it is. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fromJson, toJson } from '../../src/export/typed-json';

const KINDS = [Uint8Array, Uint16Array, Uint32Array, Int32Array, Float32Array, Float64Array] as const;

it.each(KINDS)('a %o of any bytes comes back to the bit, wherever it stands', (Kind) => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
      const whole = bytes.slice(0, bytes.length - (bytes.length % Kind.BYTES_PER_ELEMENT));
      // A view into a larger buffer writes no more than itself.
      const array = new Kind(Uint8Array.of(...whole, 1, 2, 3, 4, 5, 6, 7, 8).buffer.slice(0, whole.length));
      const back = fromJson(toJson({ list: [{ array }] })) as { list: [{ array: typeof array }] };
      const [{ array: read }] = back.list;
      expect(read).toBeInstanceOf(Kind);
      expect([...new Uint8Array(read.buffer)]).toEqual([...whole]);
    }),
    { numRuns: 50, seed: 1 },
  );
});

it('a part of a larger buffer is written without the rest', () => {
  const part = Float32Array.of(1, 2, 3, 4).subarray(1, 3);
  expect(fromJson(toJson(part))).toEqual(Float32Array.of(2, 3));
});

it('whatever is read can be written and read again without a change', () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      const content = fromJson(text);
      expect(fromJson(toJson(content))).toEqual(content);
    }),
    { numRuns: 200, seed: 1 },
  );
  expect(fromJson('[1e999, -1e999, -0]')).toEqual([null, null, 0]);
});

it.each([
  ['no kind of array', { $: 'Function', base64: '' }],
  ['a name that every object has', { $: 'toString', base64: '' }],
  ['no base64', { $: 'Uint8Array', base64: '?' }],
  ['half an item', { $: 'Float64Array', base64: 'AAAA' }],
  ['something beside it', { $: 'Uint8Array', base64: 'AAAA', more: 1 }],
  ['a list', { $: 'Uint8Array', base64: [1] }],
])('%s stays what it is', (_name, value) => {
  expect(fromJson(JSON.stringify(value))).toEqual(value);
});
