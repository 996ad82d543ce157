/** What the browser's answers make of the choice of a backend. No GPU: only their order matters. */
import { afterEach, expect, it, vi } from 'vitest';
import { createEngine, probeBackends } from '../../src/engine/backends';
import { probeAdapter } from '../../src/engine/webgpu/adapter';

const CARD = {
  info: { vendor: 'nvidia', architecture: 'hopper', description: '', isFallbackAdapter: false },
};

/** A browser that gives these answers to one request after the other, and the last of them for ever; counts them. */
function answering(...answers: (typeof CARD | null | Error)[]) {
  const requestAdapter = vi.fn(async () => {
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    if (answer instanceof Error) throw answer;
    return answer;
  });
  vi.stubGlobal('navigator', { gpu: { requestAdapter } });
  return requestAdapter;
}

afterEach(() => {
  vi.unstubAllGlobals();
});

it.each([
  ['found no adapter', null],
  ['failed', new Error('the graphics process is starting')],
])('finds the card where the first request %s', async (_, first) => {
  const requests = answering(first, CARD);
  const { backends, note } = await probeBackends();
  expect(backends.map(({ id, adapter }) => [id, adapter])).toEqual([
    ['webgpu', 'nvidia hopper'],
    ['cpu', expect.any(String)],
  ]);
  expect(note).toBeNull();
  expect(requests).toHaveBeenCalledTimes(2);
});

it('asks once where the first request finds the card', async () => {
  const requests = answering(CARD);
  expect((await probeAdapter()).found).toBe(true);
  expect(requests).toHaveBeenCalledTimes(1);
});

it('asks the same question both times, and says that there is none after the second', async () => {
  const requests = answering(null);
  const { backends, note } = await probeBackends();
  expect(backends.map(({ id }) => id)).toEqual(['cpu']);
  expect(note).toBe('WebGPU found no graphics adapter, so training runs on the CPU.');
  expect(requests.mock.calls).toEqual([
    [{ powerPreference: 'high-performance' }],
    [{ powerPreference: 'high-performance' }],
  ]);
  await expect(createEngine('webgpu')).rejects.toThrow(/^WebGPU found no graphics adapter\.$/);
});

it('does not wait where there is no WebGPU at all', async () => {
  vi.useFakeTimers();
  vi.stubGlobal('navigator', {});
  expect(await probeAdapter()).toEqual({ found: false, reason: 'There is no WebGPU here' });
  vi.useRealTimers();
});
