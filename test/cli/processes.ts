/** The command line as its user starts it: real processes on a small table. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const LAUNCHER = ['src/setup/command.mjs', 'experiment'];

export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export function experiment(...args: string[]): Promise<Outcome> {
  return new Promise((resolve) => {
    execFile(process.execPath, [...LAUNCHER, ...args], (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr });
    });
  });
}

export interface Started {
  readonly process: ChildProcess;
  readonly ended: Promise<Outcome>;
  /** Resolves once standard error holds `words`. */
  said(words: string): Promise<void>;
}

/** A process that is looked at while it runs. */
export function start(...args: string[]): Started {
  return startWith('', ...args);
}

/** The same with a fault in it: `fault` is a module's text that the program loads before its own. */
export function startWith(fault: string, ...args: string[]): Started {
  const isProgram = "if (process.argv[1].endsWith('experiment.js'))";
  const preload = `data:text/javascript,${encodeURIComponent(`import fs from 'node:fs'; ${isProgram} { ${fault} }`)}`;
  const child = spawn(process.execPath, [...LAUNCHER, ...args], {
    detached: true,
    env: { ...process.env, ...(fault !== '' && { NODE_OPTIONS: `--import ${preload}` }) },
  });
  let stdout = '';
  let stderr = '';
  const listeners = new Set<() => void>();
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
    for (const listener of listeners) listener();
  });
  const ended = new Promise<Outcome>((resolve) => {
    child.on('close', (code) => resolve({ code: code ?? -1, stdout, stderr }));
  });
  const said = (words: string) =>
    new Promise<void>((resolve, reject) => {
      const look = () => stderr.includes(words) && resolve();
      listeners.add(look);
      look();
      void ended.then(() => reject(new Error(`"${words}" was never said, but:\n${stderr}`)));
    });
  return { process: child, ended, said };
}

/** A table that is read in a moment. */
export function writeTable(folder: string, rows = 2_000): string {
  const path = join(folder, 'clicks.csv');
  const lines = Array.from(
    { length: rows },
    (_, i) => `u${(i * 7919) % 97},i${(i * 31) % 53},${(i * i) % 3 ? 0 : 1}`,
  );
  writeFileSync(path, ['user,item,click', ...lines].join('\n'));
  return path;
}

/** Options of a run that ends in a moment, and of one that goes on until it is stopped. */
export const SHORT = ['--scheme', 'uniform', '--dimension', '2', '--batch-size', '64', '--epochs', '2'];
export const ENDLESS = [
  '--dimension',
  '64',
  '--batch-size',
  '8',
  '--epochs',
  '1000',
  '--threshold-init',
  '-200',
];
