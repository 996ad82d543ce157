/** The benchmark's arguments. */
import { parseArgs } from 'node:util';
import { UserError } from '../../src/data/errors';
import { BENCH_MODELS, type BenchModel, parseNames, WORKS, type WorkName } from './work';

export const PARTS = {
  'cpu-node': 'a step on the CPU engine in Node, PEP and uniform, beside PyTorch where python3 has it',
  'cpu-chromium': 'the same in Chromium',
  webgpu: "a step on WebGPU, beside the same step in tfjs's own operations",
  granularities: 'FM with thresholds of each granularity on the CPU engine',
  growth: 'how a step of FM grows with N, d, B and F on the CPU engine',
  'growth-webgpu': 'the same on WebGPU',
  memory: 'floats held for a million features',
  'start-up': 'what the page loads first, and the time from Train to the first chart point',
} as const;
export type Part = keyof typeof PARTS;

/** Those that an ordinary run leaves out: slow without a graphics card. */
const NOT_BY_DEFAULT: readonly Part[] = ['growth-webgpu'];

export interface BenchRequest {
  readonly parts: readonly Part[];
  readonly models: readonly BenchModel[];
  readonly works: readonly WorkName[];
  readonly rounds: number;
  readonly usesGpu: boolean;
  readonly out: string | null;
}

export const USAGE = `Usage: npm run bench -- [options]

  --only A,B,…     parts to run                                  [all but ${NOT_BY_DEFAULT.join(', ')}]
${Object.entries(PARTS)
  .map(([name, help]) => `                   ${name.padEnd(15)}${help}`)
  .join('\n')}
  --models A,B,…   ${BENCH_MODELS.join(', ')}                           [all]
  --works A,B,…    ${Object.keys(WORKS).join(', ')}                     [all]
  --rounds N       turns of each contender                       [15]
  --gpu            the real graphics adapter instead of SwiftShader
  --out FILE       write the rows as JSON
  --help           this text`;

/** @throws UserError of one line that says which argument is wrong. */
export function parseBenchArguments(args: readonly string[]): BenchRequest | 'help' {
  const values = parseWords(args);
  if (values.help) return 'help';
  const all = Object.keys(PARTS) as Part[];
  const works = Object.keys(WORKS) as WorkName[];
  const rounds = Number(values.rounds ?? 15);
  if (!Number.isInteger(rounds) || rounds < 1)
    throw new UserError('--rounds needs a whole number of at least 1.');
  return {
    parts: values.only
      ? parseNames(values.only, all, '--only')
      : all.filter((part) => !NOT_BY_DEFAULT.includes(part)),
    models: values.models ? parseNames(values.models, BENCH_MODELS, '--models') : BENCH_MODELS,
    works: values.works ? parseNames(values.works, works, '--works') : works,
    rounds,
    usesGpu: values.gpu === true,
    out: values.out ?? null,
  };
}

function parseWords(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        only: { type: 'string' },
        models: { type: 'string' },
        works: { type: 'string' },
        rounds: { type: 'string' },
        gpu: { type: 'boolean' },
        out: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch (error) {
    const [sentence] = (error as Error).message.split('. ');
    throw new UserError(`${sentence}. See --help.`);
  }
}
