/**
 * Data files beside the page: their list, data/index.json, is read by the page at its start. A Vite plugin makes sure
 * that there is one, empty where public/data holds nothing, so that no browser reports a missing file.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';

export const DATA_FOLDER = join('public', 'data');
export const LIST_NAME = 'index.json';
const LIST_ADDRESS = `data/${LIST_NAME}`;

/** @returns {import('vite').Plugin} */
export function publicData() {
  let root = '';
  const isListed = () => existsSync(join(root, DATA_FOLDER, LIST_NAME));
  return {
    name: 'public-data',
    configResolved(config) {
      root = config.root;
    },
    configureServer(server) {
      server.middlewares.use(`/${LIST_ADDRESS}`, (_request, response, next) => {
        if (isListed()) next();
        else response.setHeader('Content-Type', 'application/json').end('[]');
      });
    },
    generateBundle() {
      if (!isListed()) this.emitFile({ type: 'asset', fileName: LIST_ADDRESS, source: '[]' });
    },
  };
}
