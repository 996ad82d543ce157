/**
 * clip: the norm of all gradients together and the factor that keeps it at most `maxNorm`
 * (torch.nn.utils.clip_grad_norm_): scale = min(1, maxNorm / (norm + 1e-6)), applied before weight decay is added.
 * Writes stepState.gradientScale and stepState.gradientNorm.
 */
import type { DeviceArray, GradientSource } from '../device';

export interface ClipBinding {
  readonly sources: readonly GradientSource[];
  readonly maxNorm: number;
  readonly stepState: DeviceArray;
}
