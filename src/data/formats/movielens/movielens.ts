/** MovieLens as GroupLens publishes it: ml-100k.zip, ml-1m.zip, ml-latest-small.zip. */
import { UserError } from '../../errors';
import type { DatasetFormat } from '../format';
import { contents, isZip, openArchive } from './archive';
import { assemble } from './assemble';
import { anonymousUsers, readEntities } from './entities';
import { LAYOUTS } from './layouts';
import { readRatings } from './ratings';

const LABEL = 'a MovieLens zip as GroupLens publishes it (ml-100k.zip, ml-1m.zip or ml-latest-small.zip)';

export const movielensFormat: DatasetFormat = {
  id: 'movielens',
  label: LABEL,
  // Any zip: which of the layouts it holds, if one, is found in `parse`, where a refusal can say what is inside.
  sniff: isZip,
  async parse(file, options, onProgress) {
    onProgress(0, 'Opening the zip');
    const archive = await openArchive(file);
    const layout = LAYOUTS.find(({ ratings }) => archive.files.has(ratings.file));
    if (!layout) {
      const wanted = LAYOUTS.map(({ ratings }) => ratings.file).join(', ');
      throw new UserError(
        `${file.name} holds no ratings (none of ${wanted}). ${contents(archive.files)} Expected: ${LABEL}.`,
      );
    }
    onProgress(0.05, 'Reading users and movies');
    const users = layout.users ? readEntities(archive, layout.users, (cells) => cells[0]) : anonymousUsers();
    const movies = readEntities(archive, layout.movies, (cells) => cells[1].trim());
    onProgress(0.1, 'Reading ratings');
    const ratings = readRatings(
      archive,
      layout.ratings,
      users.rowOf,
      movies.rowOf,
      { user: layout.users?.file ?? layout.ratings.file, movie: layout.movies.file },
      (fraction, what) => onProgress(0.1 + 0.6 * fraction, what),
    );
    onProgress(0.7, 'Making the columns');
    const dataset = assemble(file.name, ratings, users, movies, layout.notes(options), options);
    onProgress(1, 'Done');
    return dataset;
  },
};
