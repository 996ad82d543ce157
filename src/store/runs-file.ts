/**
 * Runs as one file, and back. The file is JSON that says its version; a run of it that cannot be restored is set aside, and
 * the others are read.
 */
import { formatCount } from '../data/format-count';
import { DOCUMENT_FORMAT, readExperiments } from '../experiment/document';
import { encodeWords } from '../export/base64';
import { documentRuns } from './document-runs';
import { isActive, type RunView } from './run';
import { nameOf, restoreRun } from './run-schema';
import type { SavedRun } from './saved-run';

const FORMAT = 'pep-playground-runs';
/** Raise it when a file of this version could not be read by the page of the version before. */
const FORMAT_VERSION = 1;
/** A page cannot list more. The largest sweep, of 1,000 experiments, has fewer unless its plan is full. */
const MAX_RUNS = 10_000;

const FOREIGN = 'It is neither an export of this page nor its settings nor a result of its command line.';

/** Told of what is not read: which record, or how many runs, and why. */
type SetAside = (words: string) => void;

/** All runs as the text of a file. What is no number (NaN, an infinity) is null in it. */
export function runsFileText(runs: readonly SavedRun[]): string {
  return JSON.stringify({ format: FORMAT, formatVersion: FORMAT_VERSION, runs }, (_name, value: unknown) => {
    if (value instanceof Uint32Array) return encodeWords(value);
    if (value instanceof Uint8Array || value instanceof Float64Array) return [...value];
    return value;
  });
}

/**
 * The runs of a file of this page, or of a document of the command line; of runs with the same id, the first.
 * `writtenAt` dates a document's runs. `setAside` is told of what is not read.
 * @throws Error that says what is wrong with the file, or with all of its runs, and what can be done, to follow the file's name.
 */
export function readRunsFile(text: string, writtenAt: number, setAside: SetAside = () => {}): SavedRun[] {
  const faults: string[] = [];
  const runs = readRuns(text, writtenAt, (words) => faults.push(words));
  if (runs.length === 0) {
    throw new Error(faults.length > 0 ? `${faults[0]}. Nothing was imported.` : 'There are no runs in it.');
  }
  for (const fault of faults) setAside(fault);
  const unique = new Map<string, SavedRun>();
  for (const run of runs) if (!unique.has(run.id)) unique.set(run.id, run);
  if (unique.size > MAX_RUNS)
    setAside(
      `the first ${formatCount(MAX_RUNS)} of its ${formatCount(unique.size)} runs were read, as a page cannot list more`,
    );
  return [...unique.values()].slice(0, MAX_RUNS);
}

function readRuns(text: string, writtenAt: number, setAside: SetAside): SavedRun[] {
  let content: unknown;
  try {
    content = JSON.parse(text);
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
  return restoreRuns(runs, setAside).map((run) => ({ ...run, view: settled(run.view) }));
}

function restoreRuns(records: readonly unknown[], setAside: SetAside): SavedRun[] {
  return records.flatMap((record, i) => {
    try {
      return [restoreRun(record)];
    } catch (error) {
      const place = `${nameOf(record, 'A run')} (${i + 1} of ${records.length})`;
      setAside(`${place}: ${(error as Error).message}`);
      return [];
    }
  });
}

/** A run that was under way when the file was written goes on elsewhere, not here. */
function settled(view: RunView): RunView {
  const error = `Exported while it was under way, at step ${formatCount(view.step)}.`;
  return isActive(view.status) ? { ...view, status: 'cut', msLeft: null, error } : view;
}

function readDocuments(text: string, writtenAt: number, setAside: SetAside): SavedRun[] {
  try {
    const documents = readExperiments(text, setAside);
    return restoreRuns(
      documents.flatMap((document) => documentRuns(document, writtenAt)),
      setAside,
    );
  } catch (error) {
    throw new Error(`${(error as Error).message}. Nothing was imported.`);
  }
}
