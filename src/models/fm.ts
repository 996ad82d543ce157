/**
 * Factorisation machine (Rendle 2010): z = bias + Σ_f w_f + ½ Σ_k [(Σ_f e_fk)² − Σ_f e_fk²].
 * Both terms are operations of the engine; the model only puts them together.
 */
import { MODELS } from './catalogue';
import { createLinearTerm } from './linear-term';
import type { BaseModel, ModelContext } from './model';

export function createFm(context: ModelContext): BaseModel {
  const { engine, batch, shape, embeddings, embeddingGradients, logits, logitGradients } = context;
  const linear = createLinearTerm(context);
  const interaction = engine.interaction({
    batch,
    dimension: shape.dimension,
    embeddings,
    logits,
    logitGradients,
    embeddingGradients,
  });
  return {
    forward: () => {
      linear.forward();
      interaction.forward();
    },
    backward: () => {
      interaction.backward();
      linear.gradient();
    },
    gradients: linear.gradients,
    update: (moves) => {
      if (moves('linear')) linear.apply();
    },
    components: MODELS.fm.components(shape),
    state: linear.state,
  };
}
