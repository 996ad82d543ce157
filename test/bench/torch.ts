/** A PyTorch step beside ours, where python3 has torch: torch_step.py in a process of its own, which takes turns. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Guest } from './rows';
import type { BenchModel, Work } from './work';

export const TORCH_ADVICE =
  'PyTorch is not measured: python3 has no torch (on Debian: apt-get install python3-torch).';

const CANDIDATES = ['python3', '/usr/bin/python3'];

/** The python3 that has torch; null where none has. */
export function findTorch(): string | null {
  return CANDIDATES.find((python) => spawnSync(python, ['-c', 'import torch']).status === 0) ?? null;
}

export async function createTorch(
  root: string,
  python: string,
  model: BenchModel,
  work: Work,
  variant: 'pep' | 'uniform',
): Promise<Guest> {
  const child = spawn(python, [join(root, 'test', 'bench', 'torch_step.py')], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, OMP_NUM_THREADS: '1' },
  });
  const lines = createInterface({ input: child.stdout });
  const death = died(child);
  const ask = async (request: object): Promise<unknown> => {
    const answer = once(lines, 'line');
    child.stdin.write(`${JSON.stringify(request)}\n`);
    const [line] = await Promise.race([answer, death]);
    return JSON.parse(String(line));
  };
  const version = await ask({ model, variant, ...work });
  return {
    engine: 'torch',
    adapter: `PyTorch ${version}, one thread`,
    variant,
    contender: {
      name: `torch ${variant}`,
      run: async (steps) => Number(await ask({ steps })),
      dispose: () => child.stdin.end(),
    },
  };
}

async function died(child: ChildProcess): Promise<never> {
  const [code] = await once(child, 'exit');
  throw new Error(`The PyTorch step ended with exit code ${code}`);
}
