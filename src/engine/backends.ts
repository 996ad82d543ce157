/** Which engines can run here, and how one is started. The WebGPU engine, and tfjs with it, is loaded only when asked for. */
import { createCpuEngine } from './cpu/engine';
import type { BackendInfo } from './device';
import type { Engine } from './engine';
import { createWasmEngine } from './wasm/engine';
import { probeAdapter } from './webgpu/adapter';

/**
 * The engines, the automatic choice first: WebGPU on a real adapter, else the CPU. `note` says in a sentence why WebGPU
 * is not the choice, and is null where it is.
 */
export async function probeBackends(): Promise<{ backends: BackendInfo[]; note: string | null }> {
  const { backend: cpu } = await createFastestCpuEngine();
  const probe = await probeAdapter();
  if (!probe.found) return { backends: [cpu], note: `${probe.reason}, so training runs on the CPU.` };
  if (!probe.backend.software) return { backends: [probe.backend, cpu], note: null };
  return {
    backends: [cpu, probe.backend],
    note: `WebGPU is emulated in software here (${probe.backend.adapter}), so the CPU is the faster choice.`,
  };
}

/** Rejects, with the reason as a sentence, where the engine cannot run. */
export async function createEngine(id: BackendInfo['id']): Promise<Engine> {
  switch (id) {
    case 'cpu':
      return createFastestCpuEngine();
    case 'webgpu': {
      const probe = await probeAdapter();
      if (!probe.found) throw new Error(`${probe.reason}.`);
      const { createWebGpuEngine } = await import('./webgpu/engine');
      return createWebGpuEngine();
    }
    default:
      return id satisfies never;
  }
}

/** WebAssembly with SIMD, or plain TypeScript where a host has none (or forbids it). */
async function createFastestCpuEngine(): Promise<Engine> {
  return createWasmEngine(hostName()).catch(() => createCpuEngine(hostName()));
}

/** What runs the CPU engine. A browser hides its processor, so none is named. */
function hostName(): string {
  if (typeof process === 'object' && process.versions?.node) {
    const [major, minor] = process.versions.node.split('.');
    return `Node ${major}.${minor} on ${process.arch}, one thread`;
  }
  return 'this browser, one thread';
}
