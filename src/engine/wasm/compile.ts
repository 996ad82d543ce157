/** WebAssembly as `?assembly` brings it into the bundle: base64. Rejects where the host has no WebAssembly SIMD. */
export function compile(binary: string): Promise<WebAssembly.Module> {
  return WebAssembly.compile(Uint8Array.from(atob(binary), (character) => character.charCodeAt(0)));
}
