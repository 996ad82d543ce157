/**
 * Runs as one file, and back, each with all that belongs to it. The file is JSON that says its version, a run a line; a run of it
 * that cannot be restored is set aside, and so is a part; the others are read.
 */
import { z } from 'zod';
import { formatCount } from '../data/format-count';
import { DOCUMENT_FORMAT, readExperiments } from '../experiment/document';
import { checked, type Fields, nameOf, restore, versioned } from '../experiment/restore';
import { fromJson, toJson } from '../export/typed-json';
import type { RunPart } from '../worker/layout';
import { documentRuns } from './document-runs';
import { RUN } from './restore-run';
import { isActive, type RunView } from './run';
import type { SavedRun } from './saved-run';
import { restoreTable } from './table-record';

const FORMAT = 'pep-playground-runs';
/**
 * Raise it when a file of this version could not be read by the page of the version before. In those of version 1 typed arrays
 * are written in ways of their own (see restore-run.ts), and runs have no parts.
 */
const FORMAT_VERSION = 2;
/** A page cannot list more. The largest sweep, of 1,000 experiments, has fewer unless its plan is full. */
const MAX_RUNS = 10_000;
/** Browsers read no longer text: V8's longest string has 512 MiB. */
const MAX_CHARACTERS = 400_000_000;

const FOREIGN = 'It is neither an export of this page nor its settings nor a result of its command line.';

/** What a run has beside its record, by the run's id. */
export type Parts = ReadonlyMap<string, readonly RunPart[]>;

/** Told of what is not read: which record, or how many runs, and why. */
type SetAside = (words: string) => void;

/** Runs, and what belongs to them, as the text of a file. What is no number (NaN, an infinity) is null in it. */
export function runsFileText(runs: readonly SavedRun[], parts: Parts = new Map()): string {
  return new RunsFile().add(runs, parts).pieces.join('');
}

/** A file that grows run by run: not all of it need be in memory as one text. */
export class RunsFile {
  private readonly lines: string[] = [];
  private length = 0;
  /** Runs whose parts have found no room. */
  private cutShort = 0;

  /** @param most characters that leave room for parts. */
  constructor(private readonly most = MAX_CHARACTERS) {}

  add(runs: readonly SavedRun[], parts: Parts): this {
    for (const run of runs) {
      const record = versioned(RUN, run);
      const own = parts.get(run.id) ?? [];
      const whole = own.length > 0 ? toJson({ ...record, parts: own }) : toJson(record);
      const isTooLong = own.length > 0 && this.length + whole.length > this.most;
      const line = isTooLong ? toJson(record) : whole;
      if (isTooLong) this.cutShort++;
      this.lines.push(line);
      this.length += line.length;
    }
    return this;
  }

  get pieces(): string[] {
    const head = `{"format":"${FORMAT}","formatVersion":${FORMAT_VERSION},"runs":[`;
    return [head, ...this.lines.flatMap((line, i) => [i === 0 ? '\n' : ',\n', line]), '\n]}\n'];
  }

  /** What is not in it, as a sentence; null: nothing. */
  get omission(): string | null {
    if (this.cutShort === 0) return null;
    return `The file would be too long to be read again: the tables of ${formatCount(this.cutShort)} of its runs are not in it.`;
  }
}

/**
 * The runs of a file of this page, or of a document of the command line; of runs with the same id, the first.
 * `writtenAt` dates a document's runs. `setAside` is told of what is not read, `takeParts` of what belongs to a run.
 * @throws Error that says what is wrong with the file, or with all of its runs, and what can be done, to follow the file's name.
 */
export function readRunsFile(
  text: string,
  writtenAt: number,
  setAside: SetAside = () => {},
  takeParts: (id: string, parts: readonly RunPart[]) => void = () => {},
): SavedRun[] {
  const faults: string[] = [];
  const entries = readEntries(text, writtenAt, (words) => faults.push(words));
  if (entries.length === 0) {
    throw new Error(faults.length > 0 ? `${faults[0]}. Nothing was imported.` : 'There are no runs in it.');
  }
  for (const fault of faults) setAside(fault);
  const unique = new Map<string, Entry>();
  for (const entry of entries) if (!unique.has(entry.run.id)) unique.set(entry.run.id, entry);
  if (unique.size > MAX_RUNS)
    setAside(
      `the first ${formatCount(MAX_RUNS)} of its ${formatCount(unique.size)} runs were read, as a page cannot list more`,
    );
  return [...unique.values()].slice(0, MAX_RUNS).map(({ run, parts }) => {
    if (parts.length > 0) takeParts(run.id, parts);
    return run;
  });
}

interface Entry {
  readonly run: SavedRun;
  readonly parts: readonly RunPart[];
}

function readEntries(text: string, writtenAt: number, setAside: SetAside): Entry[] {
  let content: unknown;
  try {
    content = fromJson(text);
  } catch {
    if (!text.trimStart().startsWith('{')) throw new Error(FOREIGN);
    throw new Error('This is not whole JSON. Was the file cut off? Export it again.');
  }
  const { format, formatVersion, runs } = Object(content) as Record<string, unknown>;
  if (format === DOCUMENT_FORMAT) return readDocuments(text, writtenAt, setAside);
  if (typeof format === 'string' && format.startsWith('pep-playground/')) {
    throw new Error(`A newer command line wrote it (${format}). Update the playground to open it.`);
  }
  if (format !== FORMAT) {
    throw new Error(FOREIGN);
  }
  if (typeof formatVersion !== 'number' || formatVersion > FORMAT_VERSION) {
    throw new Error(
      `A newer page wrote it (version ${String(formatVersion)}). Update the playground to open it.`,
    );
  }
  if (!Array.isArray(runs)) throw new Error('It has no list of runs. Nothing was imported.');
  return restoreEntries(runs, setAside).map(({ run, parts }) => ({
    run: { ...run, view: settled(run.view) },
    parts,
  }));
}

function restoreEntries(records: readonly unknown[], setAside: SetAside): Entry[] {
  return records.flatMap((each, i) => {
    const { parts = [], ...record } = isObject(each) ? each : {};
    const place = `${nameOf(record, 'A run')} (${i + 1} of ${records.length})`;
    try {
      const run = restore(RUN, isObject(each) ? record : each);
      return [{ run, parts: restoreParts(parts, run, (words) => setAside(`${place}: ${words}`)) }];
    } catch (error) {
      setAside(`${place}: ${(error as Error).message}`);
      return [];
    }
  });
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const partSchema = z.object({
  kind: z.string().min(1),
  number: z.number(),
  value: z.record(z.string(), z.unknown()),
});

/** What is no table is carried along as it is. */
function restoreParts(parts: unknown, { view }: SavedRun, setAside: SetAside): RunPart[] {
  if (!Array.isArray(parts)) {
    setAside('parts: must be a list');
    return [];
  }
  return parts.flatMap((each, i) => {
    try {
      const part = checked(partSchema, each);
      if (part.kind === 'table') restoreTable(part.value, view);
      return [part];
    } catch (error) {
      setAside(`part ${i + 1} of ${parts.length}: ${(error as Error).message}`);
      return [];
    }
  });
}

/** A run that was under way when the file was written goes on elsewhere, not here. */
function settled(view: RunView): RunView {
  const error = `Exported while it was under way, at step ${formatCount(view.step)}.`;
  return isActive(view.status) ? { ...view, status: 'cut', msLeft: null, error } : view;
}

function readDocuments(text: string, writtenAt: number, setAside: SetAside): Entry[] {
  try {
    const documents = readExperiments(text, setAside);
    return restoreEntries(
      documents.flatMap((document) => documentRuns(document, writtenAt)),
      setAside,
    );
  } catch (error) {
    throw new Error(`${(error as Error).message}. Nothing was imported.`);
  }
}
