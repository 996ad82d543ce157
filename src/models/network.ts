/**
 * A base model that adds up what the engine computes (the linear term, the pairwise interaction) and what tfjs does
 * (a network on the concatenated embeddings). Which of them a model has is in its own file.
 */
import { add, type Tensor2D } from '@tensorflow/tfjs-core';
import { DenseParameters } from './dense-parameters';
import type { ForwardPass, Layer } from './layers/layer';
import { createLinearTerm } from './linear-term';
import type { BaseModel, ModelContext } from './model';
import type { ModelComponent } from './settings';

export interface NetworkParts {
  readonly linear: boolean;
  /** FM's pairwise term; needs the linear term. */
  readonly interaction: boolean;
  readonly components: readonly ModelComponent[];
  /** From E [rows, F·d] to its part of z [rows, 1]. */
  build(parameters: DenseParameters): Layer;
}

export async function createNetwork(context: ModelContext, parts: NetworkParts): Promise<BaseModel> {
  const { engine, shape, batch, embeddings, embeddingGradients, logits, logitGradients } = context;
  const tensors = await engine.tensors();
  const parameters = new DenseParameters(context, tensors);
  const network = parts.build(parameters);
  parameters.allocate();
  const linear = parts.linear ? createLinearTerm(context) : null;
  const interaction = parts.interaction
    ? engine.interaction({
        batch,
        dimension: shape.dimension,
        embeddings,
        logits,
        logitGradients,
        embeddingGradients,
      })
    : null;
  const width = shape.fields * shape.dimension;
  let pass: ForwardPass | null = null;

  return {
    forward: (mode) => {
      const { rows } = batch;
      linear?.forward();
      interaction?.forward();
      tensors.open();
      pass = network.forward(tensors.tensor(embeddings, [rows, width]) as Tensor2D, mode);
      const ours = linear ? add(tensors.tensor(logits, [rows, 1]), pass.output) : pass.output;
      tensors.store(ours, logits);
      if (mode === 'evaluate') {
        pass = null;
        tensors.close();
      }
    },
    backward: () => {
      if (!pass) throw new Error('backward() needs a forward pass before it that is no evaluation');
      const { rows } = batch;
      interaction?.backward();
      const gradient = pass.backward(tensors.tensor(logitGradients, [rows, 1]) as Tensor2D);
      const total = interaction ? add(tensors.tensor(embeddingGradients, [rows, width]), gradient) : gradient;
      tensors.store(total, embeddingGradients);
      parameters.storeGradients();
      pass = null;
      tensors.close();
      linear?.gradient();
    },
    gradients: [...(linear?.gradients ?? []), ...parameters.gradients],
    update: (moves) => {
      if (moves('linear')) linear?.apply();
      if (moves('dense')) parameters.update();
    },
    components: parts.components,
    state: [...(linear?.state ?? []), ...parameters.state],
  };
}
