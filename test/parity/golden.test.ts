/** Golden files that are not what they should be are refused by file and field. */
import { describe, expect, inject, it } from 'vitest';
import { createCpuEngine } from '../../src/engine/cpu/engine';
import { parseGolden } from './golden';
import { runGolden } from './run';

const NAME = 'deepfm_field.json';
const good = inject('goldenFiles').find(({ name }) => name === NAME);

/** The good file with one part of its text replaced. */
function spoilt(part: string | RegExp, replacement: string): { name: string; text: string } {
  const text = good?.text.replace(part, replacement) ?? '';
  expect(text).not.toBe(good?.text);
  return { name: 'bad.json', text };
}

async function run(file: { name: string; text: string }) {
  const engine = createCpuEngine('golden test');
  try {
    return await runGolden(file.name, parseGolden(file), engine);
  } finally {
    engine.dispose();
  }
}

describe('a golden file', () => {
  it.each([
    ['that is cut off', /\}\s*$/, '', /^bad\.json: not JSON/],
    ['of another format', 'pep-golden/1', 'pep-golden/2', /^bad\.json: format: /],
    ['with an unknown key', '"config"', '"extra": 1, "config"', /^bad\.json: \(top\): .*"extra"/],
    ['without a key', '"nonzero_after5"', '"nonzero_after6"', /bad\.json: nonzero_after5: /],
    ['with an unknown setting', '"latent_dim"', '"gamma": 2, "latent_dim"', /bad\.json: config: .*"gamma"/],
    ['of an unknown model', /"model":\s*"deepfm"/, '"model": "dcn"', /bad\.json: config\.model: /],
    [
      'with an id out of range',
      /"ids":\s*\[\s*\[\s*\d+/,
      '"ids": [[99',
      /bad\.json: batches\.0\.ids\.0: \[99,/,
    ],
    ['with a word for a number', /"loss":\s*[\d.]+/, '"loss": "low"', /bad\.json: steps\.0\.loss: /],
    [
      'with a shape that its numbers do not fill',
      /"embedding\.v":\s*\{\s*"shape":\s*\[\s*15/,
      '"embedding.v": {"shape": [14',
      /bad\.json: .*embedding\.v: holds another number of values/,
    ],
    [
      'with a tensor that the model does not have',
      /"linear\.bias":/,
      '"linear.scale":',
      /bad\.json: .*linear\.scale: this model has no such tensor/,
    ],
    [
      'with a tensor of another shape',
      /("mlp\.mlp\.0\.weight":\s*\{\s*"shape":\s*\[\s*)8(,\s*)12/,
      '$112$28',
      /bad\.json: .*mlp\.mlp\.0\.weight: has shape \[12,8\], the model's is \[8,12\]/,
    ],
  ])('%s is refused', async (_, part, replacement, message) => {
    await expect(run(spoilt(part, replacement))).rejects.toThrow(message);
  });

  it('as it is, is read', async () => {
    expect((await run(spoilt('"torch"', ' "torch"'))).steps).toHaveLength(5);
  });
});
