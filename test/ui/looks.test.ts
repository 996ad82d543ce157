/** Runs in the charts across runs: every one can be seen and told from the others, and a search is not left out. */
import { describe, expect, it } from 'vitest';
import { RUN_KIND_IDS, type RunKindId } from '../../src/experiment/run-kinds';
import { IDLE_RUN, type RunView } from '../../src/store/run';
import { ownColor, type SavedRun } from '../../src/store/saved-run';
import { contrast, kindColor, looksOf, newestWithSearch, SURFACES } from '../../src/ui/compare/looks';

const SCHEMES = ['light', 'dark'] as const;
/** WCAG 1.4.11, for lines and marks. */
const LEAST_CONTRAST = 3;

function runOf(id: string, scheme: RunKindId, color = ownColor(scheme), experiment = 'one'): SavedRun {
  const config = { scheme: 'pep' };
  const start = { run: { id: scheme === 'pep' ? 'search' : id, label: id, scheme, target: null }, config };
  const view = { ...IDLE_RUN, start } as unknown as RunView;
  return { id, experiment, startedAt: 0, name: id, color, isHidden: false, notes: '', view };
}

describe.each(SCHEMES)('on a %s card', (scheme) => {
  it.each(RUN_KIND_IDS)('25 runs of the kind "%s" can be seen, and no two look the same', (kind) => {
    const runs = Array.from({ length: 25 }, (_, i) => runOf(`${kind} ${i}`, kind));
    const looks = [...looksOf(runs, scheme).values()];
    for (const { color } of looks) {
      expect(contrast(color, SURFACES[scheme]), color).toBeGreaterThanOrEqual(LEAST_CONTRAST);
    }
    expect(new Set(looks.map(({ color, pattern }) => `${color} ${pattern}`)).size).toBe(25);
  });

  it.each(RUN_KIND_IDS)('the first runs of the kind "%s" differ in shade as well as in pattern', (kind) => {
    const runs = Array.from({ length: 5 }, (_, i) => runOf(`${kind} ${i}`, kind));
    const looks = [...looksOf(runs, scheme).values()];
    expect(looks[0].color).toBe(kindColor(kind, scheme));
    looks.forEach((look, i) => {
      for (const other of looks.slice(0, i)) {
        expect(other.pattern).not.toBe(look.pattern);
        expect(contrast(other.color, look.color)).toBeGreaterThan(1.1);
      }
    });
    expect(contrast(looks[0].color, looks[1].color)).toBeGreaterThan(1.4);
  });
});

it('a colour that the user chose stays; one that came with the run does not', () => {
  const runs = [runOf('a', 'magnitude', '#d5a35b'), runOf('b', 'magnitude', '#00a000')];
  const looks = looksOf(runs, 'light');
  expect(looks.get('a')?.color).toBe(kindColor('magnitude', 'light'));
  expect(looks.get('b')?.color).toBe('#00a000');
});

describe('newestWithSearch', () => {
  const masks = Array.from({ length: 11 }, (_, i) => runOf(`mask ${i}`, 'magnitude'));
  const names = (runs: readonly SavedRun[]) => runs.map(({ name }) => name);

  it('keeps the search of the newest runs', () => {
    const drawn = newestWithSearch([runOf('Search', 'pep'), ...masks], 8);
    expect(names(drawn)).toEqual(['Search', ...names(masks.slice(-7))]);
  });

  it('keeps the searches of several experiments', () => {
    const other = [
      runOf('Search (2)', 'pep', undefined, 'two'),
      ...['x', 'y'].map((id) => runOf(id, 'ticket', undefined, 'two')),
    ];
    const drawn = newestWithSearch([runOf('Search', 'pep'), ...masks, ...other], 6);
    expect(names(drawn)).toEqual(['Search', 'mask 9', 'mask 10', 'Search (2)', 'x', 'y']);
  });

  it('leaves out a search that is not shown', () => {
    expect(names(newestWithSearch(masks, 3))).toEqual(['mask 8', 'mask 9', 'mask 10']);
  });
});
