/** From a model's name to the model. */
import type { ModelId } from './catalogue';
import { createFm } from './fm';
import type { BaseModel, ModelContext } from './model';

export function createModel(id: ModelId, context: ModelContext): BaseModel {
  switch (id) {
    case 'fm':
      return createFm(context);
    default:
      return id satisfies never;
  }
}
