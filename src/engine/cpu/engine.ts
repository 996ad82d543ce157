/**
 * The engine that runs everywhere: the reference operations on arrays in the host's memory. Every call computes at once,
 * so there is nothing to submit or wait for.
 */
import type { Batch, BatchShape } from '../../data/batch';
import { capture } from '../capture/reference';
import { clip } from '../clip/reference';
import { CONTROL } from '../control';
import type { BackendInfo, DeviceArray, DeviceBatch, Engine } from '../engine';
import { floats, type HostArray, hostTable, integers } from '../host';
import { interactionBackward, interactionForward } from '../interaction/reference';
import { linearApply, linearForward, linearGradient } from '../linear/reference';
import { lookup } from '../lookup/reference';
import { loss } from '../loss/reference';
import { statsLengths } from '../stats/contract';
import { stats } from '../stats/reference';
import { thresholdGradientSize } from '../update/contract';
import { updateApply, updateGradient } from '../update/reference';

interface HostBatch extends DeviceBatch {
  current: Batch | null;
}

export function createCpuEngine(adapter: string): Engine {
  const backend: BackendInfo = { id: 'cpu', label: 'CPU (TypeScript)', adapter, software: false };
  const arrays = new Set<HostArray>();

  const adopt = (data: Float32Array | Uint32Array, label: string): HostArray => {
    const type = data instanceof Float32Array ? 'f32' : 'u32';
    const array: HostArray = { type, length: data.length, label, data };
    arrays.add(array);
    return array;
  };
  const allocate = (type: DeviceArray['type'], length: number, label: string) =>
    adopt(type === 'f32' ? new Float32Array(length) : new Uint32Array(length), label);
  const floatView = (control: Uint32Array) =>
    new Float32Array(control.buffer, control.byteOffset, control.length);

  return {
    backend,
    allocate,
    allocateFrom: (data, label) => adopt(data.slice(), label),
    write: (array, data) => (array as HostArray).data.set(data),
    read: async (list) => list.map((array) => (array as HostArray).data.slice()),

    createBatch: (shape: BatchShape, features: number): HostBatch => ({ shape, features, current: null }),
    upload: (target, batch) => {
      (target as HostBatch).current = batch;
    },

    lookup: ({ batch, table, embeddings }) => {
      const host = hostTable(table);
      return { run: () => lookup(currentBatch(batch), host, floats(embeddings)) };
    },

    linear: ({ batch, weights, moments, logits, logitGradients, hyper, control }) => {
      const { capacity, fields } = batch.shape;
      const gradients = allocate('f32', capacity * fields + 1, 'linear gradients');
      const controlWords = integers(control);
      const controlFloats = floatView(controlWords);
      return {
        forward: () => linearForward(currentBatch(batch), floats(weights), floats(logits)),
        gradient: () => linearGradient(currentBatch(batch), floats(logitGradients), floats(gradients)),
        apply: () =>
          linearApply(
            currentBatch(batch),
            floats(weights),
            floats(moments),
            floats(gradients),
            floats(hyper),
            controlFloats[CONTROL.gradientScale],
          ),
        gradients: [{ array: gradients, offset: 0, fixed: 1, perTouched: 1 }],
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

    update: ({ batch, table, moments, thresholdMoments, embeddingGradients, hyper, control }) => {
      const host = hostTable(table);
      const { dimension } = table.shape;
      const touchable = Math.min(batch.shape.capacity * batch.shape.fields, table.shape.features);
      const valueGradients = allocate('f32', touchable * dimension, 'table gradients');
      const perThreshold = thresholdGradientSize(table, touchable);
      const thresholdGradients = allocate('f32', perThreshold.length, 'threshold gradients');
      const gradients = { values: floats(valueGradients), thresholds: floats(thresholdGradients) };
      const controlWords = integers(control);
      const controlFloats = floatView(controlWords);
      return {
        gradient: () => updateGradient(currentBatch(batch), host, floats(embeddingGradients), gradients),
        apply: () =>
          updateApply(
            currentBatch(batch),
            host,
            floats(moments),
            thresholdMoments && floats(thresholdMoments),
            gradients,
            floats(hyper),
            controlWords,
            controlFloats[CONTROL.gradientScale],
          ),
        gradients: [
          { array: valueGradients, offset: 0, fixed: 0, perTouched: dimension },
          {
            array: thresholdGradients,
            offset: 0,
            fixed: perThreshold.fixed,
            perTouched: perThreshold.perTouched,
          },
        ],
      };
    },

    clip: ({ batch, sources, maxNorm, control }) => ({
      run: () => {
        const { touchedCount } = currentBatch(batch);
        const parts = sources.map(({ array, offset, fixed, perTouched }) =>
          floats(array).subarray(offset, offset + fixed + perTouched * touchedCount),
        );
        clip(parts, maxNorm, integers(control));
      },
    }),

    capture: ({ table, targets, control, tickets, masks }) => {
      const host = hostTable(table);
      return { run: () => capture(host, targets, integers(control), integers(tickets), integers(masks)) };
    },

    stats: ({ table }) => {
      const host = hostTable(table);
      const lengths = statsLengths(table);
      const arrays = {
        mask: allocate('u32', lengths.mask, 'mask'),
        magnitudes: allocate('u32', lengths.magnitudes, 'magnitude histogram'),
        thresholds: allocate('u32', lengths.thresholds, 'threshold histogram'),
        extremes: allocate('u32', lengths.extremes, 'threshold extremes'),
        fieldSums: allocate('f32', lengths.fieldSums, 'threshold sums'),
      };
      const out = {
        mask: integers(arrays.mask),
        magnitudes: integers(arrays.magnitudes),
        thresholds: integers(arrays.thresholds),
        extremes: integers(arrays.extremes),
        fieldSums: floats(arrays.fieldSums),
      };
      return { arrays, run: () => stats(host, out) };
    },

    copy: (source, target, offset, length) =>
      (target as HostArray).data.set((source as HostArray).data.subarray(0, length), offset),
    submit: () => undefined,
    settle: async () => undefined,
    memory: () => ({
      arrays: arrays.size,
      bytes: [...arrays].reduce((sum, { data }) => sum + data.byteLength, 0),
    }),
    dispose: () => arrays.clear(),
  };
}

function currentBatch(batch: DeviceBatch): Batch {
  const { current } = batch as HostBatch;
  if (!current) throw new Error('No batch has been uploaded');
  return current;
}
