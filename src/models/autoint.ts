/**
 * AutoInt (Song et al. 2019) in the official code's variant: a Linear d → e on every field, layers of self-attention
 * over the fields, one residual Linear d → e at the end, ReLU, a Linear F·e → 1; plus an MLP. It has neither a linear
 * nor a pairwise term.
 */
import type { TableShape } from '../engine/table';
import { MODELS } from './catalogue';
import type { DenseParameters } from './dense-parameters';
import { createAttention } from './layers/attention';
import { createDense } from './layers/dense';
import { chain, type Layer, parallel, regroup } from './layers/layer';
import { createMlp } from './layers/mlp';
import { createRelu } from './layers/relu';
import type { BaseModel, ModelContext } from './model';
import { createNetwork } from './network';
import type { ModelSettings } from './settings';

export function createAutoInt(context: ModelContext, settings: ModelSettings): Promise<BaseModel> {
  const { shape } = context;
  return createNetwork(context, {
    linear: false,
    interaction: false,
    components: MODELS.autoint.components(shape, settings),
    build: (parameters) =>
      parallel([
        createAttentionPart(parameters, shape, settings),
        createMlp(parameters, shape.fields * shape.dimension, settings.mlpWidths, settings.dropout),
      ]),
  });
}

/** [rows, F·d] → [rows, 1] */
function createAttentionPart(
  parameters: DenseParameters,
  { fields, dimension }: TableShape,
  settings: ModelSettings,
): Layer {
  const { attentionWidth: width, attentionHeads: heads, attentionLayers, attentionDropout } = settings;
  const layers = Array.from({ length: attentionLayers }, (_, i) =>
    createAttention(parameters, `self_attns.${i}`, { fields, width, heads }, attentionDropout),
  );
  return chain([
    regroup(dimension),
    parallel([
      chain([createDense(parameters, 'atten_embedding', dimension, width), ...layers]),
      createDense(parameters, 'V_res_embedding', dimension, width),
    ]),
    createRelu(),
    regroup(fields * width),
    createDense(parameters, 'attn_fc', fields * width, 1),
  ]);
}
