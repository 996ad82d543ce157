/** The conformance table: every operation. */
import { EMBEDDING_TRIALS } from './embedding-trials';
import { MODEL_TRIALS } from './model-trials';
import { TABLE_TRIALS } from './table-trials';
import type { Trial } from './trial';

export const TRIALS: readonly Trial[] = [...TABLE_TRIALS, ...EMBEDDING_TRIALS, ...MODEL_TRIALS];
