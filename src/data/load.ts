/** From files to a Dataset: asks the known formats in turn, and says what it found when none recognises the content. */
import type { Dataset } from './dataset';
import { UserError } from './errors';
import { avazuFormat } from './formats/avazu';
import { criteoFormat } from './formats/criteo';
import { delimitedFormat } from './formats/delimited/delimited';

import { type PreviewOptions, previewTable, shapeOf, type TablePreview } from './formats/delimited/preview';

import type { DatasetFormat, LoadOptions, LoadProgress } from './formats/format';
import { movielensFormat } from './formats/movielens/movielens';
import { isGzip, openSource, type Source } from './source/source';
import type { TextShape } from './table/plan';

/** The first that recognises a file reads it: the most general comes last. */
const FORMATS: readonly DatasetFormat[] = [movielensFormat, criteoFormat, avazuFormat, delimitedFormat];

const EXPECTED = `Expected: ${FORMATS.map((format) => format.label).join('; ')}.`;

/** What a file turns out to be, before it is read. */
export type Inspection =
  | { readonly kind: 'known'; readonly format: string }
  | { readonly kind: 'table'; readonly preview: TablePreview };

/**
 * Looks at what was brought: a table of no known format from end to end; `shape` overrules the guess about its text.
 * @throws UserError naming the file, what was found and what is expected; LoadCancelled.
 */
export async function inspectFiles(
  files: readonly File[],
  shape: Partial<TextShape> = {},
  options: PreviewOptions = {},
  onProgress: LoadProgress = () => {},
): Promise<Inspection> {
  const source = await open(files);
  const format = recognise(source, shape);
  if (format !== delimitedFormat) return { kind: 'known', format: format.id };
  const preview = await previewTable(source, shape, options, onProgress);
  if (!preview) throw unknown(source, shape);
  return { kind: 'table', preview };
}

/**
 * Reads a file, or the files of a folder, of any known format.
 * @throws UserError naming the file, what was found and what is expected; LoadCancelled.
 */
export async function loadDataset(
  files: File | readonly File[],
  options: LoadOptions,
  onProgress: LoadProgress,
): Promise<Dataset> {
  onProgress(0, 'Opening');
  const source = await open(files instanceof File ? [files] : files);
  return recognise(source, options.table).parse(source, options, onProgress);
}

async function open(files: readonly File[]): Promise<Source> {
  try {
    return await openSource(files);
  } catch (error) {
    if (error instanceof UserError && error.message.includes('(0 bytes)')) {
      throw new UserError(`${error.message} ${EXPECTED}`);
    }
    throw error;
  }
}

function recognise(source: Source, shape?: Partial<TextShape>): DatasetFormat {
  const format = FORMATS.find((each) => each.sniff(source, shape));
  if (!format) throw unknown(source, shape);
  return format;
}

function unknown(source: Source, shape?: Partial<TextShape>): UserError {
  const found = source.kind === 'text' ? describe(source, shape) : 'a folder of unknown files';
  return new UserError(`${source.name} is not a data set that can be read here: it is ${found}. ${EXPECTED}`);
}

/** Leading bytes of files that people are likely to bring by mistake. */
const SIGNATURES: readonly { readonly bytes: readonly number[]; readonly name: string }[] = [
  { bytes: [0x37, 0x7a, 0xbc, 0xaf], name: 'a 7-Zip archive' },
  { bytes: [0x52, 0x61, 0x72, 0x21], name: 'a RAR archive' },
  { bytes: [0x25, 0x50, 0x44, 0x46], name: 'a PDF document' },
  { bytes: [0x89, 0x50, 0x4e, 0x47], name: 'a PNG image' },
  { bytes: [0x50, 0x41, 0x52, 0x31], name: 'a Parquet file' },
];

/** How much of the beginning of an unknown file is looked at to describe it. */
const DESCRIBED_BYTES = 64;

function describe(source: Source & { readonly kind: 'text' }, shape?: Partial<TextShape>): string {
  const { head } = source;
  if (isGzip(head)) return 'a gzip file in a gzip file';
  const start = head.subarray(0, DESCRIBED_BYTES);
  const known = SIGNATURES.find(({ bytes }) => bytes.every((byte, i) => start[i] === byte));
  if (known) return known.name;
  const table = shapeOf(source, shape);
  const text = new TextDecoder('utf-8').decode(start, { stream: true });
  const line = text.trimStart().split(/[\r\n]/, 1)[0];
  if (/^<(!doctype|html)/i.test(line)) return 'a web page (did the download ask for a log-in?)';
  if (/^[[{]/.test(line)) return 'a JSON document';
  const reason = table.kind === 'none' && table.reason;
  return reason && line !== ''
    ? `text that begins "${line.slice(0, 40)}", and no table: ${reason}`
    : 'binary data of an unknown kind';
}
