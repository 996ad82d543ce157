import { maskWords } from '../table';
import { type GpuContext, gpu } from '../webgpu/context';
import firstFeatureCode from '../webgpu/first-feature.wgsl?raw';
import { type KernelSource, lanesOf, reads, writes } from '../webgpu/kernel';
import maskWordCode from '../webgpu/mask.wgsl?raw';
import { plugCode, plugData, tableConstants } from '../webgpu/table';
import clearCode from './clear.wgsl?raw';
import {
  FIELD_SUMS,
  MAGNITUDE_BINS,
  MAGNITUDE_MIN_EXPONENT,
  type StatsBinding,
  type StatsOperation,
  statsLengths,
  THRESHOLD_BINS_PER_UNIT,
  THRESHOLD_MIN,
} from './contract';
import fieldSumsCode from './field-sums.wgsl?raw';
import magnitudesCode from './magnitudes.wgsl?raw';
import maskCode from './mask.wgsl?raw';
import thresholdsCode from './thresholds.wgsl?raw';

/** A kernel for each result. Sums of g(s) are taken by feature first, so that no thread has a whole field to add up. */
export function createStats(context: GpuContext, { table }: StatsBinding): StatsOperation {
  const { features, fields } = table.shape;
  const lengths = statsLengths(table);
  const arrays = {
    mask: context.arrays.allocate('u32', lengths.mask, 'mask'),
    magnitudes: context.arrays.allocate('u32', lengths.magnitudes, 'magnitude histogram'),
    thresholds: context.arrays.allocate('u32', lengths.thresholds, 'threshold histogram'),
    extremes: context.arrays.allocate('u32', lengths.extremes, 'threshold extremes'),
    fieldSums: context.arrays.allocate('f32', lengths.fieldSums, 'threshold sums'),
  };
  const constants = {
    ...tableConstants(table, 1),
    FIELD_SUMS,
    MAGNITUDE_BINS,
    MAGNITUDE_MIN_EXPONENT,
    THRESHOLD_MIN,
    THRESHOLD_BINS_PER_UNIT,
    HISTOGRAM_BINS: lengths.thresholds,
  };
  const kernel = (source: Pick<KernelSource, 'label' | 'code' | 'bindings'>) =>
    context.kernel({ ...source, constants, lanes: 1 });

  const clear = kernel({
    label: 'clear statistics',
    code: [clearCode],
    bindings: [writes(arrays.magnitudes), writes(arrays.thresholds), writes(arrays.extremes)],
  });
  const magnitudes = kernel({
    label: 'magnitude histogram',
    code: [magnitudesCode],
    bindings: [reads(gpu(table.values)), writes(arrays.magnitudes)],
  });
  const mask = context.kernel({
    label: 'mask',
    code: [...plugCode(table), maskWordCode, maskCode],
    constants: { ...tableConstants(table), MASK_WORDS: maskWords(table.shape) },
    bindings: [
      reads(gpu(table.values)),
      reads(plugData(context, table)),
      reads(gpu(table.fieldOf)),
      writes(arrays.mask),
    ],
    lanes: lanesOf(table.shape.dimension),
  });
  const runMask = () => {
    context.run(clear, Math.max(lengths.magnitudes, lengths.thresholds));
    context.run(magnitudes, features);
    context.run(mask, lengths.mask);
  };
  if (table.plug.kind !== 'threshold') return { arrays, run: runMask };

  const featureSums = context.arrays.allocate('f32', features, 'threshold sums of features');
  const thresholds = kernel({
    label: 'threshold histogram',
    code: [...plugCode(table), thresholdsCode],
    bindings: [
      reads(plugData(context, table)),
      reads(gpu(table.fieldOf)),
      writes(arrays.thresholds),
      writes(arrays.extremes),
      writes(featureSums),
    ],
  });
  const fieldSums = kernel({
    label: 'threshold sums',
    code: [firstFeatureCode, fieldSumsCode],
    bindings: [reads(gpu(table.fieldOf)), reads(featureSums), writes(arrays.fieldSums)],
  });
  return {
    arrays,
    run: () => {
      runMask();
      context.run(thresholds, features);
      context.run(fieldSums, fields * FIELD_SUMS);
    },
  };
}
