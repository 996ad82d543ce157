/** The command line as its user sees it: real processes, real files. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { zipOf } from '../data/formats/tables';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pep-cli-'));
});
afterAll(() => rm(folder, { recursive: true }));

function experiment(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, ['src/setup/command.mjs', 'experiment', ...args], (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr });
    });
  });
}

describe('npm run experiment', () => {
  it('writes one JSON document with what was trained, on what, and how it went', async () => {
    const out = join(folder, 'result.json');
    const args = [
      '--dataset',
      'sample',
      '--epochs',
      '4',
      '--targets',
      '60000,40000',
      '--seed',
      '3',
      '--out',
      out,
    ];
    const { code, stdout, stderr } = await experiment(...args);
    expect(code, stderr).toBe(0);
    expect(stdout).toBe('');
    const result = JSON.parse(await readFile(out, 'utf8'));
    expect(result.config).toMatchObject({
      model: 'fm',
      scheme: 'pep',
      epochs: 4,
      seed: 3,
      targets: [60_000, 40_000],
    });
    expect(result.backend.id).toBe('cpu');
    const { rows, fields, features, positiveRate } = result.dataset;
    expect(rows).toBe(100_000);
    expect(fields).toHaveLength(8);
    expect(features).toBe(
      fields.reduce((sum: number, field: { features: number }) => sum + field.features, 0),
    );
    expect(positiveRate).toBeGreaterThan(0.4);
    const { trajectory, tickets, msPerStep } = result.search;
    expect(trajectory[0]).toMatchObject({ step: 0, epoch: 0, trainLoss: null });
    expect(trajectory.at(-1).meanG).toBeGreaterThan(trajectory[0].meanG);
    expect(trajectory.at(-1).validAuc).toBeGreaterThan(0.55);
    expect(tickets[0]).toMatchObject({
      target: 60_000,
      parameters: expect.any(Number),
      step: expect.any(Number),
    });
    expect(msPerStep).toBeGreaterThan(0);
    expect(result.results).toHaveLength(1);
    expect(result.results[0]).toMatchObject({ scheme: 'pep', model: 'fm', seed: 3 });
    expect(result.results[0].testAuc).toBeGreaterThan(0.55);
  });

  it('prints the document when no file is named', async () => {
    const { code, stdout } = await experiment(
      '--scheme',
      'uniform',
      '--epochs',
      '1',
      '--dimension',
      '2',
      '--quiet',
    );
    expect(code).toBe(0);
    expect(JSON.parse(stdout).search.trajectory[0].meanG).toBeNull();
  });

  it.each([
    [['--granularity', 'row'], /^--granularity: "row" is unknown; choose one of global/],
    [['--epochs', 'many'], /^--epochs: "many" is not a number\.$/],
    [['--epochs', '0'], /^--epochs: Epochs must be a number from 1 to 1000\.$/],
    [['--preset', 'slow'], /^--preset: "slow" is unknown; choose fast or paper\.$/],
    [['--threshold-init', '-1'], /every number would be pruned at step 0/],
    [['--split', 'by-user'], /^--split: "by-user" is unknown; choose one of random, stratified\.$/],
    [['--targets', '5000,x'], /^--targets: "x" is not a number\.$/],
    [['--dataset', 'missing.zip'], /^--dataset missing\.zip: there is no such file\./],
    [['--dataset', 'package.json'], /^package\.json is not a data set/],
    [['--dataset', 'sample', '--file', 'a.csv'], /^--file: the generated sample is not read from a file/],
    [['--out', '/no/such/folder/result.json'], /^--out .*the folder .* does not exist\.$/],
    [['--pace', '3'], /^Unknown option '--pace'/],
  ])('refuses %j with one line and exit code 2', async (args, message) => {
    const { code, stdout, stderr } = await experiment(...args);
    expect(stderr.trimEnd()).toMatch(message);
    expect(stderr.trimEnd()).not.toContain('\n');
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });

  describe('labels that are rare', () => {
    const table = (rows: number, ones: readonly number[]) =>
      [
        'user,item,label',
        ...Array.from({ length: rows }, (_, i) => `u${i % 9},i${i % 7},${Number(ones.includes(i))}`),
      ].join('\n');
    const args = ['--scheme', 'uniform', '--epochs', '2', '--batch-size', '32', '--dimension', '2'];
    const train = async (name: string, text: string, ...more: string[]) => {
      const [data, out] = [join(folder, `${name}.csv`), join(folder, `${name}.json`)];
      await writeFile(data, text);
      const { code, stderr } = await experiment('--dataset', data, ...args, ...more, '--out', out);
      return { code, stderr, document: code === 0 ? JSON.parse(await readFile(out, 'utf8')) : null };
    };

    it('are named before training, and what was not measured is null', async () => {
      const { code, stderr, document } = await train('one', table(200, [3]));
      expect(code, stderr).toBe(0);
      expect(stderr).toContain('Warning: Validation has no row with label 1: its AUC cannot be computed');
      expect(stderr).toContain('validation AUC –, test AUC –');
      const [result] = document.results;
      expect(result).toMatchObject({ validAuc: null, testAuc: null, converged: false });
      expect(result.epochs).toBeGreaterThan(0);
      expect(result.notes.join(' ')).toContain('validation has no row with label 1');
    });

    it('are in every part of a stratified split', async () => {
      const text = table(200, [3, 50, 120, 121]);
      expect((await train('few', text)).stderr).toContain('A stratified split would put 1 there.');
      const { code, stderr, document } = await train('few', text, '--split', 'stratified');
      expect(code, stderr).toBe(0);
      expect(document.config.split).toBe('stratified');
      expect(document.dataset.splitLabels).toEqual({ train: [156, 2], validation: [19, 1], test: [21, 1] });
      expect(document.results[0]).toMatchObject({
        validAuc: expect.any(Number),
        testAuc: expect.any(Number),
      });
      expect(document.results[0]).not.toHaveProperty('notes');
    });

    it('are refused where training has none, for each seed', async () => {
      const { code, stderr } = await train('refused', table(200, [3]), '--seeds', '1,2,3,4,5,6,7,8,9');
      expect(code).toBe(2);
      expect(stderr).toMatch(/^seed \d, random split: The training rows have no row with label 1/m);
    });
  });

  it('asks which of several tables is meant, and reads the one that --file names', async () => {
    const rows = (count: number) => Array.from({ length: count }, (_, i) => `${i % 2},${i % 5}\n`).join('');
    const zip = zipOf('shop.zip', { 'a.csv': `click,x\n${rows(200)}`, 'b.csv': `click,x\n${rows(300)}` });
    const path = join(folder, 'shop.zip');
    await writeFile(path, new Uint8Array(await zip.arrayBuffer()));
    const asked = await experiment('--dataset', path);
    expect(asked.stderr.trimEnd()).toMatch(
      /^shop\.zip holds 2 tables: a\.csv \([\d,]+ bytes\), b\.csv \([\d,]+ bytes\)\. Choose one, such as --file "a\.csv"\.$/,
    );
    expect(asked.code).toBe(2);
    const plan = ['--scheme', 'uniform', '--model', 'lr', '--epochs', '1', '--batch-size', '32'];
    const { code, stdout } = await experiment('--dataset', path, '--file', 'b.csv', ...plan);
    expect(code).toBe(0);
    expect(stdout).toContain('"shop.zip, b.csv"');
  });

  it('explains itself', async () => {
    const { code, stdout } = await experiment('--help');
    expect(code).toBe(0);
    expect(stdout).toContain('--granularity NAME');
  });
});

describe('experiments of several runs', () => {
  const quick = [
    '--epochs',
    '1',
    '--dimension',
    '4',
    '--targets',
    '26000',
    '--retrain-epochs',
    '1',
    '--quiet',
  ];
  const file = (name: string) => join(folder, name);
  const read = async (name: string) => JSON.parse(await readFile(file(name), 'utf8'));

  it('retrains, controls, repeats for several seeds and sums up', async () => {
    const args = ['--retrain', 'ticket', '--controls', 'uniform,random', '--seeds', '1,2'];
    const { code, stderr } = await experiment(...quick, ...args, '--out', file('seeds.json'));
    expect(code, stderr).toBe(0);
    const document = await read('seeds.json');
    const schemes = document.results.map(({ scheme }: { scheme: string }) => scheme);
    expect(schemes).toEqual(['pep', 'ticket', 'uniform', 'random', 'pep', 'ticket', 'uniform', 'random']);
    const [, ticket] = document.results;
    expect(ticket).toMatchObject({
      target: 26_000,
      seed: 1,
      parameters: document.search.tickets[0].parameters,
    });
    expect(ticket.bytes.bitmask).toBeLessThan(ticket.bytes.csr);
    expect(document.experiments).toHaveLength(2);
    expect(document.summary[1]).toMatchObject({ scheme: 'ticket', seeds: [1, 2] });
  });

  it('cuts a sweep into shards that put together are the sweep', async () => {
    await writeFile(file('grid.json'), '{"scheme": ["uniform"], "targets": [[]], "dimension": [1, 2, 3]}');
    const sweep = [...quick, '--sweep', file('grid.json')];
    for (const shard of ['1', '2']) {
      const { code, stderr } = await experiment(
        ...sweep,
        '--shard',
        `${shard}/2`,
        '--out',
        file(`part-${shard}.json`),
      );
      expect(code, stderr).toBe(0);
    }
    const parts = [file('part-1.json'), file('part-2.json')].join(',');
    const { code, stderr } = await experiment('--merge', parts, '--out', file('merged.json'));
    expect(code, stderr).toBe(0);
    const { experiments } = await read('merged.json');
    const dimensions = experiments.map(({ config }: { config: { dimension: number } }) => config.dimension);
    expect(dimensions.sort()).toEqual([1, 2, 3]);
  });

  it.each([
    [['--retrain', 'lottery'], /^--retrain: "lottery" is unknown; choose from ticket, reinit, rewind\.$/],
    [['--controls', 'pep'], /^--controls: "pep" is unknown; choose from uniform, magnitude, random\.$/],
    [['--shard', '3/2'], /^--shard: "3\/2" is not I\/N with 1 ≤ I ≤ N, such as 2\/5\.$/],
    [['--merge', 'package.json'], /^--merge package\.json: it does not say "format": "pep-playground\/1"\.$/],
    [['--merge', 'missing.json'], /^--merge missing\.json: there is no such file\.$/],
    [['--sweep', 'README.md'], /^--sweep README\.md: expected JSON that names settings/],
  ])('refuses %j with one line and exit code 2', async (args, message) => {
    const { code, stderr } = await experiment(...args);
    expect(stderr.trimEnd()).toMatch(message);
    expect(stderr.trimEnd()).not.toContain('\n');
    expect(code).toBe(2);
  });
});
