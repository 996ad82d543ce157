/** Named parts of arrays: what must be kept to go on with a run, or compared with another one. */

import type { DeviceArray } from './device';
import type { Engine } from './engine';

/** One tensor of a model or scheme. Names are those of the official code's state_dict, where it has the tensor. */
export interface StateEntry {
  readonly name: string;
  readonly array: DeviceArray;
  /** Of the first item in `array`. */
  readonly offset: number;
  readonly shape: readonly number[];
}

export function entryLength({ shape }: StateEntry): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** The entries' contents, by name. */
export async function readState(
  engine: Engine,
  entries: readonly StateEntry[],
): Promise<Map<string, Float32Array>> {
  const arrays = [...new Set(entries.map(({ array }) => array))];
  const contents = await engine.read(arrays);
  return new Map(
    entries.map((entry) => {
      const whole = contents[arrays.indexOf(entry.array)] as Float32Array;
      return [entry.name, whole.slice(entry.offset, entry.offset + entryLength(entry))];
    }),
  );
}

/** Overwrites the entries that `values` names and leaves the others. Throws a RangeError where a length differs. */
export async function writeState(
  engine: Engine,
  entries: readonly StateEntry[],
  values: ReadonlyMap<string, ArrayLike<number>>,
): Promise<void> {
  const written = entries.filter(({ name }) => values.has(name));
  const arrays = [...new Set(written.map(({ array }) => array))];
  const contents = await engine.read(arrays);
  for (const entry of written) {
    const value = values.get(entry.name) ?? [];
    if (value.length !== entryLength(entry)) {
      throw new RangeError(`${entry.name} has ${entryLength(entry)} numbers, not ${value.length}`);
    }
    contents[arrays.indexOf(entry.array)].set(value, entry.offset);
  }
  arrays.forEach((array, i) => {
    engine.write(array, contents[i]);
  });
}
