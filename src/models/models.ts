/** From a model's name to the model. Those with dense layers are loaded, and tfjs with them, when they are asked for. */
import { UserError } from '../data/errors';
import { type ModelId, shapeProblem } from './catalogue';
import { createFm } from './fm';
import { createLr } from './lr';
import type { BaseModel, ModelContext } from './model';
import type { ModelSettings } from './settings';

/** Rejects with a UserError where the model cannot serve these settings or the context's shape. */
export async function createModel(
  id: ModelId,
  settings: ModelSettings,
  context: ModelContext,
): Promise<BaseModel> {
  const problem = shapeProblem(id, context.shape, settings);
  if (problem !== null) throw new UserError(problem);
  switch (id) {
    case 'lr':
      return createLr(context);
    case 'fm':
      return createFm(context);
    case 'deepfm':
      return (await import('./deepfm')).createDeepFm(context, settings);
    case 'autoint':
      return (await import('./autoint')).createAutoInt(context, settings);
    case 'widedeep':
      return (await import('./wide-deep')).createWideDeep(context, settings);
    case 'dnn':
      return (await import('./dnn')).createDnn(context, settings);
    default:
      return id satisfies never;
  }
}
