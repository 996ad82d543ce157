/** The deep network of YouTube's recommender (Covington et al. 2016), as a click model: an MLP on the embeddings. */
import { MODELS } from './catalogue';
import { createMlp } from './layers/mlp';
import type { BaseModel, ModelContext } from './model';
import { createNetwork } from './network';
import type { ModelSettings } from './settings';

export function createDnn(context: ModelContext, settings: ModelSettings): Promise<BaseModel> {
  const { shape } = context;
  return createNetwork(context, {
    linear: false,
    interaction: false,
    components: MODELS.dnn.components(shape, settings),
    build: (parameters) =>
      createMlp(parameters, shape.fields * shape.dimension, settings.mlpWidths, settings.dropout),
  });
}
