/** gzip files, one gzip or several in a row, in chunks of all sizes: the same cases in Node and in a browser. */
import { expect, it } from 'vitest';
import { gunzip } from '../../../src/data/source/gunzip';

type Bytes = Uint8Array<ArrayBuffer>;

/** Compressible, but not all the same: 20 bytes a line. */
function lines(count: number, seed: number): string {
  return Array.from({ length: count }, (_, i) => `${Math.imul(i + seed, 0x9e3779b1) >>> 0}`.padEnd(19)).join(
    '\n',
  );
}

async function bytesOf(stream: ReadableStream): Promise<Bytes> {
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

function gzip(content: string | Bytes): Promise<Bytes> {
  return bytesOf(new Blob([content]).stream().pipeThrough(new CompressionStream('gzip')));
}

function inPieces(bytes: Bytes, size: number): ReadableStream<Bytes> {
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) return controller.close();
      controller.enqueue(bytes.slice(at, at + size));
      at += size;
    },
  });
}

async function joined(parts: readonly Bytes[]): Promise<Bytes> {
  return new Uint8Array(await new Blob([...parts]).arrayBuffer());
}

export function gunzipCases(): void {
  const texts = [lines(20_000, 1), 'short\n', '', lines(3_000, 7)];

  it.each([1, 7, 64, 65_536, 10_000_000])(
    'expands several gzips in a row, %i bytes at a time',
    async (size) => {
      const parts = size < 7 ? ['one\n', 'two\n', lines(40, 3)] : texts;
      const compressed = await joined(await Promise.all(parts.map(gzip)));
      const expanded = await bytesOf(gunzip(inPieces(compressed, size)));
      expect(new TextDecoder().decode(expanded)).toBe(parts.join(''));
    },
  );

  it('is not misled by a gzip in the data', async () => {
    const inner = await joined([await gzip('a,b\n1,2\n'), await gzip('c')]);
    const noise = crypto.getRandomValues(new Uint8Array(5_000));
    // Noise is stored as it is, and the headers with it.
    const content = await joined([noise, inner, noise, inner]);
    const compressed = await joined([await gzip(content), await gzip(content)]);
    const expanded = await bytesOf(gunzip(inPieces(compressed, 1_000)));
    expect(expanded).toEqual(await joined([content, content]));
  });

  it.each(['cut off', 'damaged'])('fails when the second is %s', async (how) => {
    const compressed = await joined([await gzip(texts[0]), await gzip(texts[3])]);
    const bad = how === 'cut off' ? compressed.slice(0, -20) : compressed.slice();
    if (how === 'damaged') bad[bad.length - 6] ^= 0x10;
    await expect(bytesOf(gunzip(inPieces(bad, 65_536)))).rejects.toThrow();
  });

  it('lets go of the file when its reader stops', async () => {
    let cancelled = false;
    const compressed = await gzip(lines(50_000, 1));
    const source = new ReadableStream<Bytes>({
      pull: (controller) => controller.enqueue(compressed.slice(0, 10_000)),
      cancel: () => {
        cancelled = true;
      },
    });
    const reader = gunzip(source).getReader();
    expect((await reader.read()).value?.length).toBeGreaterThan(0);
    await reader.cancel();
    expect(cancelled).toBe(true);
  });
}
