/** The command line's arguments: from words to a checked request. The settings' bounds are those of the page. */
import { parseArgs } from 'node:util';
import { UserError } from '../data/errors';
import { type ExperimentPlan, FULL } from '../experiment/plan';
import { DEFAULT_PRESET, PRESET_IDS, type PresetId } from '../experiment/preset-catalogue';
import { CONTROLS, RETRAIN_MODES } from '../experiment/run-kinds';
import { readList, unreadableItem } from '../experiment/setting-text';
import {
  DATA_OPTIONS,
  DATA_USAGE,
  type DataRequest,
  type OptionValues,
  parseDataArguments,
} from './data-arguments';
import { parseSettingArguments, SETTING_OPTIONS, SETTING_USAGE } from './setting-arguments';

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

export const USAGE = `Usage: npm run --silent experiment -- [options]

${DATA_USAGE}
  --preset NAME                settings to start from: ${PRESET_IDS.join(', ')}       [${DEFAULT_PRESET}]
${SETTING_USAGE}
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
  const preset = PRESET_IDS.find((id) => id === String(values.preset ?? DEFAULT_PRESET));
  if (preset === undefined) {
    throw new UserError(`--preset: "${values.preset}" is unknown; choose ${PRESET_IDS.join(' or ')}.`);
  }
  return {
    data: parseDataArguments(values),
    preset,
    overrides: parseSettingArguments(values),
    plan: {
      retrain: toNames(values.retrain, '--retrain', RETRAIN_MODES, values.full ? FULL.retrain : []),
      controls: toNames(values.controls, '--controls', CONTROLS, values.full ? FULL.controls : []),
    },
    seeds: values.seeds === undefined ? [] : someOf(toNumbers(values.seeds, '--seeds'), '--seeds'),
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
        ...SETTING_OPTIONS,
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

function toWords(text: string): string[] {
  return text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
}

function toNumbers(value: OptionValues[string], option: string): number[] {
  const text = String(value);
  const word = unreadableItem(text);
  if (word === null) return readList(text);
  throw new UserError(`${option}: "${word}" is not a number.`);
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
