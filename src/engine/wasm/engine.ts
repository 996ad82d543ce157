/**
 * The fast CPU engine: the operations that cost time run as WebAssembly with SIMD on one linear memory (assembly/),
 * everything else is the host engine's. One thread: threads would make cross-origin isolation a condition for hosting
 * the page.
 */
import { takesMeans } from '../../data/bags';
import { type BatchShape, batchLayout } from '../../data/batch';
import { capture } from '../capture/reference';
import { currentBatch, type HostBatch, integers, tableOf } from '../cpu/arrays';
import { createHostEngine } from '../cpu/engine';
import { type DeviceArray, type DeviceBatch, maxTouched, type Operation } from '../device';
import type { Engine } from '../engine';
import { linearGradients } from '../linear/contract';
import type { LookupBinding } from '../lookup/contract';
import { type Optimiser, ruleNumbers } from '../optimiser';
import { gradientScale, STEP_STATE, stepStateFloats } from '../step-state';
import { thresholdIndexing } from '../table';
import { tableGradients, thresholdGradientSize } from '../update/contract';
import { createCombine } from './combine';
import { instantiateKernels, LOOKUP_BLOCK, PLUG } from './kernels';
import { addressOf, type WasmArray, WasmMemory, wasm } from './memory';
import { type WasmPlug, WasmPlugs } from './plug';
import { createProjection } from './projection';

interface WasmBatch extends HostBatch {
  /** Copy of the batch's words. */
  readonly words: WasmArray;
  readonly slots: WasmArray;
}

/** Rejects where the host has no WebAssembly SIMD. */
export async function createWasmEngine(adapter: string): Promise<Engine> {
  const memory = new WasmMemory();
  const kernels = await instantiateKernels(memory.memory);
  const backend = { id: 'cpu', label: 'CPU (WebAssembly)', adapter, software: false } as const;
  const host = createHostEngine(backend, (type, length, label) => memory.allocate(type, length, label));
  const { allocate } = host;
  const plugs = new WasmPlugs(kernels, allocate);

  const lookupBags = ({ batch, table, embeddings }: LookupBinding, plug: WasmPlug): Operation => {
    const { dimension } = table.shape;
    const block = wasm(allocate('f32', LOOKUP_BLOCK * dimension, 'rows of a lookup'));
    return {
      run: () => {
        const { touched, touchedCount, starts, occurrences, rows, bagStarts, bagScales } = addresses(batch);
        plug.refresh();
        kernels.lookupBags(
          touched,
          touchedCount,
          starts,
          occurrences,
          bagStarts,
          bagScales,
          rows * batch.shape.fields,
          addressOf(table.values),
          dimension,
          ...plug.parameters,
          block.address,
          addressOf(embeddings),
        );
        plugs.levelsWritten(plug);
      },
    };
  };

  /** To be called before a kernel that moves parameters by this optimiser. */
  const prepareOf = ({ rule, offset }: Optimiser, hyper: DeviceArray, stepState: DeviceArray) => {
    const at = addressOf(hyper) + 4 * offset;
    // As single precision has it: 1 − 0.999 is 0.99999e-3 there.
    const { beta1, gradientShare, beta2, squareShare, epsilon } = ruleNumbers(rule, Math.fround);
    return () => {
      const scale = gradientScale(integers(stepState));
      kernels.prepare(at, scale, beta1, gradientShare, beta2, squareShare, epsilon);
    };
  };

  return {
    ...host,

    createBatch: (shape: BatchShape, features: number): WasmBatch => ({
      ...(host.createBatch(shape, features) as HostBatch),
      words: wasm(allocate('u32', batchLayout(shape).words, 'batch')),
      slots: wasm(allocate('u32', features, 'slots')),
    }),

    write: (array, data) => {
      host.write(array, data);
      plugs.inputsChanged();
    },

    upload: (target, batch) => {
      plugs.inputsChanged();
      host.upload(target, batch);
      const { words, slots } = target as WasmBatch;
      words.data.set(batch.words);
      const at = addresses(target);
      kernels.scatterSlots(at.touched, batch.touchedCount, slots.address);
    },

    lookup: ({ batch, table, embeddings }) => {
      const plug = plugs.of(table, batch);
      if (batch.shape.bags) return lookupBags({ batch, table, embeddings }, plug);
      return {
        run: () => {
          const { touched, touchedCount, starts, occurrences } = addresses(batch);
          plug.refresh();
          kernels.lookup(
            touched,
            touchedCount,
            starts,
            occurrences,
            addressOf(table.values),
            table.shape.dimension,
            ...plug.parameters,
            addressOf(embeddings),
          );
          plugs.levelsWritten(plug);
        },
      };
    },

    combine: (binding) => createCombine(kernels, host.allocateFrom, binding),
    projection: (binding) => createProjection(kernels, host.allocateFrom, binding),

    linear: ({ batch, weights, moments, logits, logitGradients, optimiser, hyper, stepState }) => {
      const { fields } = batch.shape;
      const gradients = wasm(allocate('f32', 1 + maxTouched(batch), 'linear gradients'));
      const features = weights.length - 1;
      const [w, m, z, dz] = [weights, moments, logits, logitGradients].map((array) => addressOf(array));
      const prepare = prepareOf(optimiser, hyper, stepState);
      const bias = w + 4 * features;
      return {
        forward: () => {
          const { ids, rows, bagStarts, bagScales } = addresses(batch);
          if (bagStarts) kernels.linearForwardBags(ids, bagStarts, bagScales, rows, fields, w, bias, z);
          else kernels.linearForward(ids, rows, fields, w, bias, z);
        },
        gradient: () => {
          const { touchedCount, starts, occurrences, rows, bagScales } = addresses(batch);
          const index = [touchedCount, starts, occurrences] as const;
          const out = gradients.address;
          if (bagScales) kernels.linearGradientBags(...index, bagScales, rows, fields, dz, out);
          else kernels.linearGradient(...index, rows, fields, dz, out);
        },
        apply: () => {
          const { slots, touched, touchedCount } = addresses(batch);
          const { address } = gradients;
          const half = features + 1;
          prepare();
          kernels.applyRows(features, 1, slots, touched, touchedCount, w, m, half, address + 4);
          kernels.optimise(bias, m + 4 * features, 1, half, address);
        },
        gradients: linearGradients(batch, gradients),
      };
    },

    interaction: ({ batch, dimension, embeddings, logits, logitGradients, embeddingGradients }) => {
      const { fields } = batch.shape;
      const [e, z, dz, de] = [embeddings, logits, logitGradients, embeddingGradients].map((array) =>
        addressOf(array),
      );
      return {
        forward: () => kernels.interactionForward(addresses(batch).rows, fields, dimension, e, z),
        backward: () => kernels.interactionBackward(addresses(batch).rows, fields, dimension, e, dz, de),
      };
    },

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
      const { features, dimension } = table.shape;
      const perThreshold = thresholdGradientSize(table, batch);
      const valueGradients = wasm(allocate('f32', maxTouched(batch) * dimension, 'table gradients'));
      const thresholdGradients = wasm(allocate('f32', perThreshold.length, 'threshold gradients'));
      const plug = plugs.of(table, batch);
      const values = addressOf(table.values);
      const gV = valueGradients.address;
      const gS = thresholdGradients.address;
      const m = addressOf(moments);
      const mS = thresholdMoments ? addressOf(thresholdMoments) : 0;
      const prepare = prepareOf(optimisers.values, hyper, stepState);
      const prepareThresholds = prepareOf(optimisers.thresholds, hyper, stepState);
      const [kind, source] = plug.parameters;

      const applyThresholds = () => {
        if (table.plug.kind !== 'threshold') return;
        const { slots, touched, touchedCount } = addresses(batch);
        const { group, groupStride, count } = thresholdIndexing(table.plug.granularity, table.shape);
        const s = addressOf(table.plug.thresholds);
        prepareThresholds();
        if (group === 'feature') {
          const index = [slots, touched, touchedCount] as const;
          kernels.applyRows(features, groupStride, ...index, s, mS, count, gS);
        } else {
          kernels.optimise(s, mS, count, count, gS);
        }
      };

      return {
        gradient: () => {
          const { touched, touchedCount, starts, occurrences, bagScales } = addresses(batch);
          const dE = addressOf(embeddingGradients);
          const index = [touched, touchedCount] as const;
          const list = [starts, occurrences, bagScales] as const;
          if (table.plug.kind === 'threshold') {
            if (!plugs.hasLevels(plug)) {
              plug.refresh();
              kernels.touchedLevels(...index, values, dimension, ...plug.parameters, gV);
            }
            thresholdGradients.data.fill(0, 0, perThreshold.fixed);
          }
          kernels.updateGradient(...index, ...list, dimension, dE, ...plug.parameters, gV, gS);
        },
        apply: () => {
          const { slots, touched, touchedCount } = addresses(batch);
          const index = [slots, touched, touchedCount] as const;
          plugs.inputsChanged();
          applyThresholds();
          prepare();
          if (kind === PLUG.mask) {
            kernels.applyMasked(features, dimension, ...index, values, m, gV, source);
          } else {
            const half = features * dimension;
            kernels.applyRows(features, dimension, ...index, values, m, half, gV);
          }
        },
        gradients: tableGradients({ batch, table }, valueGradients, thresholdGradients),
      };
    },

    capture: ({ table, targets, stepState, tickets, masks }) => {
      const { features, dimension } = table.shape;
      const values = addressOf(table.values);
      const plug = plugs.create(table, 1);
      const countUpTo = (limit: number) => {
        plug.refresh();
        return kernels.countLeft(features, dimension, values, ...plug.parameters, limit);
      };
      return {
        run: () =>
          capture(
            tableOf(table),
            targets,
            integers(stepState),
            integers(tickets),
            integers(masks),
            countUpTo,
          ),
      };
    },

    clip: ({ sources, maxNorm, stepState }) => ({
      run: () => {
        let squares = 0;
        for (const { array, batch, offset, fixed, perTouched } of sources) {
          const { touchedCount } = currentBatch(batch);
          squares += kernels.squares(addressOf(array) + 4 * offset, fixed + perTouched * touchedCount);
        }
        const norm = Math.sqrt(squares);
        const numbers = stepStateFloats(integers(stepState));
        numbers[STEP_STATE.gradientNorm] = norm;
        numbers[STEP_STATE.gradientScale] = Math.min(1, maxNorm / (norm + 1e-6));
      },
    }),
  };
}

/**
 * Where the parts of the current batch lie, and how much of them is used. What is not needed lies at 0: without bags their
 * starts, and without means their scales, which are 1.
 */
function addresses(batch: DeviceBatch) {
  const { words, slots } = batch as WasmBatch;
  const { layout, rows, touchedCount } = currentBatch(batch);
  const { bags } = batch.shape;
  const at = (word: number) => words.address + 4 * word;
  return {
    rows,
    touchedCount,
    ids: at(layout.ids),
    touched: at(layout.touched),
    starts: at(layout.starts),
    occurrences: at(layout.occurrences),
    bagStarts: bags ? at(layout.bagStarts) : 0,
    bagScales: bags && takesMeans(bags) ? at(layout.bagScales) : 0,
    slots: slots.address,
  };
}
