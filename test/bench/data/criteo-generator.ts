/** Writes files in Criteo's format for benchmarks: made up, but as skewed, as sparse and as wide as the real one. */

import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { createRandom } from '../../../src/data/random';

/** Distinct values per category in a file of 45 million rows, as published with the data set, to two digits. */
const CARDINALITIES = [
  1_500, 580, 10_000_000, 2_200_000, 310, 24, 12_500, 630, 3, 93_000, 5_700, 8_400_000, 3_200, 27, 14_900,
  5_500_000, 10, 5_700, 2_200, 4, 7_000_000, 18, 15, 290_000, 105, 142_000,
];
/** Share of empty cells, by column of the categories that have any. */
const EMPTY_SHARES: Readonly<Record<number, number>> = { 18: 0.44, 19: 0.44, 21: 0.76, 24: 0.44, 25: 0.44 };
const COUNTS = 13;
const EMPTY_COUNTS = 0.2;
const CHUNK_LINES = 2_000;

/** @returns rows written. */
export async function writeCriteo(path: string, bytes: number, seed: number): Promise<number> {
  const random = createRandom(seed, 'criteo');
  const out = createWriteStream(path);
  let written = 0;
  let rows = 0;
  while (written < bytes) {
    const lines: string[] = [];
    for (let i = 0; i < CHUNK_LINES; i++) lines.push(line(random));
    const chunk = `${lines.join('\n')}\n`;
    written += chunk.length;
    rows += CHUNK_LINES;
    if (!out.write(chunk)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
  return rows;
}

function line(random: ReturnType<typeof createRandom>): string {
  const cells = [random.uniform() < 0.25 ? '1' : '0'];
  for (let i = 0; i < COUNTS; i++) {
    const value = Math.floor(Math.exp(random.uniform() * 9)) - 1;
    cells.push(random.uniform() < EMPTY_COUNTS ? '' : String(value));
  }
  CARDINALITIES.forEach((size, i) => {
    if (random.uniform() < (EMPTY_SHARES[i] ?? 0)) {
      cells.push('');
      return;
    }
    // Popularity falls as 1/rank.
    const rank = Math.floor(size ** random.uniform());
    cells.push(hex(rank * 26 + i));
  });
  return cells.join('\t');
}

/** Eight hexadecimal digits that look drawn: a multiplicative hash (Knuth). */
function hex(value: number): string {
  return (Math.imul(value, 0x9e3779b1) >>> 0).toString(16).padStart(8, '0');
}
