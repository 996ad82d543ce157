/** MovieLens as GroupLens publishes it: ml-100k.zip, ml-1m.zip, ml-latest-small.zip, or their files in a folder. */
import { UserError } from '../../errors';
import { contents } from '../../source/archive';
import type { DatasetFormat } from '../format';
import { assemble } from './assemble';
import { anonymousUsers, readEntities } from './entities';
import { LAYOUTS } from './layouts';
import { readRatings } from './ratings';

const LABEL = 'a MovieLens zip or folder as GroupLens publishes it (ml-100k, ml-1m or ml-latest-small)';
/** Of the whole time: where the ratings begin, and where all of them are read. */
const READ_BEFORE = 0.1;
const READ_AFTER = 0.7;

export const movielensFormat: DatasetFormat = {
  id: 'movielens',
  label: LABEL,
  // Any archive: which of the layouts it holds, if one, is found in `parse`, where a refusal can say what is inside.
  sniff: ({ kind }) => kind === 'archive',
  async parse(source, options, onProgress) {
    if (source.kind !== 'archive') throw new UserError(`${source.name} is not ${LABEL}.`);
    const { archive, name } = source;
    const layout = LAYOUTS.find(({ ratings }) => archive.files.has(ratings.file));
    if (!layout) {
      const wanted = LAYOUTS.map(({ ratings }) => ratings.file).join(', ');
      throw new UserError(
        `${name} holds no ratings (none of ${wanted}). ${contents(archive.files)} Expected: ${LABEL}.`,
      );
    }
    const reading = { signal: options.signal };
    onProgress(0.05, 'Reading users and movies');
    const users = layout.users
      ? await readEntities(archive, layout.users, (cells) => cells[0], reading)
      : anonymousUsers();
    const movies = await readEntities(archive, layout.movies, (cells) => cells[1].trim(), reading);
    const ratings = await readRatings(
      archive,
      layout.ratings,
      users.rowOf,
      movies.rowOf,
      { user: layout.users?.file ?? layout.ratings.file, movie: layout.movies.file },
      reading,
      (fraction, what, counts) =>
        onProgress(READ_BEFORE + (READ_AFTER - READ_BEFORE) * fraction, what, counts),
    );
    const dataset = await assemble(
      name,
      ratings,
      users,
      movies,
      layout.notes(options),
      options,
      (fraction, what) => onProgress(READ_AFTER + (1 - READ_AFTER) * fraction, what),
    );
    onProgress(1, 'Done');
    return dataset;
  },
};
