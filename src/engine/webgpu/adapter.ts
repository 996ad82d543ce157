/** Which graphics adapter WebGPU would use here. Asks the browser alone: tfjs is not loaded for it. */
import type { BackendInfo } from '../engine';

/** An adapter as the page names it, or why there is none: a sentence without its full stop. */
export type AdapterProbe =
  | { readonly found: true; readonly backend: BackendInfo }
  | { readonly found: false; readonly reason: string };

export async function probeAdapter(): Promise<AdapterProbe> {
  if (typeof navigator === 'undefined' || !('gpu' in navigator)) {
    return { found: false, reason: 'There is no WebGPU here' };
  }
  // The same question as tfjs asks, so that the answer is the adapter that will be used.
  const adapter = await navigator.gpu
    .requestAdapter({ powerPreference: 'high-performance' })
    .catch(() => null);
  if (!adapter) return { found: false, reason: 'WebGPU found no graphics adapter' };
  return { found: true, backend: describeAdapter(adapter) };
}

function describeAdapter({ info }: GPUAdapter): BackendInfo {
  const name = [info.vendor, info.architecture].filter(Boolean).join(' ') || info.description;
  const software = info.isFallbackAdapter || /swiftshader|llvmpipe|warp/i.test(`${name} ${info.description}`);
  return { id: 'webgpu', label: 'WebGPU', adapter: name || 'unnamed adapter', software };
}
