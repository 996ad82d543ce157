/** Nothing that was trained is lost: real processes, real files, real signals. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readExperiments } from '../../src/experiment/document';
import { ENDLESS, experiment, SHORT, start, startWith, writeTable } from './processes';

let folder: string;
let data: string[];
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'pep-cli-'));
  data = ['--dataset', writeTable(folder)];
});
afterAll(() => rmSync(folder, { recursive: true }));

const file = (name: string) => join(folder, name);
const read = (path: string) => readFileSync(path, 'utf8');
const leftovers = () => readdirSync(folder).filter((name) => name.endsWith('.tmp'));

describe('--out is tried before anything is trained', () => {
  it.each([
    ['a folder', () => folder, /this is a folder\. Name a file in it, such as .*result\.json\.$/],
    ['a folder that is not there', () => `${file('new')}/`, /this is a folder/],
    ['a file in no folder', () => file('no/such/result.json'), /the folder .* does not exist\.$/],
    ['a file in a file', () => join(data[1], 'result.json'), /one of its folders is a file\.$/],
    ['a name that is too long', () => file('n'.repeat(300)), /the name is too long\.$/],
    ['a full disk', () => '/dev/full', /the disk is full\.$/],
    ['the data set', () => data[1], /this is the file of --dataset, which would be lost/],
    ['nothing', () => '', /^--out: nothing is named after it\.$/],
  ])('refuses %s with one line', async (_, out, message) => {
    const before = read(data[1]);
    const { code, stdout, stderr } = await experiment(...data, ...SHORT, '--quiet', '--out', out());
    expect(stderr.trimEnd()).toMatch(message);
    expect(stderr.trimEnd()).not.toContain('\n');
    expect({ code, stdout, left: leftovers() }).toEqual({ code: 2, stdout: '', left: [] });
    expect(read(data[1])).toBe(before);
  });

  it('refuses the data set by another name, the grid, and what is merged', async () => {
    symlinkSync(data[1], file('link.csv'));
    writeFileSync(file('grid.json'), '{"seed": [1, 2]}');
    for (const args of [
      [...data, '--out', file('link.csv')],
      [...data, '--sweep', file('grid.json'), '--out', file('grid.json')],
      ['--merge', file('grid.json'), '--out', file('grid.json')],
      ['--dataset', folder, '--out', data[1]],
    ]) {
      const { code, stderr } = await experiment(...args);
      expect(stderr).toMatch(/which would be lost\. Name another file\.$/m);
      expect(code).toBe(2);
    }
  });

  it.each([
    [['--merge', ' , '], /^--merge: nothing is named after it\.$/],
    [['--seeds', ''], /^--seeds: nothing is named after it\.$/],
    [['--sweep', ''], /^--sweep: nothing is named after it\.$/],
    [['--sweep', '.'], /^--sweep \.: this is a folder, not a file\.$/],
    [['--merge', '.'], /^--merge \.: this is a folder, not a file\.$/],
    [['--preset', 'constructor'], /^--preset: "constructor" is unknown; choose fast or paper\.$/],
    [['--retrain', 'toString'], /^--retrain: "toString" is unknown; choose from ticket/],
    [['--controls', '__proto__'], /^--controls: "__proto__" is unknown; choose from uniform/],
    [['--model', 'toString'], /^--model: "toString" is unknown; choose one of lr/],
  ])('refuses %j with one line', async (args, message) => {
    const { code, stderr } = await experiment(...args);
    expect(stderr.trimEnd()).toMatch(message);
    expect(stderr.trimEnd()).not.toContain('\n');
    expect(code).toBe(2);
  });
});

describe('a result is written as a whole', () => {
  it('through a link, with the rights that the file had, and leaves nothing beside it', async () => {
    mkdirSync(file('deep'));
    writeFileSync(file('deep/kept.json'), 'old');
    chmodSync(file('deep/kept.json'), 0o640);
    symlinkSync(file('deep/kept.json'), file('link.json'));
    const { code, stderr } = await experiment(...data, ...SHORT, '--quiet', '--out', file('link.json'));
    expect(code, stderr).toBe(0);
    expect(readExperiments(read(file('deep/kept.json')))).toHaveLength(1);
    expect(statSync(file('deep/kept.json')).mode & 0o777).toBe(0o640);
    expect(readdirSync(file('deep'))).toEqual(['kept.json']);
  });

  it('leaves a device a device', async () => {
    const { code } = await experiment(...data, ...SHORT, '--quiet', '--out', '/dev/null');
    expect(code).toBe(0);
    expect(statSync('/dev/null').isCharacterDevice()).toBe(true);
  });

  it('keeps what was there where the run is refused', async () => {
    writeFileSync(file('earlier.json'), 'earlier');
    const { code } = await experiment(...data, '--batch-size', '16384', '--out', file('earlier.json'));
    expect(code).toBe(2);
    expect(read(file('earlier.json'))).toBe('earlier');
  });

  it('goes to a file beside one that another process has written meanwhile', async () => {
    const out = file('shared.json');
    const { process, ended, said } = start(...data, ...ENDLESS, '--out', out);
    await said('steps;');
    writeFileSync(out, 'of another process');
    process.kill('SIGTERM');
    const { code, stderr } = await ended;
    expect(stderr).toContain(`another process has written ${out} meanwhile`);
    expect(code).toBe(1);
    expect(read(out)).toBe('of another process');
    expect(readExperiments(read(file('shared-2.json')))).toHaveLength(1);
  });
});

describe('shards', () => {
  it('that are empty write a document that --merge takes, and say so', async () => {
    const [part, empty, merged] = ['part.json', 'empty.json', 'merged.json'].map(file);
    const run = [...data, ...SHORT, '--quiet'];
    expect((await experiment(...run, '--shard', '1/2', '--out', part)).code).toBe(0);
    const { code, stderr } = await experiment(...run, '--shard', '2/2', '--out', empty);
    expect(stderr).toMatch(/^Shard 2 of 2 is empty/);
    expect(code).toBe(0);
    expect(readExperiments(read(empty))).toEqual([]);
    for (const [files, count] of [
      [`${empty},${part}`, 1],
      [empty, 0],
    ] as const) {
      const outcome = await experiment('--merge', files, '--out', merged);
      expect(outcome).toEqual({ code: 0, stdout: '', stderr: '' });
      expect(readExperiments(read(merged))).toHaveLength(count);
    }
    const twice = await experiment('--merge', `${part},${part}`);
    expect(twice.stderr).toContain('this file is there twice');
    expect(twice.code).toBe(2);
  });

  it('that are damaged are left out of what is merged, and that is said', async () => {
    const fixture = readFileSync('test/fixtures/v0.1/merged.json.gz');
    const sweep = JSON.parse(gunzipSync(fixture).toString());
    sweep.experiments[1].dataset.features++;
    const [damaged, merged] = ['damaged.json', 'mended.json'].map(file);
    writeFileSync(damaged, JSON.stringify(sweep));
    const { code, stderr } = await experiment('--merge', damaged, '--out', merged);
    expect([code, stderr]).toEqual([
      0,
      expect.stringContaining(`Left out of ${damaged}: experiment 2 of 2, dataset.features: must be 56`),
    ]);
    expect(readExperiments(read(merged))).toHaveLength(1);
  });

  it("do not take another shard's file, but their own again", async () => {
    const out = file('one-for-all.json');
    // A setting that these runs do not read, and do not write down.
    const run = [...data, ...SHORT, '--quiet', '--seeds', '1,2', '--collisions', '9', '--out', out];
    expect((await experiment(...run, '--shard', '1/2')).code).toBe(0);
    const { code, stderr } = await experiment(...run, '--shard', '2/2');
    expect(stderr).toContain('Give each shard a file of its own');
    expect(code).toBe(2);
    expect((await experiment(...run, '--shard', '1/2')).code).toBe(0);
    expect(readExperiments(read(out)).map(({ config }) => config.seed)).toEqual([1]);
  });
});

describe('a signal', () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    '%s ends the run and keeps what there is',
    async (signal) => {
      const out = file(`${signal}.json`);
      const { process, ended, said } = start(...data, ...ENDLESS, '--out', out);
      await said('steps;');
      process.kill(signal);
      const { code, stderr } = await ended;
      expect(stderr).toMatch(/Cancelled at step \d+; the result holds what was recorded until then\./);
      expect(code).toBe(1);
      expect(readExperiments(read(out))[0].search.ended).toBe('cancelled');
      expect(leftovers()).toEqual([]);
    },
  );

  it('of a terminal, which goes to all of its processes, is one wish', async () => {
    const { process, ended, said } = start(...data, ...ENDLESS);
    await said('steps;');
    globalThis.process.kill(-(process.pid as number), 'SIGINT');
    const { code, stdout } = await ended;
    expect(code).toBe(1);
    expect(readExperiments(stdout)).toHaveLength(1);
  });

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('a second %s ends at once with exit code %i', async (signal, code) => {
    // A pipe that nobody reads: the run is over, its result waits.
    const pipe = file(`${signal}.pipe`);
    execFileSync('mkfifo', [pipe]);
    const { process, ended, said } = start(...data, ...ENDLESS, '--out', pipe);
    await said('steps;');
    process.kill(signal);
    await said('the run ends after this step');
    await setTimeout(1_000);
    expect(process.exitCode).toBeNull();
    process.kill(signal);
    expect((await ended).code).toBe(code);
  });

  it('a second one ends a program that is deep in a step, too', async () => {
    const busy =
      "process.once('SIGTERM', () => { const end = Date.now() + 30_000; while (Date.now() < end); });";
    const { process, ended, said } = startWith(busy, ...data, ...ENDLESS);
    await said('steps;');
    process.kill('SIGTERM');
    await setTimeout(1_000);
    const from = performance.now();
    process.kill('SIGTERM');
    expect((await ended).code).toBe(143);
    expect(performance.now() - from).toBeLessThan(10_000);
  });

  it('while the data is read ends the process as any other', async () => {
    const { process, ended } = start(...data, ...ENDLESS);
    await once(process, 'spawn');
    process.kill('SIGTERM');
    await ended;
    expect(process.signalCode === 'SIGTERM' || process.exitCode === 143).toBe(true);
  });
});

describe('a finished experiment', () => {
  it('is in the file before the next one ends, even if the process is killed', async () => {
    const out = file('killed.json');
    writeFileSync(file('growing.json'), '{"epochs": [1, 1000], "dimension": [128]}');
    const sweep = ['--scheme', 'uniform', '--batch-size', '8', '--sweep', file('growing.json')];
    const { process, ended, said } = start(...data, ...sweep, '--out', out);
    await said('Experiment 2 of 2');
    globalThis.process.kill(-(process.pid as number), 'SIGKILL');
    await ended;
    expect(readExperiments(read(out)).map(({ config }) => config.epochs)).toEqual([1]);
  });

  it.each(['file', 'output'] as const)(
    'is in the %s where a later one fails as nobody foresaw',
    async (place) => {
      const out = file('failed.json');
      // Where the second experiment splits its rows.
      const fault = `
      const from = Uint32Array.from;
      let splits = 0;
      Uint32Array.from = (...words) => {
        // The first frame is this module, named by its own text.
        const stack = new Error().stack.split('\\n').slice(2).join();
        if (/splitRows[^]*recordExperiment/.test(stack) && ++splits === 2) throw new Error('No memory');
        return from.apply(Uint32Array, words);
      };`;
      const run = [...data, ...SHORT, '--seeds', '1,2,3', ...(place === 'file' ? ['--out', out] : [])];
      const { code, stdout, stderr } = await startWith(fault, ...run).ended;
      expect(stderr).toContain('Error: No memory');
      expect(code).toBe(1);
      const text = place === 'file' ? read(out) : stdout;
      expect(readExperiments(text).map(({ config }) => config.seed)).toEqual([1]);
    },
  );

  it('has its runs in the file before it ends', async () => {
    const out = file('running.json');
    const control = [
      '--targets',
      '4000',
      '--controls',
      'random',
      '--retrain-epochs',
      '1000',
      '--patience',
      '1000',
    ];
    const run = ['--dimension', '64', '--batch-size', '8', '--epochs', '1', ...control];
    const { process, ended, said } = start(...data, ...run, '--out', out);
    await said('Random mask');
    globalThis.process.kill(-(process.pid as number), 'SIGKILL');
    await ended;
    expect(readExperiments(read(out))[0].results).toHaveLength(1);
  });

  it('goes to standard output where its file cannot be written at last', async () => {
    const out = file('gone/result.json');
    mkdirSync(file('gone'));
    const { process, ended, said } = start(...data, ...ENDLESS, '--out', out);
    await said('steps;');
    rmSync(file('gone'), { recursive: true });
    process.kill('SIGTERM');
    const { code, stdout, stderr } = await ended;
    expect(stderr).toContain('The result goes to standard output instead.');
    expect(code).toBe(1);
    expect(readExperiments(stdout)).toHaveLength(1);
  });
});

describe('standard output', () => {
  const run = () => ['src/setup/command.mjs', 'experiment', ...data, ...SHORT, '--quiet'];

  it('is "-", too', async () => {
    const { stdout } = await experiment(...data, ...SHORT, '--quiet', '--out', '-');
    expect(readExperiments(stdout)).toHaveLength(1);
    expect(existsSync('-')).toBe(false);
  });

  it('that nobody reads ends quietly', async () => {
    const child = spawn(process.execPath, run());
    child.stdout.destroy();
    let stderr = '';
    child.stderr.on('data', (chunk) => {
      stderr += chunk;
    });
    const [code] = await once(child, 'close');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  it.skipIf(!existsSync('/dev/full'))('that is full does not lose the result', async () => {
    const command = `"${process.execPath}" ${run().join(' ')} > /dev/full`;
    const child = spawn('sh', ['-c', command], { env: { ...process.env, TMPDIR: folder } });
    let stderr = '';
    child.stderr.on('data', (chunk) => {
      stderr += chunk;
    });
    const [code] = await once(child, 'close');
    expect(code).toBe(1);
    const [, rescue] =
      /standard output: the disk is full\. The result is in (\S+) instead\./.exec(stderr) ?? [];
    expect(readExperiments(read(rescue))).toHaveLength(1);
  });
});
