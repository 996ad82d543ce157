/**
 * Two kinds of matrix products for which tfjs-wasm prepares longer than it multiplies: many small ones (attention over
 * the fields: 2,048 of [7, 7] · [7, 32] take 9.5 ms, here 0.7) and those of a single row (a sum over [7168, 64]: 1.9 ms,
 * here 0.3). It packs the second operand of every product anew. All others stay its own.
 */
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm/dist/index.js';
import {
  type BatchMatMulAttrs,
  getKernel,
  type KernelConfig,
  type KernelFunc,
  registerKernel,
  type TensorInfo,
  unregisterKernel,
} from '@tensorflow/tfjs-core';
import { compile } from '../wasm/compile';
import { WasmMemory } from '../wasm/memory';
import binary from './assembly/products.ts?assembly';

const KERNEL = 'BatchMatMul';

/** Larger matrices are worth packing. */
const MAX_SMALL_SIDE = 64;
/** Fewer are not worth copying. */
const MIN_COUNT = 16;

interface Products {
  multiply(
    count: number,
    rows: number,
    inner: number,
    columns: number,
    isATransposed: number,
    a: number,
    b: number,
    out: number,
  ): void;
  multiplyTransposed(
    count: number,
    rows: number,
    inner: number,
    columns: number,
    a: number,
    b: number,
    out: number,
  ): void;
  multiplyRow(inner: number, columns: number, row: number, matrix: number, out: number): void;
}

/** Puts these products in front of the backend's own. Call once, when it runs. */
export async function installSmallProducts(backendName: string): Promise<void> {
  const own = getKernel(KERNEL, backendName) as KernelConfig | undefined;
  if (!own) throw new Error(`tfjs's backend ${backendName} has no ${KERNEL}`);
  const memory = new WasmMemory();
  const instance = await WebAssembly.instantiate(await compile(binary), { env: { memory: memory.memory } });
  const products = instance.exports as unknown as Products;
  const scratch = new Scratch(memory);

  const kernelFunc: KernelFunc = (call) => {
    const operands = call.inputs as unknown as Operands;
    const shape = productShape(operands, call.attrs as unknown as BatchMatMulAttrs);
    if (shape === null) return own.kernelFunc(call);
    const { a, b } = operands;
    const { count, rows, inner, columns, transposeA, transposeB } = shape;
    const backend = call.backend as BackendWasm;
    const length = count * rows * columns;
    const [left, right, out] = scratch.reserve([size(a), size(b), length]);
    scratch.view(left, size(a)).set(backend.typedArrayFromHeap(a) as Float32Array);
    scratch.view(right, size(b)).set(backend.typedArrayFromHeap(b) as Float32Array);
    if (rows === 1 && count === 1) products.multiplyRow(inner, columns, left, right, out);
    else if (transposeB) products.multiplyTransposed(count, rows, inner, columns, left, right, out);
    else products.multiply(count, rows, inner, columns, transposeA ? 1 : 0, left, right, out);
    const result = backend.makeOutput([...a.shape.slice(0, -2), rows, columns], 'float32');
    (backend.typedArrayFromHeap(result) as Float32Array).set(scratch.view(out, length));
    return result;
  };
  unregisterKernel(KERNEL, backendName);
  registerKernel({ ...own, kernelFunc });
}

interface Operands {
  readonly a: TensorInfo;
  readonly b: TensorInfo;
}

interface ProductShape {
  readonly count: number;
  readonly rows: number;
  readonly inner: number;
  readonly columns: number;
  readonly transposeA: boolean;
  readonly transposeB: boolean;
}

/** Null where the product is the backend's. */
function productShape({ a, b }: Operands, { transposeA, transposeB }: BatchMatMulAttrs): ProductShape | null {
  if (a.dtype !== 'float32' || b.dtype !== 'float32' || (transposeA && transposeB)) return null;
  const [aRows, aColumns] = a.shape.slice(-2);
  const [bRows, bColumns] = b.shape.slice(-2);
  const count = size(a) / (aRows * aColumns);
  if (count !== size(b) / (bRows * bColumns) || a.shape.length !== b.shape.length) return null;
  const rows = transposeA ? aColumns : aRows;
  const inner = transposeA ? aRows : aColumns;
  const columns = transposeB ? bRows : bColumns;
  const isOneRow = count === 1 && rows === 1 && !transposeA && !transposeB;
  const isSmall = count >= MIN_COUNT && Math.max(rows, inner, columns) <= MAX_SMALL_SIDE;
  return isOneRow || isSmall ? { count, rows, inner, columns, transposeA, transposeB } : null;
}

function size({ shape }: TensorInfo): number {
  return shape.reduce((product, each) => product * each, 1);
}

/** Room for one product's operands, kept from one to the next. */
class Scratch {
  private address = 0;
  private capacity = 0;

  constructor(private readonly memory: WasmMemory) {}

  /** Addresses of arrays of these lengths. */
  reserve(lengths: readonly number[]): number[] {
    const total = lengths.reduce((sum, length) => sum + length, 0);
    if (total > this.capacity) {
      // Arrays of a WasmMemory follow each other and this one has no others: what is added continues what there is.
      const added = this.memory.allocate('f32', total - this.capacity, 'small products');
      if (this.capacity === 0) this.address = added.address;
      this.capacity = total;
    }
    let next = this.address;
    return lengths.map((length) => {
      const start = next;
      next += length * Float32Array.BYTES_PER_ELEMENT;
      return start;
    });
  }

  view(address: number, length: number): Float32Array {
    return new Float32Array(this.memory.memory.buffer, address, length);
  }
}
