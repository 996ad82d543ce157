/** Which engines a command line has. */
import { expect, it } from 'vitest';
import { createEngine, probeBackends } from '../../src/engine/backends';

it('offers only the CPU in Node, and says why', async () => {
  const { backends, note } = await probeBackends();
  expect(backends.map(({ id }) => id)).toEqual(['cpu']);
  expect(backends[0].label).toBe('CPU (WebAssembly)');
  expect(backends[0].adapter).toMatch(/^Node \d+\.\d+ on \w+/);
  expect(note).toMatch(/no WebGPU.*CPU\.$/);
});

it('refuses WebGPU in Node with a sentence', async () => {
  await expect(createEngine('webgpu')).rejects.toThrow(/^There is no WebGPU here\.$/);
});
