/** The compiled kernels and their signatures: assembly/kernels.ts seen from the host. Pointers are byte addresses. */
import binary from './assembly/kernels.ts?assembly';
import { compile } from './compile';

/** How a threshold is found; the same numbers as in assembly/plug.ts. */
export const PLUG = { none: 0, entry: 1, feature: 2, shared: 3, mask: 4 } as const;

/** Rows of a block of the kernel lookupBags. */
export const LOOKUP_BLOCK = 32;

type Kernel<Result = void> = (...args: number[]) => Result;

export interface Kernels {
  readonly sigmoids: Kernel;
  readonly scatterSlots: Kernel;
  readonly lookup: Kernel;
  readonly lookupBags: Kernel;
  readonly touchedLevels: Kernel;
  readonly linearForward: Kernel;
  readonly linearForwardBags: Kernel;
  readonly linearGradient: Kernel;
  readonly linearGradientBags: Kernel;
  readonly interactionForward: Kernel;
  readonly interactionBackward: Kernel;
  readonly combineFields: Kernel;
  readonly copyFields: Kernel;
  readonly productGradients: Kernel;
  readonly projectionForward: Kernel;
  readonly projectionBackward: Kernel;
  readonly updateGradient: Kernel;
  readonly prepare: Kernel;
  readonly optimise: Kernel;
  readonly applyRows: Kernel;
  readonly applyMasked: Kernel;
  readonly countLeft: Kernel<number>;
  readonly squares: Kernel<number>;
}

let compiled: Promise<WebAssembly.Module> | null = null;

/** Rejects where the host has no WebAssembly SIMD. */
export async function instantiateKernels(memory: WebAssembly.Memory): Promise<Kernels> {
  compiled ??= compile(binary);
  const instance = await WebAssembly.instantiate(await compiled, { env: { memory } });
  return instance.exports as unknown as Kernels;
}
