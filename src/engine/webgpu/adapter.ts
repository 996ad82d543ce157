/** Which graphics adapter WebGPU would use here. Asks the browser alone: tfjs is not loaded for it. */
import type { BackendInfo } from '../device';

/** An adapter as the page names it, or why there is none: a sentence without its full stop. */
export type AdapterProbe =
  | { readonly found: true; readonly backend: BackendInfo }
  | { readonly found: false; readonly reason: string };

export async function probeAdapter(): Promise<AdapterProbe> {
  if (typeof navigator === 'undefined' || !('gpu' in navigator)) {
    return { found: false, reason: 'There is no WebGPU here' };
  }
  // The same question as tfjs asks, so that the answer is the adapter that will be used.
  const adapter = await askTwice(() =>
    navigator.gpu.requestAdapter({ powerPreference: 'high-performance' }).catch(() => null),
  );
  if (!adapter) return { found: false, reason: 'WebGPU found no graphics adapter' };
  return { found: true, backend: describeAdapter(adapter) };
}

/** Long enough for a browser's graphics process to have started, short for a page that has no adapter. */
const SECOND_QUESTION_AFTER_MS = 250;

/** Chromium can answer its first request with no adapter where the next one finds the card (seen with an H100 on Linux). */
export async function askTwice<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  const first = await ask();
  if (first) return first;
  await new Promise((resolve) => setTimeout(resolve, SECOND_QUESTION_AFTER_MS));
  return ask();
}

function describeAdapter({ info }: GPUAdapter): BackendInfo {
  const name = [info.vendor, info.architecture].filter(Boolean).join(' ') || info.description;
  const software = info.isFallbackAdapter || /swiftshader|llvmpipe|warp/i.test(`${name} ${info.description}`);
  return { id: 'webgpu', label: 'WebGPU', adapter: name || 'unnamed adapter', software };
}
