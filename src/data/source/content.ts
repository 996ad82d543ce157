/**
 * The bytes of one file as a stream, gzip taken off, with what can go wrong on the way said in words. A file is never
 * held as a whole: what is under way are a few chunks.
 */
import { LoadCancelled, messageOf, UserError } from '../errors';
import { formatCount } from '../format-count';
import { gunzip } from './gunzip';
import { streamOf } from './streams';
import { Yielder } from './yielder';

/** What a reader wants to be told, and how it stops. */
export interface Reading {
  readonly signal?: AbortSignal | undefined;
  /** Called with the bytes taken from the disk so far, compressed ones where the file is compressed. */
  readonly onBytes?: ((bytes: number) => void) | undefined;
}

/** One file's bytes, to be read once or several times. */
export interface Content {
  /** For messages: "train.txt.gz", or "clicks.zip, clicks.csv". */
  readonly name: string;
  /** Bytes on the disk: what `onBytes` counts up to. */
  readonly size: number;
  /** Ends, and closes the file, when its consumer stops. */
  stream(reading: Reading): AsyncGenerator<Uint8Array<ArrayBuffer>>;
}

/**
 * Most that compressed bytes may grow to: tables of clicks grow four to forty times, deflate's limit is 1,032 times.
 * More is a zip bomb.
 */
export const MAX_EXPANSION = 200;
/** Small files of one repeated line may grow more. */
export const FREE_EXPANSION_BYTES = 50_000_000;

/** Bytes as they lie on the disk. */
export function blobContent(name: string, blob: Blob): Content {
  return {
    name,
    size: blob.size,
    stream: (reading) => guarded(name, blob.stream().pipeThrough(byteCounter(reading)), null, reading),
  };
}

/** A gzip's content, expanded. */
export function gunzipped(gzip: Content): Content {
  const { name, size } = gzip;
  return {
    name,
    size,
    stream: (reading) => guarded(name, gunzip(streamOf(gzip.stream(reading))), size, reading),
  };
}

/** All bytes of a small content. Throws a UserError beyond `limit` bytes. */
export async function readAll(
  content: Content,
  limit: number,
  reading: Reading,
): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of content.stream(reading)) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > limit) {
      throw new UserError(
        `${content.name} is larger than the ${formatCount(limit)} bytes that are read of such a file.`,
      );
    }
  }
  const all = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}

/** Passes bytes on and tells how many have passed. */
export function byteCounter({
  onBytes,
}: Reading): TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>> {
  let bytes = 0;
  return new TransformStream({
    transform(chunk, controller) {
      bytes += chunk.length;
      onBytes?.(bytes);
      controller.enqueue(chunk);
    },
  });
}

/**
 * The chunks of a stream, with its failures as UserErrors.
 * @param compressedSize bounds what may come out; null: nothing was compressed.
 * @throws LoadCancelled once the signal is aborted.
 */
export async function* guarded(
  name: string,
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  compressedSize: number | null,
  { signal }: Reading,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const bound =
    compressedSize === null
      ? Number.POSITIVE_INFINITY
      : FREE_EXPANSION_BYTES + MAX_EXPANSION * compressedSize;
  // Safari's streams cannot be iterated.
  const reader = stream.getReader();
  const yielder = new Yielder(signal);
  let expanded = 0;
  try {
    for (;;) {
      // Chunks that lie ready come without a turn of the event loop.
      await yielder.yieldIfDue();
      const { done, value } = await reader.read();
      if (done) return;
      expanded += value.length;
      if (expanded > bound) {
        throw new UserError(
          `${name} expands to more than ${MAX_EXPANSION} times its size, which no table of data does. Nothing of it was kept.`,
        );
      }
      yield value;
    }
  } catch (error) {
    throw readFailure(name, error, compressedSize !== null);
  } finally {
    // A consumer that stops early must not leave the file open; after a failure there is nothing to close.
    await reader.cancel().catch(() => {});
  }
}

/** What a failed read means to the user. */
function readFailure(name: string, error: unknown, isCompressed: boolean): Error {
  if (error instanceof UserError || error instanceof LoadCancelled) return error;
  const reason = messageOf(error);
  const kind = error instanceof Error ? error.name : '';
  if (kind === 'NotFoundError' || kind === 'NotReadableError') {
    return new UserError(
      `${name} could not be read (${reason}). Was it moved, deleted or changed while it was read? Open it again.`,
    );
  }
  if (isCompressed) {
    return new UserError(
      `${name} is damaged or cut off: its compressed data cannot be expanded. Download or compress it again.`,
    );
  }
  return new UserError(`${name} could not be read (${reason}). Is it a folder, or was it moved?`);
}
