/** The mask picture: every feature in exactly one place, shaded by what it has kept. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fieldDistributions } from '../../src/ui/dimensions/fieldDistributions';
import { createRamp, maskPixels } from '../../src/ui/dimensions/maskImage';
import { layoutMask, popularityOrder } from '../../src/ui/dimensions/maskLayout';

function fieldsOf(sizes: readonly number[]) {
  let offset = 0;
  return sizes.map((features, f) => {
    const field = { name: `field ${f}`, features, offset };
    offset += features;
    return field;
  });
}

const sizesAndWidth = fc.tuple(
  fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 8 }),
  fc.integer({ min: 0, max: 400 }),
);

it('orders the features of each field by popularity', () => {
  const order = popularityOrder(fieldsOf([3, 2]), Uint32Array.of(5, 9, 5, 1, 2));
  expect([...order]).toEqual([1, 0, 2, 4, 3]);
});

describe('layoutMask', () => {
  it('covers every feature, in order, at any width, and gives every field room', () => {
    fc.assert(
      fc.property(sizesAndWidth, ([sizes, width]) => {
        const fields = fieldsOf(sizes);
        const features = sizes.reduce((sum, size) => sum + size, 0);
        const order = Uint32Array.from({ length: features }, (_, i) => i);
        const { starts, ends, spans } = layoutMask(fields, order, width);
        const seen = new Set<number>();
        for (let column = 0; column < starts.length; column++) {
          expect(ends[column]).toBeGreaterThan(starts[column]);
          for (let place = starts[column]; place < ends[column]; place++) seen.add(place);
        }
        expect(seen.size).toBe(features);
        expect(spans[0].from).toBe(0);
        expect(spans.at(-1)?.to).toBe(starts.length);
        for (const { from, to } of spans) expect(to).toBeGreaterThan(from);
      }),
    );
  });

  it('keeps the columns of a field to its own features', () => {
    const fields = fieldsOf([1_000, 2, 50]);
    const { starts, ends, spans } = layoutMask(fields, new Uint32Array(1_052), 100);
    for (const { field, from, to } of spans) {
      for (let column = from; column < to; column++) {
        expect(starts[column]).toBeGreaterThanOrEqual(field.offset);
        expect(ends[column]).toBeLessThanOrEqual(field.offset + field.features);
      }
    }
  });
});

it('shades a pixel by the share of entries that are left', () => {
  const fields = fieldsOf([4]);
  const order = Uint32Array.of(0, 1, 2, 3);
  const layout = layoutMask(fields, order, 2);
  const ramp = createRamp([0, 0, 0], [255, 255, 255]);
  // d = 2: features 0 and 1 keep dimension 0, feature 2 keeps both, feature 3 none.
  const mask = Uint32Array.of(0b00110101);
  expect([...maskPixels(layout, mask, 2, ramp)]).toEqual([ramp[255], ramp[128], ramp[0], ramp[128]]);
});

it('spreads the features of each field over the dimensions kept', () => {
  const [first, second] = fieldDistributions(
    fieldsOf([4, 1]),
    Uint8Array.of(0, 0, 2, 1, 2),
    2,
    Uint8Array.of(0, 1, 1, 0, 2),
  );
  expect([...first.shares]).toEqual([0.5, 0.25, 0.25]);
  expect(first).toMatchObject({ features: 4, mean: 0.75, meanPlantedRank: 0.5 });
  expect(second).toMatchObject({ mean: 2, meanPlantedRank: 2 });
});
