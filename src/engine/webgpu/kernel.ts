/**
 * A kernel: WGSL pieces, the constants they name and the arrays they are bound to, compiled once.
 * Constants are written in front of the code as WGSL `const`s rather than passed as `override`s: they come from the same
 * TypeScript constants as everywhere else, divisions by them cost nothing, and 1 − β₂ is worked out in double precision.
 */

import { HYPER, HYPER_PASS, HYPER_STEP, HYPER_VECTORS } from '../hyper';
import { STEP_STATE } from '../step-state';
import type { GpuArray } from './arrays';
import lane1 from './lane1.wgsl?raw';
import lane4 from './lane4.wgsl?raw';

/** Threads of a workgroup. 64 to 256 are equally fast on SwiftShader, 32 is slower; 64 suits every GPU. */
export const WORKGROUP = 64;

const CONSTANTS = {
  WORKGROUP,
  HYPER_VECTORS,
  HYPER_STEP,
  HYPER_PASS,
  HYPER_STEP_SIZE: HYPER.stepSize,
  HYPER_INVERSE_ROOT_CORRECTION: HYPER.inverseRootCorrection,
  HYPER_WEIGHT_DECAY: HYPER.weightDecay,
  STEP_STATE_COUNTING: STEP_STATE.counting,
  STEP_STATE_TARGETS_MET: STEP_STATE.targetsMet,
  STEP_STATE_STEP: STEP_STATE.step,
  STEP_STATE_GRADIENT_SCALE: STEP_STATE.gradientScale,
  STEP_STATE_GRADIENT_NORM: STEP_STATE.gradientNorm,
};

export type WgslConstants = Readonly<Record<string, number>>;

export interface Binding {
  readonly array: GpuArray;
  readonly type: GPUBufferBindingType;
}

export const reads = (array: GpuArray): Binding => ({ array, type: 'read-only-storage' });
export const writes = (array: GpuArray): Binding => ({ array, type: 'storage' });
export const uniform = (array: GpuArray): Binding => ({ array, type: 'uniform' });

export interface KernelSource {
  readonly label: string;
  /** Concatenated; one of them has the entry point `main`. */
  readonly code: readonly string[];
  readonly constants: WgslConstants;
  /** Binding i of group 0. */
  readonly bindings: readonly Binding[];
  /** Numbers that a thread handles at once: 4 needs every row of a bound array of lanes to be a multiple of 4. */
  readonly lanes: 1 | 4;
}

export interface Kernel {
  readonly pipeline: GPUComputePipeline;
  readonly bindGroup: GPUBindGroup;
}

export function lanesOf(dimension: number): 1 | 4 {
  return dimension % 4 === 0 ? 4 : 1;
}

export function createKernel(device: GPUDevice, source: KernelSource): Kernel {
  const { label, code, constants, bindings, lanes } = source;
  const text = [...wgslConstants({ ...CONSTANTS, ...constants }), lanes === 4 ? lane4 : lane1, ...code].join(
    '\n',
  );
  const layout = device.createBindGroupLayout({
    label,
    entries: bindings.map(({ type }, binding) => ({
      binding,
      visibility: GPUShaderStage.COMPUTE,
      buffer: { type },
    })),
  });
  const pipeline = device.createComputePipeline({
    label,
    layout: device.createPipelineLayout({ label, bindGroupLayouts: [layout] }),
    compute: { module: device.createShaderModule({ label, code: text }), entryPoint: 'main' },
  });
  const bindGroup = device.createBindGroup({
    label,
    layout,
    entries: bindings.map(({ array }, binding) => ({ binding, resource: { buffer: array.buffer } })),
  });
  return { pipeline, bindGroup };
}

/** Counts as u32, everything else as abstract numbers. */
function wgslConstants(constants: WgslConstants): string[] {
  return Object.entries(constants).map(([name, value]) => {
    const isCount = Number.isInteger(value) && value >= 0;
    return `const ${name} = ${value}${isCount ? 'u' : ''};`;
  });
}
