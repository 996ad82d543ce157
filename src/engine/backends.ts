/** Which engines can run here, and how to make one. */
import { createCpuEngine } from './cpu/engine';
import type { BackendInfo, Engine } from './engine';

export async function probeBackends(): Promise<{ backends: BackendInfo[]; note: string | null }> {
  return { backends: [createCpuEngine('one thread').backend], note: null };
}

export async function createEngine(_id: BackendInfo['id']): Promise<Engine> {
  return createCpuEngine('one thread');
}
