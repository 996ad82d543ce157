/**
 * A golden file: five training steps of the official implementation (its PyTorch classes and optimiser, torch 1.13,
 * CPU, float32) from given start values. Read strictly: what is not known or does not fit is refused by name.
 */
import { z } from 'zod';
import { CLIP_NORM } from '../../src/training/step';

const size = z.number().int().min(1);
const numbers = z.array(z.number());

const tensor = z
  .strictObject({ shape: z.array(size), data: numbers })
  .refine(({ shape, data }) => data.length === shape.reduce((product, each) => product * each, 1), {
    error: 'holds another number of values than its shape says',
  });
const tensors = z.record(z.string(), tensor);

const config = z.strictObject({
  model: z.enum(['fm', 'deepfm', 'autoint']),
  threshold_type: z.enum(['global', 'dimension', 'field', 'feature', 'field_dim', 'feature_dim']),
  field_dims: z.array(size).min(1),
  latent_dim: size,
  batch_size: size,
  threshold_init: z.number(),
  lr: z.number(),
  betas: z.tuple([z.literal(0.9), z.literal(0.999)]),
  eps: z.literal(1e-8),
  weight_decay: z.number(),
  weight_decay_kind: z.string(),
  grad_clip_norm: z.literal(CLIP_NORM),
  l2_penalty: z.literal(0),
  g: z.literal('sigmoid'),
  gk: z.literal(1),
  mlp_dims: z.array(size).optional(),
  mlp_dropout: z.literal(0).optional(),
  atten_embed_dim: size.optional(),
  num_heads: size.optional(),
  num_layers: size.optional(),
  att_dropout: z.literal(0).optional(),
  has_residual: z.literal(true).optional(),
  full_part: z.literal(true).optional(),
});

const step = z.strictObject({
  logits: numbers,
  loss: z.number(),
  nonzero: z.number().int(),
  grad_norm: z.number(),
  sparse_v: tensor.optional(),
  g: tensor.optional(),
  grads: z.record(z.string(), tensor.nullable()).optional(),
});

const differences = z.record(z.string(), z.number().nullable());

const goldenSchema = z
  .strictObject({
    format: z.literal('pep-golden/1'),
    torch: z.string(),
    config,
    batches: z.array(
      z.strictObject({ ids: z.array(z.array(z.number().int().min(0))), labels: z.array(z.literal([0, 1])) }),
    ),
    init: tensors,
    buffers_init: tensors,
    steps: z.array(step).length(5),
    after1: tensors,
    buffers_after1: tensors,
    after5: tensors,
    buffers_after5: tensors,
    eval_logits_batch0_after5: numbers,
    nonzero_after5: z.number().int(),
    f32_vs_f64_max_abs: z.strictObject({
      grads_step1: differences,
      after1: differences,
      after5: differences,
      logits: z.number(),
      nonzero_differs: z.array(z.boolean()),
    }),
    f64: z.strictObject({
      logits: z.array(numbers),
      loss: numbers,
      eval_logits_batch0_after5: numbers,
    }),
  })
  .superRefine(({ config, batches, steps }, { addIssue }) => {
    const report = (path: (string | number)[], message: string) =>
      addIssue({ code: 'custom', path, message, input: undefined });
    if (batches.length !== steps.length) report(['batches'], `holds ${batches.length}, not ${steps.length}`);
    batches.forEach(({ ids, labels }, b) => {
      if (ids.length !== config.batch_size) report(['batches', b, 'ids'], `has ${ids.length} rows`);
      if (labels.length !== config.batch_size) report(['batches', b, 'labels'], `has ${labels.length} rows`);
      ids.forEach((row, i) => {
        const fits =
          row.length === config.field_dims.length && row.every((id, f) => id < config.field_dims[f]);
        if (!fits)
          report(['batches', b, 'ids', i], `[${row}] does not fit field_dims [${config.field_dims}]`);
      });
    });
    for (const key of ['sparse_v', 'g', 'grads'] as const) {
      if (!steps[0]?.[key]) report(['steps', 0, key], 'is missing');
    }
    const needed = {
      fm: [],
      deepfm: ['mlp_dims'],
      autoint: ['mlp_dims', 'atten_embed_dim', 'num_heads', 'num_layers'],
    } as const;
    for (const key of needed[config.model]) {
      if (config[key] === undefined) report(['config', key], `is missing, and ${config.model} needs it`);
    }
  });

export type Golden = z.output<typeof goldenSchema>;
export type GoldenTensors = Golden['init'];

export interface GoldenFile {
  readonly name: string;
  readonly text: string;
}

/** @throws Error of a line for each problem, with the file's name and the field. */
export function parseGolden({ name, text }: GoldenFile): Golden {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new Error(`${name}: not JSON: ${(error as Error).message}`);
  }
  const parsed = goldenSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  throw new Error(
    parsed.error.issues
      .map(({ path, message }) => `${name}: ${path.join('.') || '(top)'}: ${message}`)
      .join('\n'),
  );
}

/** Whether the tensors are exactly those of a model, by name and shape. Throws, naming file and field, where not. */
export function checkTensors(
  name: string,
  field: string,
  tensors: GoldenTensors,
  expected: ReadonlyMap<string, readonly number[]>,
): void {
  for (const [key, { shape }] of Object.entries(tensors)) {
    const wanted = expected.get(key);
    if (!wanted) throw new Error(`${name}: ${field}.${key}: this model has no such tensor`);
    if (wanted.join() !== shape.join()) {
      throw new Error(`${name}: ${field}.${key}: has shape [${shape}], the model's is [${wanted}]`);
    }
  }
  for (const key of expected.keys()) {
    if (!(key in tensors)) throw new Error(`${name}: ${field}.${key}: is missing`);
  }
}
