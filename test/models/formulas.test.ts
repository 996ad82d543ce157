/** Every model explains itself: a sentence, and a formula that KaTeX can set. */
import katex from 'katex';
import { describe, expect, it } from 'vitest';
import { MODEL_IDS, MODELS } from '../../src/models/catalogue';

describe.each(MODEL_IDS)('%s', (id) => {
  const { sentence, formula, name } = MODELS[id];

  it('has a formula that starts with z', () => {
    const lines = formula.map((line) => katex.renderToString(line, { throwOnError: true, output: 'mathml' }));
    expect(lines[0]).toContain('<mi>z</mi>');
  });

  it('says in one sentence what it is', () => {
    expect(name.length).toBeGreaterThan(2);
    expect(sentence).toMatch(/^[A-Z][^.]*\.$/);
  });
});
