/** Every operation on an engine against its reference, on the same random inputs: what Node and Chromium both run. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Engine } from '../../src/engine/engine';
import { createInputs, type Inputs, RULES_NAMES, type RulesName, sizes } from './inputs';
import { type Contents, type Expected, TRIALS, type Trial } from './trials';

const DEFAULT_RULES: readonly RulesName[] = ['Adam'];
const CASES_PER_TRIAL = 8;
/** Fixed, so that a failure can be repeated; fast-check prints the case. */
const SEED = 20_210_503;

export function describeConformance(name: string, createEngine: () => Promise<Engine>): void {
  describe(name, () => {
    for (const trial of TRIALS) {
      const cases = trial.plugs.flatMap((plug) =>
        (trial.moves ? RULES_NAMES : DEFAULT_RULES).map((rules) => ({ plug, rules })),
      );
      it.each(cases)(`${trial.name} ($plug${trial.moves ? ', $rules' : ''})`, async ({ plug, rules }) => {
        await fc.assert(
          fc.asyncProperty(sizes, async (size) => {
            expect(await difference(createEngine, trial, createInputs(size, plug, rules))).toBeNull();
          }),
          { seed: SEED, numRuns: CASES_PER_TRIAL },
        );
      });
    }
  });
}

/** Null where the engine agrees with the reference, else the first difference in words. */
async function difference(
  createEngine: () => Promise<Engine>,
  trial: Trial,
  inputs: Inputs,
): Promise<string | null> {
  const engine = await createEngine();
  const parts = trial.run(engine, inputs);
  engine.submit();
  const found = await engine.read(parts.map(({ array }) => array));
  engine.dispose();
  const expected = trial.expected(inputs);
  for (let i = 0; i < expected.length; i++) {
    const text = compare(found[i].subarray(parts[i].offset), expected[i]);
    if (text) return text;
  }
  return null;
}

function compare(found: Contents, { name, contents, relative = 0, absolute = 0 }: Expected): string | null {
  const values = viewAs(found, contents);
  for (let i = 0; i < contents.length; i++) {
    const allowed = absolute + relative * Math.abs(contents[i]);
    if (!(Math.abs(values[i] - contents[i]) <= allowed)) {
      return `${name}[${i}] is ${values[i]} and should be ${contents[i]} ± ${allowed}`;
    }
  }
  return null;
}

/** The step state is u32 on the device, but some hold the bits of an f32. */
function viewAs(found: Contents, expected: Contents): Contents {
  const isSame = found instanceof Float32Array === expected instanceof Float32Array;
  return isSame ? found : new Float32Array(found.buffer, found.byteOffset, found.length);
}
