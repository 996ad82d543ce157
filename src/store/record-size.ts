/** About how many bytes a record takes: what browsers really write is theirs to know, and differs by a few in a hundred. */

const NUMBER_BYTES = 8;
const OTHER_BYTES = 1;

/** Of anything that IndexedDB stores. */
export function bytesOf(value: unknown): number {
  switch (typeof value) {
    case 'string':
      return value.length;
    case 'number':
      return NUMBER_BYTES;
    case 'object':
      break;
    default:
      return OTHER_BYTES;
  }
  if (value === null) return OTHER_BYTES;
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return value.byteLength;
  let bytes = 0;
  for (const [name, part] of Object.entries(value)) {
    bytes += bytesOf(part) + (Array.isArray(value) ? 0 : name.length);
  }
  return bytes;
}
