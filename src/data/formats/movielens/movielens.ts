/** MovieLens as GroupLens publishes it, from ml-100k.zip to ml-32m.zip, or their files in a folder. */
import { UserError } from '../../errors';
import { contents } from '../../source/archive';
import type { DatasetFormat } from '../format';
import { assemble } from './assemble';
import { anonymousUsers, readEntities } from './entities';
import { isNamedMovieLens, layoutOf, RATINGS_FILES } from './layouts';
import { readRatings } from './ratings';

const LABEL =
  'a MovieLens zip or folder as GroupLens publishes it (ml-100k, ml-1m, ml-10m to ml-32m, ml-latest)';
/** Of the whole time: where the ratings begin, and where all of them are read. */
const READ_BEFORE = 0.1;
const READ_AFTER = 0.7;

export const movielensFormat: DatasetFormat = {
  id: 'movielens',
  label: LABEL,
  // What lacks a file but is called as GroupLens calls it, too: `parse` can say what is missing.
  sniff: (source) =>
    source.kind === 'archive' && (layoutOf(source.archive) !== null || isNamedMovieLens(source.archive)),
  async parse(source, options, onProgress) {
    if (source.kind !== 'archive') throw new UserError(`${source.name} is not ${LABEL}.`);
    const { archive, name } = source;
    const layout = layoutOf(archive);
    if (!layout) {
      throw new UserError(
        `${name} holds no ratings (none of ${RATINGS_FILES.join(', ')}). ${contents(archive.files)} Expected: ${LABEL}.`,
      );
    }
    archive.requireRoom(
      [layout.ratings, layout.movies, ...(layout.users ? [layout.users] : [])].map(({ file }) => file),
    );
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
