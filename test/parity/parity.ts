/**
 * Parity with the official implementation: every golden file on the given engines. The files lie in
 * test/fixtures/golden and in the folder that the environment variable GOLDEN_DIR names.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEngine } from '../../src/engine/backends';
import { createCpuEngine } from '../../src/engine/cpu/engine';
import type { Engine } from '../../src/engine/engine';
import { PARITY_CHECKS } from './checks';
import { type Golden, type GoldenFile, parseGolden } from './golden';
import { type Outcome, runGolden } from './run';

/** The operations as they are defined, those of the CPU engine that a page falls back to, those of WebGPU. */
const IMPLEMENTATIONS = {
  reference: async () => createCpuEngine('parity test'),
  cpu: () => createEngine('cpu'),
  webgpu: () => createEngine('webgpu'),
} as const satisfies Record<string, () => Promise<Engine>>;
type Implementation = keyof typeof IMPLEMENTATIONS;

export function describeParity(
  implementations: readonly Implementation[],
  files: readonly GoldenFile[],
): void {
  it('finds golden files', () => expect(files.length).toBeGreaterThan(0));

  describe.each(implementations)('%s', (implementation) => {
    describe.each(files)('$name', (file) => {
      let engine: Engine;
      let golden: Golden;
      let outcome: Outcome;

      beforeAll(async () => {
        golden = parseGolden(file);
        engine = await IMPLEMENTATIONS[implementation]();
        outcome = await runGolden(file.name, golden, engine);
      });
      afterAll(() => engine?.dispose());

      it.each(Object.entries(PARITY_CHECKS))('%s', (_, check) => check(golden, outcome));
    });
  });
}
