/** AssemblyScript, compiled by the build (src/setup/assembly.mjs): the WebAssembly binary in base64. */
declare module '*?assembly' {
  const base64: string;
  export default base64;
}
