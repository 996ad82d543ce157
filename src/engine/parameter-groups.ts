/**
 * The parameters of a run by groups that are moved alike, each by an optimiser of its own, and what the device needs of
 * them at the step under way.
 */
import type { DeviceArray, GradientSource } from './device';
import type { Engine } from './engine';
import { createOptimiser, HYPER_LENGTH, HYPER_PASS, HYPER_STEP, writeOptimiser } from './hyper';
import { ADAM, type Optimiser, type OptimiserSettings } from './optimiser';

/** What every run names, whether or not its scheme and its model have such parameters. */
export const PARAMETER_GROUPS = ['table', 'thresholds', 'linear', 'dense'] as const;
export type ParameterGroupSettings = Readonly<Record<(typeof PARAMETER_GROUPS)[number], OptimiserSettings>>;

/** Adam for all: table, linear term and dense parameters alike, thresholds with numbers of their own. */
export function adamForAll(
  model: Omit<OptimiserSettings, 'rule'>,
  thresholds: Omit<OptimiserSettings, 'rule'> = model,
): ParameterGroupSettings {
  const alike = { rule: ADAM, ...model };
  return { table: alike, thresholds: { rule: ADAM, ...thresholds }, linear: alike, dense: alike };
}

/** Whether a group is moved in the pass under way. */
export type Moves = (group: string) => boolean;

/** Gradients that belong to a group: they count towards the clipped norm where the group is moved. */
export interface GroupGradient extends GradientSource {
  readonly group: string;
}

export function gradientsOf(group: string, sources: readonly GradientSource[]): GroupGradient[] {
  return sources.map((source) => ({ ...source, group }));
}

export class ParameterGroups {
  /** See hyper.ts. f32 [HYPER_LENGTH] */
  readonly hyper: DeviceArray;
  private readonly numbers = new Float32Array(HYPER_LENGTH);
  private readonly groups = new Map<string, { optimiser: Optimiser; settings: OptimiserSettings }>();

  constructor(
    private readonly engine: Engine,
    settings: ParameterGroupSettings,
  ) {
    this.hyper = engine.allocate('f32', HYPER_LENGTH, 'hyper');
    for (const name of PARAMETER_GROUPS) this.add(name, settings[name]);
  }

  /** A group that a scheme or a model has besides. Throws a RangeError for a name that is taken, or one group too many. */
  add(name: string, settings: OptimiserSettings): Optimiser {
    if (this.groups.has(name)) throw new RangeError(`There is a group of parameters "${name}" already`);
    const optimiser = createOptimiser(this.groups.size, settings.rule);
    this.groups.set(name, { optimiser, settings });
    return optimiser;
  }

  get names(): string[] {
    return [...this.groups.keys()];
  }

  /** Throws a RangeError for a name that no group has. */
  optimiser(name: string): Optimiser {
    return this.group(name).optimiser;
  }

  settings(name: string): OptimiserSettings {
    return this.group(name).settings;
  }

  /**
   * Writes `hyper` for a pass, 0 for the first one, of step number 1, 2, …; `updates` says which update of a group this
   * one would be, 1 for its first one.
   */
  begin(step: number, pass = 0, updates: (group: string) => number = () => step): void {
    this.numbers[HYPER_STEP] = step;
    this.numbers[HYPER_PASS] = pass;
    for (const [name, { optimiser, settings }] of this.groups) {
      // A group that is not moved yet has no numbers: those of its first update do no harm.
      writeOptimiser(this.numbers, optimiser, settings, Math.max(1, updates(name)));
    }
    this.engine.write(this.hyper, this.numbers);
  }

  private group(name: string) {
    const group = this.groups.get(name);
    if (!group) throw new RangeError(`There is no group of parameters "${name}"`);
    return group;
  }
}
