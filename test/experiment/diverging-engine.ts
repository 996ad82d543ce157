/** An engine whose numbers are none any more from some step on. */
import { createCpuEngine } from '../../src/engine/cpu/engine';
import type { Engine } from '../../src/engine/engine';
import { HYPER, HYPER_STEP, HYPER_VECTOR } from '../../src/engine/hyper';

/** The CPU engine, with an infinite step size of the table from the given step on. */
export function divergingEngine(atStep: number): Engine {
  const engine = createCpuEngine('test');
  return {
    ...engine,
    write: (array, data) => {
      const isHyper = array.label === 'hyper';
      const numbers = data.slice();
      if (isHyper && numbers[HYPER_STEP] >= atStep) {
        numbers[HYPER_VECTOR + HYPER.stepSize] = Number.POSITIVE_INFINITY;
      }
      engine.write(array, isHyper ? numbers : data);
    },
  };
}
