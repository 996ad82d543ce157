/**
 * Unlike the reference, ∂L/∂V and ∂L/∂s are two regions of one array, as a kernel may bind eight at most; and long sums are
 * taken in parts (segments of a run, parts of a field), in a fixed order, so that no thread keeps the others waiting.
 */
import { maxTouched } from '../device';
import { thresholdIndexing } from '../table';
import type { GpuArray } from '../webgpu/arrays';
import {
  batchCode,
  batchConstants,
  type GpuBatch,
  maxSegments,
  occurrenceCode,
  SEGMENT,
} from '../webgpu/batch';
import { type GpuContext, gpu } from '../webgpu/context';
import { type Kernel, lanesOf, reads, uniform, writes } from '../webgpu/kernel';
import { optimiserCode } from '../webgpu/optimiser';
import sigmoidCode from '../webgpu/sigmoid.wgsl?raw';
import slotsCode from '../webgpu/slots.wgsl?raw';
import { plugCode, plugData, tableConstants } from '../webgpu/table';
import applyCode from './apply.wgsl?raw';
import applyAllCode from './apply-all.wgsl?raw';
import applyEntriesCode from './apply-entries.wgsl?raw';
import applyMaskedCode from './apply-masked.wgsl?raw';
import applyThresholdsCode from './apply-thresholds.wgsl?raw';
import { tableGradients, thresholdGradientSize, type UpdateBinding, type UpdateOperations } from './contract';
import featureThresholdsCode from './feature-thresholds.wgsl?raw';
import fieldPartsCode from './field-parts.wgsl?raw';
import fieldSumsCode from './field-sums.wgsl?raw';
import gradientCode from './gradient.wgsl?raw';
import segmentsCode from './segments.wgsl?raw';
import sharedThresholdsCode from './shared-thresholds.wgsl?raw';
import writeCode from './write.wgsl?raw';
import writeEntryCode from './write-entry.wgsl?raw';

/** Threads that share a field's touched features when their gradients are added up. */
const PARTS = 16;

/** Lanes of a table that one thread updates: its count of what is left is then added once for all of them. */
const LANES_PER_THREAD = 4;

/** A kernel and the number of its items at this step. */
interface Stage {
  readonly kernel: Kernel;
  readonly items: () => number;
  readonly itemsPerThread?: number;
}

export function createUpdate(context: GpuContext, batch: GpuBatch, binding: UpdateBinding): UpdateOperations {
  const { table } = binding;
  const valuesLength = maxTouched(batch) * table.shape.dimension;
  const { length } = thresholdGradientSize(table, batch);
  const gradients = context.arrays.allocate('f32', valuesLength + length, 'table gradients');
  const gradientStages = [
    ...valueGradientStages(context, batch, binding, gradients),
    ...sharedGradientStages(context, batch, binding, gradients),
  ];
  const applyStages = applyStagesOf(context, batch, binding, gradients);
  const runAll = (stages: readonly Stage[]) => {
    for (const { kernel, items, itemsPerThread } of stages) context.run(kernel, items(), itemsPerThread);
  };
  return {
    gradient: () => runAll(gradientStages),
    apply: () => runAll(applyStages),
    gradients: tableGradients(binding, gradients, gradients, valuesLength),
  };
}

/** dE → ∂L/∂V, and with a threshold for every entry ∂L/∂s. */
function valueGradientStages(
  context: GpuContext,
  batch: GpuBatch,
  { table, embeddingGradients }: UpdateBinding,
  gradients: GpuArray,
): Stage[] {
  const { dimension } = table.shape;
  const lanes = lanesOf(dimension);
  const rowLanes = dimension / lanes;
  const isPerEntry = table.plug.kind === 'threshold' && table.plug.granularity === 'feature_dim';
  const constants = {
    ...batchConstants(batch.shape),
    ...tableConstants(table),
    SEGMENT,
    THRESHOLDS_OFFSET: (maxTouched(batch) * dimension) / lanes,
  };
  const length = maxSegments(batch.shape) * dimension;
  const sums = context.arrays.allocate('f32', length, 'table segment sums');
  const segments = context.kernel({
    label: 'update segments',
    code: [batchCode, ...occurrenceCode(batch.shape), segmentsCode],
    constants,
    bindings: [reads(batch.words), reads(gpu(embeddingGradients)), writes(sums)],
    lanes,
  });
  const gradient = context.kernel({
    label: 'update gradient',
    code: [
      batchCode,
      ...occurrenceCode(batch.shape),
      ...plugCode(table),
      gradientCode,
      isPerEntry ? writeEntryCode : writeCode,
    ],
    constants,
    bindings: [
      reads(batch.words),
      reads(gpu(table.values)),
      reads(plugData(context, table)),
      reads(gpu(table.fieldOf)),
      reads(gpu(embeddingGradients)),
      reads(sums),
      writes(gradients),
    ],
    lanes,
  });
  return [
    { kernel: segments, items: () => Math.floor(batch.idCount / SEGMENT) * rowLanes },
    { kernel: gradient, items: () => batch.touchedCount * rowLanes },
  ];
}

/** ∂L/∂V → ∂L/∂s where several entries share an s. */
function sharedGradientStages(
  context: GpuContext,
  batch: GpuBatch,
  { table }: UpdateBinding,
  gradients: GpuArray,
): Stage[] {
  const { plug, shape } = table;
  if (plug.kind !== 'threshold' || plug.granularity === 'feature_dim') return [];
  const { dimension } = shape;
  const { fields } = batch.shape;
  const { group, dimensionStride, count } = thresholdIndexing(plug.granularity, shape);
  const offset = maxTouched(batch) * dimension;
  const scalar = {
    ...batchConstants(batch.shape),
    ...tableConstants(table, 1),
    THRESHOLDS_OFFSET: offset,
    SHARED_FIELDS: group === 'none' ? fields : 1,
    SHARED_DIMENSIONS: dimensionStride === 0 ? dimension : 1,
  };
  if (group === 'feature') {
    const kernel = context.kernel({
      label: 'update feature thresholds',
      code: [batchCode, sigmoidCode, featureThresholdsCode],
      constants: scalar,
      bindings: [
        reads(batch.words),
        reads(gpu(table.values)),
        reads(gpu(plug.thresholds)),
        writes(gradients),
      ],
      lanes: 1,
    });
    return [{ kernel, items: () => batch.touchedCount }];
  }
  const lanes = lanesOf(dimension);
  const rowLanes = dimension / lanes;
  const wide = { ...batchConstants(batch.shape), ...tableConstants(table), PARTS };
  const parts = context.arrays.allocate('f32', fields * PARTS * dimension, 'parts of field sums');
  const sums = context.arrays.allocate('f32', fields * dimension, 'field sums');
  const fieldParts = context.kernel({
    label: 'update field parts',
    code: [batchCode, fieldPartsCode],
    constants: wide,
    bindings: [reads(batch.words), reads(gpu(table.values)), reads(gradients), writes(parts)],
    lanes,
  });
  const fieldSums = context.kernel({
    label: 'update field sums',
    code: [fieldSumsCode],
    constants: wide,
    bindings: [reads(parts), writes(sums)],
    lanes,
  });
  const shared = context.kernel({
    label: 'update shared thresholds',
    code: [sigmoidCode, sharedThresholdsCode],
    constants: scalar,
    bindings: [reads(gpu(plug.thresholds)), reads(sums), writes(gradients)],
    lanes: 1,
  });
  return [
    { kernel: fieldParts, items: () => fields * PARTS * rowLanes },
    { kernel: fieldSums, items: () => fields * rowLanes },
    { kernel: shared, items: () => count },
  ];
}

/** The step on s and V: in one pass where every entry has an s of its own, else one after the other. */
function applyStagesOf(
  context: GpuContext,
  batch: GpuBatch,
  { table, moments, thresholdMoments, optimisers, hyper, stepState }: UpdateBinding,
  gradients: GpuArray,
): Stage[] {
  const { plug, shape } = table;
  const { features, dimension } = shape;
  const lanes = lanesOf(dimension);
  const items = () => (features * dimension) / lanes;
  const touched = [reads(batch.words), reads(batch.slots)];
  const constants = {
    ...batchConstants(batch.shape),
    ...tableConstants(table),
    COUNTS: plug.kind === 'threshold' ? 1 : 0,
    THRESHOLDS_OFFSET: (maxTouched(batch) * dimension) / lanes,
  };
  const valuesKernel = () =>
    context.kernel({
      label: 'update apply',
      code: [
        batchCode,
        slotsCode,
        ...optimiserCode({ OPTIMISER: optimisers.values }),
        ...plugCode(table),
        applyCode,
        plug.kind === 'mask' ? applyMaskedCode : applyAllCode,
      ],
      constants,
      bindings: [
        ...touched,
        writes(gpu(table.values)),
        writes(gpu(moments)),
        reads(gradients),
        reads(plugData(context, table)),
        reads(gpu(table.fieldOf)),
        writes(gpu(stepState)),
        uniform(gpu(hyper)),
      ],
      lanes,
    });
  if (plug.kind !== 'threshold') return [{ kernel: valuesKernel(), items, itemsPerThread: LANES_PER_THREAD }];
  if (!thresholdMoments) throw new TypeError('Thresholds need moments');

  if (plug.granularity === 'feature_dim') {
    const kernel = context.kernel({
      label: 'update apply entries',
      code: [
        batchCode,
        slotsCode,
        ...optimiserCode({ OPTIMISER: optimisers.values, THRESHOLD_OPTIMISER: optimisers.thresholds }),
        sigmoidCode,
        applyEntriesCode,
      ],
      constants,
      bindings: [
        ...touched,
        writes(gpu(table.values)),
        writes(gpu(moments)),
        reads(gradients),
        writes(gpu(plug.thresholds)),
        writes(gpu(thresholdMoments)),
        writes(gpu(stepState)),
        uniform(gpu(hyper)),
      ],
      lanes,
    });
    return [{ kernel, items, itemsPerThread: LANES_PER_THREAD }];
  }
  const thresholds = context.kernel({
    label: 'update apply thresholds',
    code: [batchCode, slotsCode, ...optimiserCode({ OPTIMISER: optimisers.thresholds }), applyThresholdsCode],
    constants: {
      ...batchConstants(batch.shape),
      ...tableConstants(table, 1),
      THRESHOLDS: plug.thresholds.length,
      THRESHOLDS_OFFSET: maxTouched(batch) * dimension,
    },
    bindings: [
      ...touched,
      writes(gpu(plug.thresholds)),
      writes(gpu(thresholdMoments)),
      reads(gradients),
      reads(gpu(stepState)),
      uniform(gpu(hyper)),
    ],
    lanes: 1,
  });
  return [
    { kernel: thresholds, items: () => plug.thresholds.length },
    { kernel: valuesKernel(), items, itemsPerThread: LANES_PER_THREAD },
  ];
}
