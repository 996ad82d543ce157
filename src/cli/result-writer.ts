/**
 * Keeps what is finished and brings it out: to a file after every run, to standard output once, at the end. What cannot
 * go where it should goes elsewhere, and that is said.
 */
import { fstatSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { documentText, type ExperimentDocument } from '../experiment/document';
import { type ResultFile, reasonOf } from './result-file';

/** Runs within an experiment are written as they end, unless the writing would take more than this share of the time. */
const WRITING_SHARE = 0.05;
const STANDARD_OUTPUT = 1;

export class ResultWriter {
  private readonly finished: ExperimentDocument[];
  private readonly askedFor: string | null;
  private writtenAt = Number.NEGATIVE_INFINITY;
  private writingMs = 0;
  /** Said once: a disk that is full stays so for a while. */
  private hasWarned = false;

  /** @param file null: standard output. */
  constructor(
    private readonly file: ResultFile | null,
    finished: readonly ExperimentDocument[] = [],
  ) {
    this.finished = [...finished];
    this.askedFor = file?.name ?? null;
  }

  get isEmpty(): boolean {
    return this.finished.length === 0;
  }

  /** What there is of an experiment that goes on, after one of its runs. */
  async keepRun(document: ExperimentDocument): Promise<void> {
    const isDue = (performance.now() - this.writtenAt) * WRITING_SHARE >= this.writingMs;
    if (isDue) await this.save([...this.finished, document]);
  }

  /** The last word of an experiment. */
  async keepExperiment(document: ExperimentDocument): Promise<void> {
    this.finished.push(document);
    await this.save(this.finished);
  }

  /** Brings everything out for the last time; false where it is not where it was asked for. */
  async end(): Promise<boolean> {
    const text = documentText(this.finished);
    if (this.file === null) return print(text);
    try {
      await this.write(this.file, text);
      return this.file.name === this.askedFor;
    } catch (error) {
      console.error(
        `--out ${this.file.name}: ${reasonOf(error)}. The result goes to standard output instead.`,
      );
      await print(text);
      return false;
    }
  }

  private async save(documents: readonly ExperimentDocument[]): Promise<void> {
    if (!this.file?.isReplaceable) return;
    const start = performance.now();
    try {
      await this.write(this.file, documentText(documents));
    } catch (error) {
      if (!this.hasWarned) {
        console.error(
          `Warning: --out ${this.file.name}: ${reasonOf(error)}. It is tried again after the next run.`,
        );
      }
      this.hasWarned = true;
    }
    this.writtenAt = performance.now();
    this.writingMs = this.writtenAt - start;
  }

  private async write(file: ResultFile, text: string): Promise<void> {
    const before = file.name;
    await file.write(text);
    if (file.name === before) return;
    console.error(
      `Warning: another process has written ${before} meanwhile, and that stays: this result goes to ${file.name}. Give each process an --out of its own.`,
    );
  }
}

/** To standard output; false where it did not take the text. A reader that has had enough, as `head`, is no failure. */
async function print(text: string): Promise<boolean> {
  const error = await toStandardOutput(text);
  if (error === null || error.code === 'EPIPE') return true;
  const rescue = join(tmpdir(), `pep-result-${process.pid}.json`);
  const saved = await writeFile(rescue, text, { flag: 'wx' }).then(
    () => `The result is in ${rescue} instead`,
    (failure) => `Nor could it be kept in ${rescue}: ${reasonOf(failure)}`,
  );
  console.error(`The result could not be written to standard output: ${reasonOf(error)}. ${saved}.`);
  return false;
}

async function toStandardOutput(text: string): Promise<NodeJS.ErrnoException | null> {
  const found = fstatSync(STANDARD_OUTPUT);
  if (found.isFile() || (found.isCharacterDevice() && !process.stdout.isTTY)) {
    try {
      // Node's own stream does not look whether a disk took all of it.
      writeFileSync(STANDARD_OUTPUT, text);
      return null;
    } catch (error) {
      return error as NodeJS.ErrnoException;
    }
  }
  return new Promise((resolve) => {
    process.stdout.once('error', resolve);
    process.stdout.write(text, (error) => resolve(error ?? null));
  });
}
