/** The users or the movies of a set: their ids and, per attribute, one value each. */
import type { Archive } from '../../source/archive';
import type { Reading } from '../../source/content';
import { Yielder } from '../../source/yielder';
import type { EntityShape } from './layouts';
import { lineError, readTable } from './lines';
import type { IdLookup } from './ratings';

export interface EntityAttribute {
  readonly field: string;
  readonly order: 'value' | 'frequency';
  /** [entities] */
  readonly values: readonly string[];
}

export interface Entities {
  /** Row of an id in this table. */
  readonly rowOf: IdLookup;
  /** A readable, unique name per entity, for the id field; may grow while ratings are read. [entities] */
  readonly names: readonly string[];
  readonly attributes: readonly EntityAttribute[];
}

/**
 * Reads u.user, users.dat, u.item, movies.dat or movies.csv.
 * @param nameOf the name of an entity, from the cells of its line.
 * @throws UserError naming the line.
 */
export async function readEntities(
  archive: Archive,
  shape: EntityShape,
  nameOf: (cells: readonly string[]) => string,
  reading: Reading,
): Promise<Entities> {
  const yielder = new Yielder(reading.signal);
  const rows = new Map<number, number>();
  const names: string[] = [];
  const taken = new Set<string>();
  const columns = shape.attributes.map((): string[] => []);
  for (const { number, cells } of await readTable(archive, shape, reading)) {
    await yielder.yieldIfDue();
    const fail = (problem: string) => lineError(archive.name, shape.file, number, problem);
    const id = cells[0];
    if (!/^\d+$/.test(id))
      throw fail(`found "${id.slice(0, 40)}", expected a whole number for ${shape.columns[0]}`);
    if (rows.has(Number(id))) throw fail(`${shape.columns[0]} ${id} stands here a second time`);
    rows.set(Number(id), rows.size);
    // Some films share title and year; the later one gets its id behind the title.
    const name = nameOf(cells);
    names.push(taken.has(name) ? `${name} [${id}]` : name);
    taken.add(name);
    shape.attributes.forEach((attribute, a) => {
      const value = attribute.read(cells);
      if (value === null)
        throw fail(`the ${attribute.field} is not readable, expected ${attribute.expected}`);
      columns[a].push(value);
    });
  }
  return {
    rowOf: (id) => rows.get(id) ?? -1,
    names,
    attributes: shape.attributes.map(({ field, order }, a) => ({ field, order, values: columns[a] })),
  };
}

/** Users of a set that says nothing about them: whoever rates becomes one. */
export function anonymousUsers(): Entities {
  const rows = new Map<number, number>();
  const names: string[] = [];
  return {
    rowOf: (id) => {
      const known = rows.get(id);
      if (known !== undefined) return known;
      rows.set(id, names.length);
      names.push(String(id));
      return names.length - 1;
    },
    names,
    attributes: [],
  };
}
