/** The hash table behind every category, beside a Map of strings. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringAt } from '../../../src/data/strings';
import { ByteDictionary, hashBytes } from '../../../src/data/table/dictionary';

const encoder = new TextEncoder();

function codeOf(dictionary: ByteDictionary, value: string): number {
  const bytes = encoder.encode(`<${value}>`);
  const end = bytes.length - 1;
  return dictionary.codeOf(bytes, 1, end, hashBytes(bytes, 1, end));
}

function expectSameCodes(values: readonly string[]): void {
  const dictionary = new ByteDictionary();
  const known = new Map<string, number>();
  for (const value of values) {
    const code = known.get(value) ?? known.size;
    known.set(value, code);
    expect(codeOf(dictionary, value)).toBe(code);
  }
  expect(dictionary.size).toBe(known.size);
  const packed = dictionary.pack(Uint32Array.from(known.values()).reverse());
  expect([...known.keys()].map((_, i) => stringAt(packed, known.size - 1 - i))).toEqual([...known.keys()]);
}

describe('a dictionary of bytes', () => {
  it('numbers values as they come, whatever they are', () => {
    const value = fc.oneof(fc.string({ maxLength: 3 }), fc.string({ unit: 'grapheme' }), fc.constant(''));
    fc.assert(fc.property(fc.array(value, { maxLength: 400 }), expectSameCodes));
  });

  it('keeps codes as it grows', () => {
    const values = Array.from({ length: 60_000 }, (_, i) => (Math.imul(i, 0x9e3779b1) >>> 0).toString(16));
    const dictionary = new ByteDictionary();
    expect(values.map((value) => codeOf(dictionary, value))).toEqual(values.map((_, i) => i));
    expect(values.map((value) => codeOf(dictionary, value))).toEqual(values.map((_, i) => i));
    expect(dictionary.size).toBe(values.length);
  });

  it('tells values of one hash apart', () => {
    const dictionary = new ByteDictionary();
    const bytes = encoder.encode('abcdef');
    const codes = [0, 1, 2, 3, 0, 1, 2, 3].map((at) => dictionary.codeOf(bytes, at, at + 2, 7));
    expect(codes).toEqual([0, 1, 2, 3, 0, 1, 2, 3]);
  });

  it('is not slowed down by values that were made to share one hash', () => {
    const values = ofOneHash();
    const hashes = new Set(values.map((value) => hashBytes(value, 0, value.length)));
    expect(hashes.size).toBe(1);
    const [hash] = hashes;
    const dictionary = new ByteDictionary();
    const start = performance.now();
    const codes = () => values.map((value) => dictionary.codeOf(value, 0, value.length, hash));
    expect(codes()).toEqual(values.map((_, i) => i));
    expect(codes()).toEqual(values.map((_, i) => i));
    // Comparing each with all before it takes 400 million steps.
    expect(performance.now() - start).toBeLessThan(2_000);
    const packed = dictionary.pack(Uint32Array.of(7, 9_999));
    expect([stringAt(packed, 0), stringAt(packed, 1)]).toEqual(
      [values[7], values[9_999]].map((value) => new TextDecoder().decode(value)),
    );
  });
});

/** Pairs of blocks that lead FNV-1a from where the pair before them ends to one hash; the last does so again and again. */
const PAIRS = [
  ['aXX)\\KnO', 'S"ipfTEU'],
  ['W6S!$:p.', 'B9#YKJe0'],
  ['yn!"9jK/', '.8o)"(Zm'],
  ["'ix]2hW^", '&4?rhiT0'],
  ...Array<string[]>(10).fill(['QEdfA!L:', 'cvPm<q10']),
];

/** 2¹⁴ distinct values of one hash. */
function ofOneHash(): Uint8Array[] {
  const texts = PAIRS.reduce(
    (values, pair) => values.flatMap((value) => pair.map((block) => value + block)),
    [''],
  );
  return texts.map((text) => encoder.encode(text));
}
