/**
 * How parameters are moved, as data. Adam and SGD are one rule with different numbers:
 *   g ← scale·∂L/∂θ + λθ;  m ← β₁m + c₁g;  v ← β₂v + c₂g²;  θ ← θ − α · m / (√v·r + ε)
 * Weight decay is coupled: λθ is added to the gradient before the moments.
 *
 * Adam (Kingma & Ba 2015, as torch.optim.Adam): c₁ = 1 − β₁, c₂ = 1 − β₂, α = lr/(1 − β₁ᵗ), r = 1/√(1 − β₂ᵗ), ε = 1e-8.
 * SGD with momentum μ (as torch.optim.SGD, whose first step has b = g): m ← μm + g;  θ ← θ − lr·m. That is β₁ = μ, c₁ = 1,
 * α = lr, and β₂ = c₂ = 0, r = ε = 1 around a v that stays 0.
 */

export type OptimiserRule =
  | { readonly kind: 'adam'; readonly beta1: number; readonly beta2: number }
  /** `momentum` 0: plain gradient descent. */
  | { readonly kind: 'sgd'; readonly momentum: number };

/** Adam with the numbers of its paper. */
export const ADAM: OptimiserRule = { kind: 'adam', beta1: 0.9, beta2: 0.999 };

export interface OptimiserSettings {
  readonly rule: OptimiserRule;
  readonly learningRate: number;
  readonly weightDecay: number;
}

/** The optimiser of one group of parameters, as the operations that move them are bound to it. */
export interface Optimiser {
  readonly rule: OptimiserRule;
  /** Of its numbers for the step under way in `hyper`, see hyper.ts. */
  readonly offset: number;
}

/** What does not change from step to step. */
export interface RuleNumbers {
  readonly beta1: number;
  /** c₁. */
  readonly gradientShare: number;
  readonly beta2: number;
  /** c₂. */
  readonly squareShare: number;
  readonly epsilon: number;
}

const ADAM_EPSILON = 1e-8;

/** `round` Math.fround: as a kernel in single precision works it out. */
export function ruleNumbers(rule: OptimiserRule, round: (x: number) => number = (x) => x): RuleNumbers {
  switch (rule.kind) {
    case 'adam': {
      const [beta1, beta2] = [round(rule.beta1), round(rule.beta2)];
      return {
        beta1,
        gradientShare: round(1 - beta1),
        beta2,
        squareShare: round(1 - beta2),
        epsilon: ADAM_EPSILON,
      };
    }
    case 'sgd':
      return { beta1: round(rule.momentum), gradientShare: 1, beta2: 0, squareShare: 0, epsilon: 1 };
    default:
      return rule satisfies never;
  }
}
