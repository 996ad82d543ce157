/**
 * The dense parameters of one model: one flat array of values, of moments and of gradients, cut into named parts, so
 * that their step is one operation and the clipped norm sees one source. Layers add their parts first; `allocate` follows.
 */
import type { Tensor } from '@tensorflow/tfjs-core';
import { createRandom } from '../data/random';
import type { DeviceArray, Operation } from '../engine/device';
import type { Initialiser } from '../engine/initialise';
import { type GroupGradient, gradientsOf } from '../engine/parameter-groups';
import type { StateEntry } from '../engine/state';
import type { TensorBridge } from '../engine/tfjs/contract';
import type { ModelContext } from './model';

/** A named part of the flat arrays, or some rows of one. */
export interface DenseParameter {
  /** The values now. Within an open scope of the bridge. */
  value(): Tensor;
  /** Sets ∂L/∂value; written by the next `storeGradients`. */
  setGradient(gradient: Tensor): void;
  /** Rows `start`…`start + count − 1` along the first axis. */
  rows(start: number, count: number): DenseParameter;
}

/** The flat arrays are padded to a multiple of this: WebGPU kernels then handle four numbers at once. */
const PADDING = 4;

interface Allocation {
  readonly values: DeviceArray;
  readonly gradients: DeviceArray;
  readonly optimise: Operation;
}

export class DenseParameters {
  private readonly entries: Omit<StateEntry, 'array'>[] = [];
  private readonly statistics: StateEntry[] = [];
  private readonly initial: Float32Array[] = [];
  private readonly pending: { readonly gradient: Tensor; readonly offset: number }[] = [];
  private length = 0;
  private allocation: Allocation | null = null;

  constructor(
    readonly context: ModelContext,
    readonly tensors: TensorBridge,
  ) {}

  /** A part with starting values from the run's seed and the part's name. */
  add(name: string, shape: readonly number[], initialise: Initialiser): DenseParameter {
    const random = createRandom(this.context.seed, name);
    const offset = this.length;
    const length = shape.reduce((product, size) => product * size, 1);
    this.entries.push({ name, offset, shape });
    this.initial.push(Float32Array.from({ length }, () => initialise(random)));
    this.length += length;
    return this.part(shape, offset);
  }

  /** An array that belongs to the state and has no gradient. f32 [length] */
  addStatistic(name: string, length: number, value: number): DeviceArray {
    const array = this.context.engine.allocateFrom(new Float32Array(length).fill(value), name);
    this.statistics.push({ name, array, offset: 0, shape: [length] });
    return array;
  }

  /** Ends adding. */
  allocate(): void {
    const { engine, groups, stepState } = this.context;
    const flat = new Float32Array(Math.ceil(this.length / PADDING) * PADDING);
    this.entries.forEach(({ offset }, i) => {
      flat.set(this.initial[i], offset);
    });
    const values = engine.allocateFrom(flat, 'dense parameters');
    const gradients = engine.allocate('f32', flat.length, 'dense gradients');
    const moments = engine.allocate('f32', 2 * flat.length, 'dense moments');
    const optimise = engine.optimise({
      values,
      moments,
      gradients,
      optimiser: groups.optimiser('dense'),
      hyper: groups.hyper,
      stepState,
    });
    this.allocation = { values, gradients, optimise };
  }

  /** Writes the gradients that were set: all at once, because a copy interrupts a GPU's pass. */
  storeGradients(): void {
    const { gradients } = this.allocated;
    for (const { gradient, offset } of this.pending) this.tensors.store(gradient, gradients, offset);
    this.pending.length = 0;
  }

  update(): void {
    this.allocated.optimise.run();
  }

  get gradients(): GroupGradient[] {
    const { gradients } = this.allocated;
    const { batch } = this.context;
    return gradientsOf('dense', [
      { array: gradients, batch, offset: 0, fixed: gradients.length, perTouched: 0 },
    ]);
  }

  get state(): StateEntry[] {
    const { values } = this.allocated;
    return [...this.entries.map((entry) => ({ ...entry, array: values })), ...this.statistics];
  }

  private part(shape: readonly number[], offset: number): DenseParameter {
    const [first, ...others] = shape;
    const rowLength = others.reduce((product, size) => product * size, 1);
    return {
      value: () => this.tensors.tensor(this.allocated.values, shape, offset),
      setGradient: (gradient) => {
        if (gradient.size !== first * rowLength) {
          throw new RangeError(`The gradient of a [${shape}] parameter has shape [${gradient.shape}]`);
        }
        this.pending.push({ gradient, offset });
      },
      rows: (start, count) => this.part([count, ...others], offset + start * rowLength),
    };
  }

  private get allocated(): Allocation {
    if (!this.allocation) throw new Error('The dense parameters are not allocated yet');
    return this.allocation;
  }
}
