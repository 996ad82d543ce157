/** From a file to a Dataset: asks the known formats in turn, and says what it found when none recognises the file. */
import type { Dataset } from './dataset';
import { UserError } from './errors';
import type { DatasetFormat, LoadOptions, LoadProgress } from './formats/format';
import { movielensFormat } from './formats/movielens/movielens';

const FORMATS: readonly DatasetFormat[] = [movielensFormat];

/** How much of the beginning of an unknown file is looked at to describe it. */
const PREVIEW_BYTES = 64;

/**
 * Reads a file of any known format.
 * @throws UserError naming the file, what was found and what is expected.
 */
export async function loadDataset(
  file: File,
  options: LoadOptions,
  onProgress: LoadProgress,
): Promise<Dataset> {
  const expected = `Expected: ${FORMATS.map((format) => format.label).join(', or ')}.`;
  if (file.size === 0) throw new UserError(`${file.name} is empty (0 bytes). ${expected}`);
  const start = await firstBytes(file);
  for (const format of FORMATS) {
    if (await format.sniff(file)) return format.parse(file, options, onProgress);
  }
  throw new UserError(
    `${file.name} is not a data set that can be read here: it is ${describe(start)}. ${expected}`,
  );
}

async function firstBytes(file: File): Promise<Uint8Array> {
  try {
    return new Uint8Array(await file.slice(0, PREVIEW_BYTES).arrayBuffer());
  } catch (error) {
    // Browsers hand out a File for a dropped folder, or for a file deleted since, that fails only when read.
    const reason = error instanceof Error ? error.message : String(error);
    throw new UserError(`${file.name} could not be read (${reason}). Is it a folder, or was it moved?`);
  }
}

/** Leading bytes of files that people are likely to bring by mistake. */
const SIGNATURES: readonly { readonly bytes: readonly number[]; readonly name: string }[] = [
  { bytes: [0x1f, 0x8b], name: 'a gzip file' },
  { bytes: [0x37, 0x7a, 0xbc, 0xaf], name: 'a 7-Zip archive' },
  { bytes: [0x52, 0x61, 0x72, 0x21], name: 'a RAR archive' },
  { bytes: [0x25, 0x50, 0x44, 0x46], name: 'a PDF document' },
  { bytes: [0x89, 0x50, 0x4e, 0x47], name: 'a PNG image' },
];

function describe(start: Uint8Array): string {
  const known = SIGNATURES.find(({ bytes }) => bytes.every((byte, i) => start[i] === byte));
  if (known) return known.name;
  const text = new TextDecoder('utf-8').decode(start, { stream: true });
  const line = text.trimStart().split(/[\r\n]/, 1)[0];
  if (/^<(!doctype|html)/i.test(line)) return 'a web page (did the download ask for a log-in?)';
  const printable = start.every((byte) => byte >= 0x20 || (byte >= 0x09 && byte <= 0x0d));
  return printable && line !== ''
    ? `text that begins "${line.slice(0, 40)}"`
    : 'binary data of an unknown kind';
}
