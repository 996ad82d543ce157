/**
 * A Vite plugin: `import binary from './kernels.ts?assembly'` compiles an AssemblyScript file to WebAssembly with SIMD
 * and gives it as base64, the same in the page, its worker, Node and the tests.
 */
import { readFile } from 'node:fs/promises';

const SUFFIX = '?assembly';

/** @returns {import('vite').Plugin} */
export function assembly() {
  return {
    name: 'assembly',
    enforce: 'pre',
    async load(id) {
      if (!id.endsWith(SUFFIX)) return null;
      const file = id.slice(0, -SUFFIX.length);
      this.addWatchFile(file);
      return `export default ${JSON.stringify(await compile(file))};`;
    },
  };
}

/** @param {string} file */
async function compile(file) {
  const { default: asc } = await import('assemblyscript/asc');
  /** @type {Uint8Array | null} */
  let binary = null;
  const source = await readFile(file, 'utf8');
  const { error, stderr } = await asc.main(
    [
      'kernels.ts',
      '--outFile=kernels.wasm',
      '-O3',
      '--noAssert',
      '--enable=simd',
      '--enable=bulk-memory',
      '--runtime=stub',
      '--importMemory',
      '--initialMemory=1',
    ],
    {
      readFile: (name) => (name === 'kernels.ts' ? source : null),
      writeFile: (name, content) => {
        if (name === 'kernels.wasm' && typeof content !== 'string') binary = content;
      },
      listFiles: () => [],
    },
  );
  if (error || binary === null) throw new Error(`${file}: ${stderr.toString() || error}`);
  return Buffer.from(binary).toString('base64');
}
