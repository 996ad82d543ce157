/** Logistic regression: z = bias + Σ_f w_f. The embedding table takes no part and gets no gradient. */
import { MODELS } from './catalogue';
import { createLinearTerm } from './linear-term';
import type { BaseModel, ModelContext } from './model';

export function createLr(context: ModelContext): BaseModel {
  const linear = createLinearTerm(context);
  return {
    forward: () => linear.forward(),
    backward: () => linear.gradient(),
    gradients: linear.gradients,
    update: (moves) => {
      if (moves('linear')) linear.apply();
    },
    components: MODELS.lr.components(context.shape),
    state: linear.state,
  };
}
