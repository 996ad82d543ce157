/** Wide & Deep (Cheng et al. 2016) without crossed features: the linear term and an MLP on the embeddings, added up. */
import { MODELS } from './catalogue';
import { createMlp } from './layers/mlp';
import type { BaseModel, ModelContext } from './model';
import { createNetwork } from './network';
import type { ModelSettings } from './settings';

export function createWideDeep(context: ModelContext, settings: ModelSettings): Promise<BaseModel> {
  const { shape } = context;
  return createNetwork(context, {
    linear: true,
    interaction: false,
    components: MODELS.widedeep.components(shape, settings),
    build: (parameters) =>
      createMlp(parameters, shape.fields * shape.dimension, settings.mlpWidths, settings.dropout),
  });
}
