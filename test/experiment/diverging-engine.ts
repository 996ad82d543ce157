/** An engine whose numbers are none any more from some step on. */
import { createCpuEngine } from '../../src/engine/cpu/engine';
import type { Engine } from '../../src/engine/engine';
import { HYPER } from '../../src/engine/hyper';

/** The CPU engine, with an infinite step size from the given step on. */
export function divergingEngine(atStep: number): Engine {
  const engine = createCpuEngine('test');
  return {
    ...engine,
    write: (array, data) => {
      const isHyper = array.label === 'hyper';
      const numbers = data.slice();
      if (isHyper && numbers[HYPER.step] >= atStep) numbers[HYPER.stepSize] = Number.POSITIVE_INFINITY;
      engine.write(array, isHyper ? numbers : data);
    },
  };
}
