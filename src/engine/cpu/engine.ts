/**
 * The reference operations on arrays in the host's memory. Every call computes at once, so there is nothing to submit or
 * wait for. Arrays are looked up at every run: a WebAssembly memory that has grown has new views.
 */
import { type BatchShape, requireSameShape } from '../../data/batch';
import { capture } from '../capture/reference';
import { clip } from '../clip/reference';
import { type BackendInfo, type DeviceArray, maxTouched } from '../device';
import { dropout } from '../dropout/reference';
import type { Engine } from '../engine';
import { HYPER_PASS, HYPER_STEP, stepNumbers } from '../hyper';
import { interactionBackward, interactionForward } from '../interaction/reference';
import { linearGradients } from '../linear/contract';
import { linearApply, linearForward, linearGradient } from '../linear/reference';
import { lookup } from '../lookup/reference';
import { loss } from '../loss/reference';
import { optimise } from '../optimise/reference';
import { PUSH_PARTS, pushShape } from '../push/contract';
import { push } from '../push/reference';
import { statsLengths } from '../stats/contract';
import { stats } from '../stats/reference';
import { gradientScale } from '../step-state';
import { requireFieldsOf } from '../table';
import type { TensorBridge } from '../tfjs/contract';
import { tableGradients, thresholdGradientSize } from '../update/contract';
import { updateApply, updateGradient } from '../update/reference';
import { currentBatch, floats, type HostArray, type HostBatch, integers, tableOf } from './arrays';
import { createCombine } from './combine';
import { createProjection } from './projection';

/** Makes a zero-filled array. */
export type HostAllocator = (type: DeviceArray['type'], length: number, label: string) => HostArray;

/** The engine that defines the others: plain TypeScript. */
export function createCpuEngine(adapter: string): Engine {
  const backend: BackendInfo = { id: 'cpu', label: 'CPU (TypeScript)', adapter, software: false };
  return createHostEngine(backend, (type, length, label) => ({
    type,
    length,
    label,
    data: type === 'f32' ? new Float32Array(length) : new Uint32Array(length),
  }));
}

export function createHostEngine(backend: BackendInfo, newArray: HostAllocator): Engine {
  const arrays = new Set<HostArray>();
  const allocate: HostAllocator = (type, length, label) => {
    const array = newArray(type, length, label);
    arrays.add(array);
    return array;
  };

  let bridge: TensorBridge | null = null;

  return {
    backend,
    allocate,
    allocateFrom: (data, label) => {
      const array = allocate(data instanceof Float32Array ? 'f32' : 'u32', data.length, label);
      array.data.set(data);
      return array;
    },
    write: (array, data) => (array as HostArray).data.set(data),
    read: async (list) => list.map((array) => (array as HostArray).data.slice()),

    createBatch: (shape: BatchShape, features: number): HostBatch => ({
      shape,
      features,
      rows: 0,
      current: null,
    }),
    upload: (target, batch) => {
      const host = target as HostBatch;
      requireSameShape(batch.shape, host.shape);
      host.current = batch;
      host.rows = batch.rows;
    },

    lookup: ({ batch, table, embeddings }) => ({
      run: () => lookup(currentBatch(batch), tableOf(table), floats(embeddings)),
    }),

    combine: createCombine,
    projection: createProjection,

    linear: ({ batch, weights, moments, logits, logitGradients, optimiser, hyper, stepState }) => {
      const gradients = allocate('f32', 1 + maxTouched(batch), 'linear gradients');
      return {
        forward: () => linearForward(currentBatch(batch), floats(weights), floats(logits)),
        gradient: () => linearGradient(currentBatch(batch), floats(logitGradients), floats(gradients)),
        apply: () =>
          linearApply(
            currentBatch(batch),
            floats(weights),
            floats(moments),
            floats(gradients),
            stepNumbers(floats(hyper), optimiser),
            gradientScale(integers(stepState)),
          ),
        gradients: linearGradients(batch, gradients),
      };
    },

    interaction: ({ batch, dimension, embeddings, logits, logitGradients, embeddingGradients }) => {
      const { fields } = batch.shape;
      return {
        forward: () =>
          interactionForward(currentBatch(batch).rows, fields, dimension, floats(embeddings), floats(logits)),
        backward: () =>
          interactionBackward(
            currentBatch(batch).rows,
            fields,
            dimension,
            floats(embeddings),
            floats(logitGradients),
            floats(embeddingGradients),
          ),
      };
    },

    loss: ({ batch, logits, logitGradients, lossSums }) => ({
      run: () => loss(currentBatch(batch), floats(logits), floats(logitGradients), floats(lossSums)),
    }),

    update: ({
      batch,
      table,
      moments,
      thresholdMoments,
      embeddingGradients,
      optimisers,
      hyper,
      stepState,
    }) => {
      const { dimension } = table.shape;
      const valueGradients = allocate('f32', maxTouched(batch) * dimension, 'table gradients');
      const { length } = thresholdGradientSize(table, batch);
      const thresholdGradients = allocate('f32', length, 'threshold gradients');
      const gradients = () => ({ values: floats(valueGradients), thresholds: floats(thresholdGradients) });
      return {
        gradient: () =>
          updateGradient(currentBatch(batch), tableOf(table), floats(embeddingGradients), gradients()),
        apply: () =>
          updateApply(
            currentBatch(batch),
            tableOf(table),
            floats(moments),
            thresholdMoments && floats(thresholdMoments),
            gradients(),
            {
              values: stepNumbers(floats(hyper), optimisers.values),
              thresholds: stepNumbers(floats(hyper), optimisers.thresholds),
            },
            gradientScale(integers(stepState)),
          ),
        gradients: tableGradients({ batch, table }, valueGradients, thresholdGradients),
      };
    },

    clip: ({ sources, maxNorm, stepState }) => ({
      run: () => {
        const parts = sources.map(({ array, batch, offset, fixed, perTouched }) =>
          floats(array).subarray(offset, offset + fixed + perTouched * currentBatch(batch).touchedCount),
        );
        clip(parts, maxNorm, integers(stepState));
      },
    }),

    capture: ({ table, targets, stepState, tickets, masks }) => ({
      run: () => capture(tableOf(table), targets, integers(stepState), integers(tickets), integers(masks)),
    }),

    stats: ({ table }) => {
      const lengths = statsLengths(table);
      const arrays = {
        mask: allocate('u32', lengths.mask, 'mask'),
        magnitudes: allocate('u32', lengths.magnitudes, 'magnitude histogram'),
        thresholds: allocate('u32', lengths.thresholds, 'threshold histogram'),
        extremes: allocate('u32', lengths.extremes, 'threshold extremes'),
        fieldSums: allocate('f32', lengths.fieldSums, 'threshold sums'),
      };
      const out = () => ({
        mask: integers(arrays.mask),
        magnitudes: integers(arrays.magnitudes),
        thresholds: integers(arrays.thresholds),
        extremes: integers(arrays.extremes),
        fieldSums: floats(arrays.fieldSums),
      });
      return { arrays, run: () => stats(tableOf(table), out()) };
    },

    optimise: ({ values, moments, gradients, optimiser, hyper, stepState }) => ({
      run: () =>
        optimise(
          floats(values),
          floats(moments),
          floats(gradients),
          stepNumbers(floats(hyper), optimiser),
          gradientScale(integers(stepState)),
        ),
    }),

    dropout: ({ batch, perRow, rate, key, hyper, factors }) => ({
      run: () => {
        const { [HYPER_STEP]: step, [HYPER_PASS]: pass } = floats(hyper);
        dropout(currentBatch(batch).rows * perRow, rate, key + pass, step, floats(factors));
      },
    }),

    tensors: async () => {
      const { createWasmBridge } = await import('../tfjs/wasm');
      bridge ??= await createWasmBridge();
      return bridge;
    },

    push: ({ batch, table, thresholdGradients }) => {
      const shape = pushShape(table);
      if (shape.byFeature) requireFieldsOf(batch, table);
      const sums = allocate('f32', 2 * shape.groups * PUSH_PARTS, 'push sums');
      const { array, offset } = thresholdGradients;
      return {
        sums,
        run: () => {
          const { plug, fieldOf } = tableOf(table);
          if (plug.kind !== 'threshold') return;
          push(
            currentBatch(batch),
            shape,
            plug.thresholds,
            floats(array).subarray(offset),
            fieldOf,
            floats(sums),
          );
        },
      };
    },

    copy: (source, target, offset, length) =>
      (target as HostArray).data.set((source as HostArray).data.subarray(0, length), offset),
    submit: () => undefined,
    settle: async () => undefined,
    memory: () => ({
      arrays: arrays.size,
      bytes: [...arrays].reduce((sum, { data }) => sum + data.byteLength, 0),
    }),
    dispose: () => {
      bridge?.close();
      arrays.clear();
    },
  };
}
