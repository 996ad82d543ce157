/** MovieLens sets are read as they come from the disk, and can be given up at any moment. */
import { describe, expect, it } from 'vitest';
import { LoadCancelled } from '../../../src/data/errors';
import { loadDataset } from '../../../src/data/load';
import { Yielder } from '../../../src/data/source/yielder';
import { type Files, ML_1M, zipFile } from './movielens-zips';

const OPTIONS = { withIds: false };
const RATINGS = 'ml-1m/ratings.dat';

/** Lines that hardly compress. */
function ratingLines(count: number): string {
  return Array.from({ length: count }, (_, i) => {
    const user = 1 + (i % 4);
    const movie = 10 * (1 + ((i * 7) % 3));
    return `${user}::${movie}::${1 + ((i * 3) % 5)}::${978_300_000 + (Math.imul(i, 0x9e3779b1) % 1e6)}\n`;
  }).join('');
}

function withRatings(text: string): Files {
  return { ...ML_1M, [RATINGS]: text };
}

/** The tiny set as the files of a folder, one of them from a stream. */
function folder(streamed: string, stream: () => ReadableStream): File[] {
  return Object.entries(ML_1M).map(([path, text]) => {
    const file = new File([text], path.slice(path.lastIndexOf('/') + 1));
    if (path === streamed) file.stream = stream;
    return file;
  });
}

describe('the ratings', () => {
  it('of a folder are encoded chunk by chunk', async () => {
    const chunk = new TextEncoder().encode(ratingLines(100));
    let given = 0;
    const endless = () =>
      new ReadableStream({
        pull(controller) {
          given++;
          controller.enqueue(given === 20 ? new TextEncoder().encode('not a rating\n') : chunk.slice());
        },
      });
    await expect(loadDataset(folder(RATINGS, endless), OPTIONS, () => {})).rejects.toThrow(
      /ratings\.dat, line 1901: found 1 column/,
    );
    expect(given).toBeLessThan(30);
  });

  it('of a zip are encoded while it expands: a wrong line is met before the damage behind it', async () => {
    const file = zipFile('films.zip', withRatings(`not a rating\n${ratingLines(200_000)}`));
    const bytes = new Uint8Array(await file.arrayBuffer());
    bytes.fill(0xff, 500_000, 500_100);
    expect(bytes.length).toBeGreaterThan(1_000_000);
    await expect(loadDataset(new File([bytes], 'films.zip'), OPTIONS, () => {})).rejects.toThrow(
      /ratings\.dat, line 1: found 1 column/,
    );
  });

  it('may lie across chunks and pages, in any order of time', async () => {
    const lines = ratingLines(150_000).trim().split('\n');
    const read = (order: readonly string[]) =>
      loadDataset(zipFile('films.zip', withRatings(order.join('\n'))), OPTIONS, () => {});
    const dataset = await read(lines);
    expect(dataset.rows).toBe(120_000);
    const reversed = await read([...lines].reverse());
    expect(reversed.fields).toEqual(dataset.fields);
    dataset.columns.forEach((column, f) => {
      expect([...reversed.columns[f].slice().reverse()]).toEqual([...column]);
    });
  });
});

it('does not hold a file of films without end', async () => {
  const chunk = new Uint8Array(1_000_000).fill(0x78);
  const endless = () => new ReadableStream({ pull: (controller) => controller.enqueue(chunk) });
  await expect(loadDataset(folder('ml-1m/movies.dat', endless), OPTIONS, () => {})).rejects.toThrow(
    'movies.dat is larger than the 50,000,000 bytes that are read of such a file.',
  );
});

describe('cancelling', () => {
  it.each([
    ['Reading users', /Reading users/, 0],
    ['Reading ratings', /Reading ratings/, 0],
    ['Making the columns', /Making the columns/, 0],
    ['Making the last columns', /Making the columns/, 0.9],
  ])('is heard at "%s", as a message that waits for its turn', async (_, what, from) => {
    const control = new AbortController();
    const reached: number[] = [];
    const reading = loadDataset(
      zipFile('films.zip', withRatings(ratingLines(5_000))),
      { ...OPTIONS, signal: control.signal },
      (fraction, doing) => {
        if (what.test(doing) && fraction >= from) setTimeout(() => control.abort());
        reached.push(fraction);
      },
    );
    await expect(reading).rejects.toThrow(LoadCancelled);
    expect(reached.at(-1)).toBeLessThan(1);
  });

  it('is heard in the middle of a column', async () => {
    const control = new AbortController();
    const yielder = new Yielder(control.signal);
    setTimeout(() => control.abort());
    const work = async () => {
      for await (const [from] of yielder.pieces(1e9)) {
        const start = performance.now();
        while (performance.now() - start < 30);
        if (from > 1e6) throw new Error('deaf');
      }
    };
    await expect(work()).rejects.toThrow(LoadCancelled);
  });
});
