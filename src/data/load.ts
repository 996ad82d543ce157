/** From files to a Dataset: asks the known formats in turn, and says what it found when none recognises the content. */
import type { Dataset } from './dataset';
import { EmptyFile, UserError } from './errors';
import { formatCount } from './format-count';
import { avazuFormat } from './formats/avazu';
import { criteoFormat } from './formats/criteo';
import { delimitedFormat } from './formats/delimited/delimited';
import { type PreviewOptions, previewTable, shapeOf, type TablePreview } from './formats/delimited/preview';
import type { DatasetFormat, LoadOptions, LoadProgress } from './formats/format';
import { movielensFormat } from './formats/movielens/movielens';
import { listed } from './listed';
import { type Archive, contents } from './source/archive';
import { foreignFile, foreignText } from './source/foreign';
import { ENOUGH, openSource, pickTable, type Source } from './source/source';
import type { OfferedTable, TableQuestion } from './source/tables';
import type { TextShape } from './table/table-spec';

/** The first that recognises a file reads it: the most general comes last. */
const FORMATS: readonly DatasetFormat[] = [movielensFormat, criteoFormat, avazuFormat, delimitedFormat];

/** Of many in a message. */
const LISTED_TABLES = 12;
/** Most files of an archive of which the beginning is read to know what to ask. */
const LOOKED_INTO = 24;
const NEWLINE = 0x0a;

const EXPECTED = `Expected: ${FORMATS.map((format) => format.label).join('; ')}.`;

/** What a file turns out to be, before it is read. */
export type Inspection =
  | { readonly kind: 'known'; readonly format: string }
  | { readonly kind: 'table'; readonly preview: TablePreview }
  /** An archive, or a folder, in which more than one file can be meant. */
  | TableQuestion;

/** Which rows, and which file of several, are to be looked at. */
export type InspectOptions = PreviewOptions & Pick<LoadOptions, 'file'>;

/**
 * Looks at what was brought: a table of no known format from end to end; `shape` overrules the guess about its text.
 * @throws UserError naming the file, what was found and what is expected; LoadCancelled.
 */
export async function inspectFiles(
  files: readonly File[],
  shape: Partial<TextShape> = {},
  options: InspectOptions = {},
  onProgress: LoadProgress = () => {},
): Promise<Inspection> {
  const source = await open(files, options.file, options.signal);
  if (source.kind === 'several') return source;
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
  const source = await open(files instanceof File ? [files] : files, options.file, options.signal);
  if (source.kind === 'several') throw new UserError(`${describeTables(source)} Choose one of them.`);
  return recognise(source, options.table).parse(source, options, onProgress);
}

/** "a.zip holds 2 tables: b.csv (1,234 bytes), c.csv (12 bytes)." */
export function describeTables({ name, tables }: TableQuestion): string {
  const all = tables.map(({ path, size }) => `${path} (${formatCount(size)} bytes)`);
  return `${name} holds ${formatCount(tables.length)} tables: ${listed(all, LISTED_TABLES)}.`;
}

/** Archives are opened down to the table, unless a format takes them as they are. */
async function open(
  files: readonly File[],
  file: string | undefined,
  signal: AbortSignal | undefined,
): Promise<Source | TableQuestion> {
  try {
    let source = await openSource(files, { signal });
    if (file !== undefined && source.kind === 'text') requireName(source, file);
    let wanted = file;
    let folder = '';
    while (
      source.kind === 'archive' &&
      (wanted !== undefined || !FORMATS.some((each) => each.sniff(source)))
    ) {
      const picked = await pickTable(source.archive, wanted, { signal });
      if (picked.kind === 'several') {
        const tables = await readableTables(source.archive, picked.tables, signal);
        if (tables.length === 1) {
          wanted = tables[0].path;
          continue;
        }
        return { ...picked, tables: tables.map((table) => ({ ...table, path: folder + table.path })) };
      }
      if (picked.inside !== null) folder += `${picked.inside}/`;
      ({ source, wanted } = picked);
    }
    requireKnown(source);
    return source;
  } catch (error) {
    if (error instanceof EmptyFile) throw new EmptyFile(`${error.message} ${EXPECTED}`);
    throw error;
  }
}

/**
 * Those of some files that are tables by their content too. Many, or those of a compressed tar, are not looked into.
 * @throws UserError where none is.
 */
async function readableTables(
  archive: Archive,
  tables: readonly OfferedTable[],
  signal: AbortSignal | undefined,
): Promise<readonly OfferedTable[]> {
  if (archive.isSlow || tables.length > LOOKED_INTO) return tables;
  const readable: OfferedTable[] = [];
  for (const table of tables) {
    try {
      const picked = await pickTable(archive, table.path, { signal });
      if (picked.kind !== 'source' || isReadable(picked.source)) readable.push(table);
    } catch (error) {
      // Why is told to those who choose it.
      if (!(error instanceof UserError)) throw error;
    }
  }
  if (readable.length > 0) return readable;
  throw new UserError(`${archive.name} holds no table. ${contents(archive.files)} ${EXPECTED}`);
}

function isReadable(source: Source): boolean {
  if (source.kind === 'archive') return true;
  return foreignFile(source.head) === null && FORMATS.some((format) => format.sniff(source));
}

/** @throws UserError for what is plainly of another kind, with the step that makes a table of it. */
function requireKnown(source: Source): void {
  if (source.kind !== 'text') return;
  const { content, head } = source;
  const foreign = foreignFile(head);
  if (foreign) throw new UserError(`${content.name} is ${foreign.what}: ${foreign.step}.`);
}

/** A file was chosen where there is only one. */
function requireName({ content }: Source & { kind: 'text' }, file: string): void {
  if (content.name.endsWith(file)) return;
  throw new UserError(`${content.name} has no other file in it: "${file}" cannot be chosen.`);
}

function recognise(source: Source, shape?: Partial<TextShape>): DatasetFormat {
  const format = FORMATS.find((each) => each.sniff(source, shape));
  if (!format) throw unknown(source, shape);
  return format;
}

function unknown(source: Source, shape?: Partial<TextShape>): UserError {
  const foreign = source.kind === 'text' ? foreignText(source.head) : null;
  if (foreign) {
    const step = `${foreign.step[0].toUpperCase()}${foreign.step.slice(1)}`;
    return new UserError(
      `${source.name} is not a data set that can be read here: it is ${foreign.what}. ${step}.`,
    );
  }
  const found = source.kind === 'text' ? describe(source, shape) : 'a folder of unknown files';
  // Whoever says what separates the cells knows that it is a table.
  if (shape?.separator !== undefined) return new UserError(`${source.name} is ${found}.`);
  return new UserError(`${source.name} is not a data set that can be read here: it is ${found}. ${EXPECTED}`);
}

/** How much of the beginning of an unknown file is looked at to describe it. */
const DESCRIBED_BYTES = 64;

function describe(source: Source & { readonly kind: 'text' }, shape?: Partial<TextShape>): string {
  const { head } = source;
  const start = head.subarray(0, DESCRIBED_BYTES);
  const text = new TextDecoder('utf-8').decode(start, { stream: true });
  const line = text.trimStart().split(/[\r\n]/, 1)[0];
  const table = shapeOf(source, shape);
  const reason = table.kind === 'none' && table.reason;
  if (reason !== '' && line === '') return 'nothing but blank lines at its beginning';
  if (!reason) return 'binary data of an unknown kind';
  if (head.length >= ENOUGH.mostBytes && !head.includes(NEWLINE)) {
    return `text whose first line alone is longer than the ${formatCount(ENOUGH.mostBytes)} bytes that are looked at`;
  }
  return `text that begins "${line.slice(0, 40)}", and no table: ${reason}`;
}
