/** A backend in a few words: "WebGPU (google swiftshader)", "CPU (TypeScript, one thread)". */
import type { BackendInfo } from '../worker/protocol';

export function describeBackend({ label, adapter }: BackendInfo): string {
  if (adapter === '') return label;
  return label.endsWith(')') ? `${label.slice(0, -1)}, ${adapter})` : `${label} (${adapter})`;
}
