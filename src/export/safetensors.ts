/**
 * The safetensors format (https://huggingface.co/docs/safetensors), written by hand: 8 bytes with the header's length, a
 * JSON header, then the tensors' bytes, all little-endian. The header is padded with spaces to a multiple of 8 bytes.
 */

export type TensorData = Float32Array | Int32Array | Uint8Array;

export interface NamedTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: TensorData;
}

const ALIGNMENT = 8;

/** The whole file. `metadata` holds strings alone, as the format asks. */
export function safetensors(
  tensors: readonly NamedTensor[],
  metadata: Readonly<Record<string, string>>,
): Uint8Array<ArrayBuffer> {
  let offset = 0;
  const entries = tensors.map(({ name, shape, data }) => {
    const begin = offset;
    offset += data.byteLength;
    return [name, { dtype: dtypeOf(data), shape, data_offsets: [begin, offset] }];
  });
  const json = new TextEncoder().encode(
    JSON.stringify({ __metadata__: metadata, ...Object.fromEntries(entries) }),
  );
  const headerLength = Math.ceil(json.length / ALIGNMENT) * ALIGNMENT;
  const file = new Uint8Array(8 + headerLength + offset);
  new DataView(file.buffer).setBigUint64(0, BigInt(headerLength), true);
  file.fill(0x20, 8, 8 + headerLength);
  file.set(json, 8);
  let place = 8 + headerLength;
  for (const { data } of tensors) {
    file.set(new Uint8Array(littleEndian(data)), place);
    place += data.byteLength;
  }
  return file;
}

function dtypeOf(data: TensorData): string {
  if (data instanceof Float32Array) return 'F32';
  return data instanceof Int32Array ? 'I32' : 'U8';
}

/** The bytes of the numbers in the order of the format, whatever this machine's is. */
function littleEndian(data: TensorData): ArrayBuffer {
  const bytes = new ArrayBuffer(data.byteLength);
  const view = new DataView(bytes);
  for (let i = 0; i < data.length; i++) {
    if (data instanceof Float32Array) view.setFloat32(4 * i, data[i], true);
    else if (data instanceof Int32Array) view.setInt32(4 * i, data[i], true);
    else view.setUint8(i, data[i]);
  }
  return bytes;
}
