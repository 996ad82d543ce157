/** A small data set with something to learn: label follows a hidden pairing of two fields, the third field is noise. */
import { createColumn, type Dataset, type Field } from '../../src/data/dataset';
import { createRandom } from '../../src/data/random';

export function tinyDataset(rows = 2_000, seed = 7, sizes: readonly number[] = [12, 9, 5]): Dataset {
  const random = createRandom(seed, 'tiny');
  let offset = 0;
  const fields = sizes.map((size, f): Field => {
    const field = {
      name: `field ${f}`,
      size,
      offset,
      valueNames: Array.from({ length: size }, (_, i) => `v${i}`),
    };
    offset += size;
    return field;
  });
  const columns = sizes.map((size) => createColumn(size, rows));
  const labels = new Uint8Array(rows);
  for (let row = 0; row < rows; row++) {
    for (let f = 0; f < sizes.length; f++) columns[f][row] = random.index(sizes[f]);
    const agrees = columns[0][row] % 2 === columns[1][row] % 2;
    labels[row] = random.uniform() < (agrees ? 0.9 : 0.1) ? 1 : 0;
  }
  return { name: 'tiny', rows, fields, features: offset, columns, labels, notes: [] };
}
