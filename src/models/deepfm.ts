/** DeepFM (Guo et al. 2017): an FM and an MLP on the same embeddings, added up. */
import { MODELS } from './catalogue';
import { createMlp } from './layers/mlp';
import type { BaseModel, ModelContext } from './model';
import { createNetwork } from './network';
import type { ModelSettings } from './settings';

export function createDeepFm(context: ModelContext, settings: ModelSettings): Promise<BaseModel> {
  const { shape } = context;
  return createNetwork(context, {
    linear: true,
    interaction: true,
    components: MODELS.deepfm.components(shape, settings),
    build: (parameters) =>
      createMlp(parameters, shape.fields * shape.dimension, settings.mlpWidths, settings.dropout),
  });
}
