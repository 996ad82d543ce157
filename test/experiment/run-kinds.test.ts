/** The table of kinds of runs: each scheme is one, and what is said of a kind agrees with what it does. */
import { describe, expect, it } from 'vitest';
import { SCHEME_IDS, SCHEMES } from '../../src/embedding/catalogue';
import { FULL, plannedRuns, planSchema } from '../../src/experiment/plan';
import { presetConfig } from '../../src/experiment/presets';
import { CONTROLS, RETRAIN_MODES, RUN_KIND_IDS, RUN_KINDS } from '../../src/experiment/run-kinds';
import { planSearch } from '../../src/experiment/search';

describe('each kind', () => {
  it('has a name and a label of its own', () => {
    for (const read of ['name', 'label'] as const) {
      expect(new Set(RUN_KIND_IDS.map((id) => RUN_KINDS[id][read])).size).toBe(RUN_KIND_IDS.length);
    }
  });

  it.each([...RETRAIN_MODES, ...CONTROLS])('that follows a search can be planned: "%s"', (id) => {
    const plan = planSchema.parse({
      retrain: RETRAIN_MODES.filter((mode) => mode === id),
      controls: CONTROLS.filter((control) => control === id),
    });
    const config = { ...presetConfig('fast', 100), targets: [160] };
    const runs = plannedRuns(config, plan, planSearch(config).description);
    expect(runs.at(-1)).toEqual({
      id: `${id}-160`,
      label: `${RUN_KINDS[id].label}, 160`,
      scheme: id,
      target: 160,
    });
  });
});

describe.each(SCHEME_IDS)('the scheme "%s"', (scheme) => {
  const { savesTickets, reads } = SCHEMES[scheme];
  const config = { ...presetConfig('fast', 100), scheme };

  it('is a kind of run, and a full experiment goes on after it where it saves tickets', () => {
    const search = planSearch(config).description;
    expect(search.scheme).toBe(scheme);
    expect(search.label).toContain(RUN_KINDS[scheme].label);
    expect(plannedRuns(config, FULL, search).length > 1).toBe(savesTickets);
  });

  it('reads the targets where it saves tickets, and a granularity where it has thresholds', () => {
    expect(reads.some((name) => name === 'targets')).toBe(savesTickets);
    expect(reads.some((name) => name === 'granularity')).toBe(RUN_KINDS[scheme].hasThresholds);
  });
});
