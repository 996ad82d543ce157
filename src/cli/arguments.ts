/** The command line's arguments: from words to a checked request. The settings' bounds are those of the page. */
import { parseArgs } from 'node:util';
import { UserError } from '../data/errors';
import { SCHEME_IDS } from '../embedding/catalogue';
import { type ExperimentPlan, FULL } from '../experiment/plan';
import { PRESETS, type PresetId } from '../experiment/presets';
import { CONTROLS, RETRAIN_MODES } from '../experiment/run-kinds';
import { GRANULARITIES, NUMBER_SETTINGS, PROTOCOLS, SPLITS } from '../experiment/settings';
import { MODEL_IDS } from '../models/catalogue';
import {
  DATA_OPTIONS,
  DATA_USAGE,
  type DataRequest,
  type OptionValues,
  parseDataArguments,
} from './data-arguments';

/** Settings given by the user: they replace the preset's. Values are checked by the settings' schema. */
export type Overrides = Record<string, unknown>;

export interface ExperimentRequest {
  readonly data: DataRequest;
  readonly preset: PresetId;
  readonly overrides: Overrides;
  readonly plan: ExperimentPlan;
  /** Seeds, when several are asked for. */
  readonly seeds: readonly number[];
  /** Path of a grid. */
  readonly sweep: string | null;
  readonly shard: { readonly i: number; readonly n: number };
  /** Paths of documents to merge instead of training. */
  readonly merge: readonly string[];
  /** Where the result goes; null: standard output. */
  readonly out: string | null;
  readonly quiet: boolean;
}

/** "thresholdInit" → "threshold-init". */
export function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

const NUMBER_FLAGS = Object.keys(NUMBER_SETTINGS).map((name) => ({ name, flag: kebab(name) }));

export const USAGE = `Usage: npm run --silent experiment -- [options]

${DATA_USAGE}
  --preset NAME                settings to start from: ${Object.keys(PRESETS).join(', ')}       [fast]
  --model NAME                 base model: ${MODEL_IDS.join(', ')}
  --scheme NAME                embedding scheme: ${SCHEME_IDS.join(', ')}
  --granularity NAME           ${Object.keys(GRANULARITIES).join(', ')}
  --targets A,B,…              parameter counts at which a ticket is saved
  --[no-]stop-at-last-target   end, or go on, when the smallest target is met
${NUMBER_FLAGS.map(({ name, flag }) => {
  const { label, min, max } = NUMBER_SETTINGS[name as keyof typeof NUMBER_SETTINGS];
  return `  --${`${flag} N`.padEnd(27)}${label}, ${min} to ${max}`;
}).join('\n')}
  --protocol NAME              how retrained models are selected: ${Object.keys(PROTOCOLS).join(', ')}
  --split NAME                 how rows are cut into train, validation, test: ${Object.keys(SPLITS).join(', ')}
  --full                       after the search: retrain every ticket and run every control
  --retrain A,B,…              retrain each ticket as ${RETRAIN_MODES.join(', ')}
  --controls A,B,…             controls of each ticket's size: ${CONTROLS.join(', ')}
  --seeds A,B,…                the same experiment for several seeds
  --sweep FILE                 JSON: settings and the values that each takes, e.g. {"dimension": [8, 16]}
  --shard I/N                  only every N-th experiment of the sweep, from the I-th on
  --merge FILE,FILE,…          put the results of shards together; nothing is trained
  --out FILE                   where the JSON result goes                        [standard output]
  --quiet                      no progress on standard error
  --help                       this text`;

/** @throws UserError of one line that says which argument is wrong and what is expected. */
export function parseExperimentArguments(args: readonly string[]): ExperimentRequest | 'help' {
  const values = parseWords(args);
  if (values.help) return 'help';
  const overrides: Overrides = {};
  for (const { name, flag } of NUMBER_FLAGS) {
    const text = values[flag];
    if (text !== undefined) overrides[name] = toNumber(String(text), `--${flag}`);
  }
  for (const name of ['model', 'scheme', 'granularity', 'protocol', 'split'] as const) {
    if (values[name] !== undefined) overrides[name] = values[name];
  }
  if (values.targets !== undefined) {
    overrides.targets = toNumbers(String(values.targets), '--targets');
  }
  if (values['mlp-widths'] !== undefined) {
    overrides.mlpWidths = toNumbers(String(values['mlp-widths']), '--mlp-widths');
  }
  if (values['stop-at-last-target'] !== undefined) overrides.stopAtLastTarget = values['stop-at-last-target'];

  const preset = String(values.preset ?? 'fast');
  if (!Object.hasOwn(PRESETS, preset)) {
    throw new UserError(`--preset: "${preset}" is unknown; choose ${Object.keys(PRESETS).join(' or ')}.`);
  }
  return {
    data: parseDataArguments(values),
    preset: preset as PresetId,
    overrides,
    plan: {
      retrain: toNames(values.retrain, '--retrain', RETRAIN_MODES, values.full ? FULL.retrain : []),
      controls: toNames(values.controls, '--controls', CONTROLS, values.full ? FULL.controls : []),
    },
    seeds: values.seeds === undefined ? [] : someOf(toNumbers(String(values.seeds), '--seeds'), '--seeds'),
    sweep: values.sweep === undefined ? null : toPath(values.sweep, '--sweep'),
    shard: toShard(values.shard),
    merge: values.merge === undefined ? [] : someOf(toWords(String(values.merge)), '--merge'),
    out: values.out === undefined ? null : toOut(values.out),
    quiet: values.quiet === true,
  };
}

function parseWords(args: readonly string[]) {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  try {
    return parseArgs({
      args: joinNegativeNumbers(args),
      strict: true,
      allowNegative: true,
      options: {
        ...DATA_OPTIONS,
        preset: text,
        model: text,
        scheme: text,
        granularity: text,
        protocol: text,
        split: text,
        targets: text,
        'mlp-widths': text,
        'stop-at-last-target': flag,
        ...Object.fromEntries(NUMBER_FLAGS.map((each) => [each.flag, text])),
        full: flag,
        retrain: text,
        controls: text,
        seeds: text,
        sweep: text,
        shard: text,
        merge: text,
        out: text,
        quiet: flag,
        help: { ...flag, short: 'h' },
      },
    }).values as OptionValues;
  } catch (error) {
    const [firstLine] = (error as Error).message.split(/\n|\. To specify/);
    throw new UserError(`${firstLine.replace(/\.$/, '')}. See --help.`);
  }
}

/** Lets "--threshold-init -8" be written with a space; parseArgs takes "-8" for another option. */
function joinNegativeNumbers(args: readonly string[]): string[] {
  const joined: string[] = [];
  for (const word of args) {
    const previous = joined.at(-1);
    if (/^-[\d.]/.test(word) && previous?.startsWith('--') && !previous.includes('=')) {
      joined[joined.length - 1] = `${previous}=${word}`;
    } else {
      joined.push(word);
    }
  }
  return joined;
}

/** A list such as "50000,30000". */
function toNumbers(text: string, option: string): number[] {
  return text
    .split(',')
    .filter((part) => part.trim() !== '')
    .map((part) => toNumber(part, option));
}

function toNumber(text: string, option: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) {
    throw new UserError(`${option}: "${text}" is not a number.`);
  }
  return value;
}

function toWords(text: string): string[] {
  return text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
}

/** An empty list is mostly a pattern or a variable that stands for nothing. */
function someOf<T>(list: T[], option: string): T[] {
  if (list.length > 0) return list;
  throw nothingNamed(option);
}

function nothingNamed(option: string): UserError {
  return new UserError(`${option}: nothing is named after it.`);
}

function toPath(value: OptionValues[string], option: string): string {
  if (value !== '') return String(value);
  throw nothingNamed(option);
}

/** "-" is standard output, as for other programs. Its other name cannot be opened where it is a socket. */
function toOut(value: OptionValues[string]): string | null {
  const path = toPath(value, '--out');
  return path === '-' || path === '/dev/stdout' ? null : path;
}

/** A list of names out of those that are `known`. */
function toNames<Name extends string>(
  value: OptionValues[string],
  option: string,
  known: readonly Name[],
  otherwise: readonly Name[],
): Name[] {
  if (value === undefined) return [...otherwise];
  return toWords(String(value)).map((word) => {
    const name = known.find((each) => each === word);
    if (name !== undefined) return name;
    throw new UserError(`${option}: "${word}" is unknown; choose from ${known.join(', ')}.`);
  });
}

/** "2/5": the second of five shards. */
function toShard(value: OptionValues[string]): { i: number; n: number } {
  if (value === undefined) return { i: 1, n: 1 };
  const [, i, n] = /^(\d+)\/(\d+)$/.exec(String(value))?.map(Number) ?? [];
  if (!(i >= 1 && i <= n)) throw new UserError(`--shard: "${value}" is not I/N with 1 ≤ I ≤ N, such as 2/5.`);
  return { i, n };
}
