/** Optimisers in WGSL: the step, and each optimiser as a constant under the name by which a kernel calls it. */
import { HYPER_VECTOR } from '../hyper';
import { type Optimiser, ruleNumbers } from '../optimiser';
import optimiseCode from './optimise.wgsl?raw';

export function optimiserCode(optimisers: Readonly<Record<string, Optimiser>>): string[] {
  const constants = Object.entries(optimisers).map(([name, { rule, offset }]) => {
    const { beta1, gradientShare, beta2, squareShare, epsilon } = ruleNumbers(rule);
    const numbers = [beta1, gradientShare, beta2, squareShare, epsilon].join(', ');
    return `const ${name} = Optimiser(${offset / HYPER_VECTOR}u, ${numbers});`;
  });
  return [optimiseCode, ...constants];
}
