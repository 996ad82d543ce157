/** Every operation on an engine against its reference, on the same random inputs: what Node and Chromium both run. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Engine } from '../../src/engine/engine';
import {
  bagSizes,
  createInputs,
  type Inputs,
  inBagsOfOne,
  type PlugName,
  RULES_NAMES,
  type RulesName,
  type Size,
  sizes,
} from './inputs';
import type { Contents, Expected, Trial } from './trial';
import { TRIALS } from './trials';

const DEFAULT_RULES: readonly RulesName[] = ['Adam'];
const CASES_PER_TRIAL = 8;
/** Fixed, so that a failure can be repeated; fast-check prints the case. */
const SEED = 20_210_503;

/** Where a kernel differs from one that is tested in full by little. */
const FEW_CASES = 3;

export function describeConformance(name: string, createEngine: () => Promise<Engine>): void {
  const agrees = (
    trial: Trial,
    plug: PlugName,
    cases: fc.Arbitrary<Size>,
    numRuns: number,
    rules?: RulesName,
  ) =>
    fc.assert(
      fc.asyncProperty(cases, async (size) => {
        const inputs = createInputs(size, plug, rules);
        expect(await difference(createEngine, trial, inputs)).toBeNull();
      }),
      { seed: SEED, numRuns },
    );

  describe(name, () => {
    for (const trial of TRIALS) {
      const cases = trial.plugs.flatMap((plug) =>
        (trial.moves ? RULES_NAMES : DEFAULT_RULES).map((rules) => ({ plug, rules })),
      );
      it.each(cases)(`${trial.name} ($plug${trial.moves ? ', $rules' : ''})`, ({ plug, rules }) =>
        agrees(trial, plug, sizes, CASES_PER_TRIAL, rules),
      );
    }
    for (const trial of TRIALS.filter(({ readsCells }) => readsCells)) {
      it.each(trial.plugs)(`${trial.name} of bags (%s)`, (plug) =>
        agrees(trial, plug, bagSizes, CASES_PER_TRIAL),
      );

      it.each(trial.plugs)(`${trial.name} of bags of one, to the bit that of features (%s)`, async (plug) => {
        await fc.assert(
          fc.asyncProperty(sizes, async (size) => {
            const inputs = createInputs(size, plug);
            const bags = { ...inputs, batch: inBagsOfOne(inputs.batch) };
            const [one, other] = [
              await run(createEngine, trial, inputs),
              await run(createEngine, trial, bags),
            ];
            expect(other.map(bitsOf)).toEqual(one.map(bitsOf));
          }),
          { seed: SEED, numRuns: FEW_CASES },
        );
      });
    }
    for (const trial of TRIALS.filter(({ name }) => name === 'lookup' || name === 'update')) {
      const plugs = trial.plugs.filter((plug) => plug !== 'field' && plug !== 'field_dim');
      const shared = bagSizes.map((size) => ({ ...size, shared: true }));
      it.each(plugs)(`${trial.name} of bags in a table whose rows all fields share (%s)`, (plug) =>
        agrees(trial, plug, shared, FEW_CASES),
      );
    }
  });
}

const bitsOf = ({ buffer, byteOffset, length }: Contents) => new Uint32Array(buffer, byteOffset, length);

/** What the trial's parts hold after it. */
async function run(createEngine: () => Promise<Engine>, trial: Trial, inputs: Inputs): Promise<Contents[]> {
  const engine = await createEngine();
  const parts = trial.run(engine, inputs);
  engine.submit();
  const found = await engine.read(parts.map(({ array }) => array));
  engine.dispose();
  return found.map((contents, i) => contents.subarray(parts[i].offset));
}

/** Null where the engine agrees with the reference, else the first difference in words. */
async function difference(
  createEngine: () => Promise<Engine>,
  trial: Trial,
  inputs: Inputs,
): Promise<string | null> {
  const found = await run(createEngine, trial, inputs);
  const expected = trial.expected(inputs);
  for (let i = 0; i < expected.length; i++) {
    const text = compare(found[i], expected[i]);
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
