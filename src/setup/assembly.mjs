/**
 * A Vite plugin: `import binary from './kernels.ts?assembly'` compiles an AssemblyScript file, with those that it imports
 * from its folder, to WebAssembly with SIMD and gives it as base64, the same in the page, its worker, Node and the tests.
 */
import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

const SUFFIX = '?assembly';

/** @returns {import('vite').Plugin} */
export function assembly() {
  return {
    name: 'assembly',
    enforce: 'pre',
    async load(id) {
      if (!id.endsWith(SUFFIX)) return null;
      const { base64, files } = await compile(id.slice(0, -SUFFIX.length));
      for (const file of files) this.addWatchFile(file);
      return `export default ${JSON.stringify(base64)};`;
    },
  };
}

/** @param {string} file */
async function compile(file) {
  const { default: asc } = await import('assemblyscript/asc');
  const folder = dirname(file);
  /** @type {string[]} */
  const files = [];
  /** @type {Uint8Array | null} */
  let binary = null;
  const { error, stderr } = await asc.main(
    [
      basename(file),
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
      readFile: async (name) => {
        // The compiler asks for a module in several places: what is not there is null.
        const source = await readFile(join(folder, name), 'utf8').catch(() => null);
        if (source !== null) files.push(join(folder, name));
        return source;
      },
      writeFile: (name, content) => {
        if (name === 'kernels.wasm' && typeof content !== 'string') binary = content;
      },
      listFiles: () => [],
    },
  );
  if (error || binary === null) throw new Error(`${file}: ${stderr.toString() || error}`);
  return { base64: Buffer.from(binary).toString('base64'), files };
}
