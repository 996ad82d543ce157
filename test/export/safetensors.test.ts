/** The written file against a reader of its own, which follows the format's description and nothing of the writer. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainSize } from '../../src/embedding/size';
import { downloadBytes } from '../../src/experiment/accounting';
import { type PrunedTable, prunedTensors, pruneTable } from '../../src/export/pruned-table';
import { safetensors } from '../../src/export/safetensors';

interface Read {
  readonly metadata: Record<string, string>;
  readonly tensors: Record<string, { dtype: string; shape: number[]; values: number[] }>;
  readonly dataBytes: number;
}

const SIZES: Record<string, number> = { F32: 4, I32: 4, U8: 1 };

/** As the format's document says: u64 length, JSON, bytes without holes; everything little-endian. */
function read(file: Uint8Array): Read {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const length = Number(view.getBigUint64(0, true));
  const text = new TextDecoder('utf-8', { fatal: true }).decode(file.subarray(8, 8 + length));
  expect(text[0]).toBe('{');
  expect(length % 8).toBe(0);
  const { __metadata__: metadata, ...entries } = JSON.parse(text);
  const start = 8 + length;
  let expected = 0;
  const tensors: Read['tensors'] = {};
  for (const [name, entry] of Object.entries<{ dtype: string; shape: number[]; data_offsets: number[] }>(
    entries,
  )) {
    const {
      dtype,
      shape,
      data_offsets: [begin, end],
    } = entry;
    expect(begin, `${name} begins where the one before ends`).toBe(expected);
    expected = end;
    const count = shape.reduce((product, size) => product * size, 1);
    expect(end - begin, `${name} is as long as its shape`).toBe(count * SIZES[dtype]);
    const at = (i: number) => {
      const place = start + begin + i * SIZES[dtype];
      if (dtype === 'F32') return view.getFloat32(place, true);
      return dtype === 'I32' ? view.getInt32(place, true) : view.getUint8(place);
    };
    tensors[name] = { dtype, shape, values: Array.from({ length: count }, (_, i) => at(i)) };
  }
  expect(file.byteLength, 'nothing after the last tensor').toBe(start + expected);
  for (const value of Object.values(metadata)) expect(typeof value).toBe('string');
  return { metadata, tensors, dataBytes: expected };
}

/** The dense table that the CSR tensors stand for. */
function dense({ tensors }: Read, features: number, dimension: number): number[] {
  const table = Array.from({ length: features * dimension }, () => 0);
  const { values } = tensors['embedding.values'];
  const columns = tensors['embedding.columns'].values;
  const starts = tensors['embedding.row_starts'].values;
  for (let feature = 0; feature < features; feature++) {
    for (let i = starts[feature]; i < starts[feature + 1]; i++)
      table[feature * dimension + columns[i]] = values[i];
  }
  return table;
}

function sizeOf({ features, dimension }: PrunedTable) {
  return plainSize({ fieldSizes: [features], dimension });
}

const tables = fc
  .tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 9 }))
  .chain(([features, dimension]) =>
    fc.record({
      dimension: fc.constant(dimension),
      values: fc.array(
        fc.oneof(fc.constant(0), fc.constant(-0), fc.float({ noNaN: true, noDefaultInfinity: true })),
        {
          minLength: features * dimension,
          maxLength: features * dimension,
        },
      ),
    }),
  );

describe('a pruned table as safetensors', () => {
  it('comes back number for number, with its mask and its metadata', () => {
    fc.assert(
      fc.property(tables, ({ dimension, values }) => {
        const table = Float32Array.from([0, ...values.slice(1)]);
        const pruned = pruneTable(table, dimension);
        const file = read(safetensors(prunedTensors(pruned), { config: '{"d": 8}', name: 'Sucht „Ä“' }));
        expect(file.metadata).toEqual({ config: '{"d": 8}', name: 'Sucht „Ä“' });
        expect(dense(file, table.length / dimension, dimension)).toEqual(
          [...table].map((value) => value + 0),
        );
        const mask = file.tensors['embedding.mask'].values;
        const bits = [...table].map((_, entry) => (mask[entry >> 3] >> (entry & 7)) & 1);
        expect(bits).toEqual([...table].map((value) => (value === 0 ? 0 : 1)));
        expect(file.dataBytes).toBe(downloadBytes(sizeOf(pruned), pruned.values.length));
      }),
    );
  });

  it('is dense where nothing is pruned', () => {
    const pruned = pruneTable(Float32Array.of(1, -2, 3, 4.5), 2);
    const file = read(safetensors(prunedTensors(pruned), {}));
    expect(file.tensors).toEqual({ embedding: { dtype: 'F32', shape: [2, 2], values: [1, -2, 3, 4.5] } });
    expect(file.dataBytes).toBe(downloadBytes(sizeOf(pruned), 4));
  });
});
