/** The ways in which GroupLens lays out a MovieLens zip, as one table: which file holds what, and how to read it. */
import { type Archive, baseName } from '../../source/archive';
import type { LoadOptions } from '../format';
import type { FileShape } from './lines';

/** Reads one attribute of a user or a movie from the cells of its line. Null: the cell is wrong. */
export interface Attribute {
  readonly field: string;
  readonly order: 'value' | 'frequency';
  /** What a right cell looks like, for messages. */
  readonly expected: string;
  readonly read: (cells: readonly string[]) => string | null;
}

/** A file of users or movies: the first column is the id. */
export interface EntityShape extends FileShape {
  readonly attributes: readonly Attribute[];
}

export interface Layout {
  readonly ratings: FileShape;
  /** Null where nothing is published about the users. */
  readonly users: EntityShape | null;
  readonly movies: EntityShape;
  /** What a reader must know about this layout. */
  readonly notes: (options: LoadOptions) => readonly string[];
}

/** Genres in the column order of u.item, from the README of ml-100k. */
const GENRES_100K = [
  'unknown',
  'Action',
  'Adventure',
  'Animation',
  "Children's",
  'Comedy',
  'Crime',
  'Documentary',
  'Drama',
  'Fantasy',
  'Film-Noir',
  'Horror',
  'Musical',
  'Mystery',
  'Romance',
  'Sci-Fi',
  'Thriller',
  'War',
  'Western',
];

/** Occupations by code, from the README of ml-1m. */
const OCCUPATIONS_1M = [
  'other',
  'academic/educator',
  'artist',
  'clerical/admin',
  'college/grad student',
  'customer service',
  'doctor/health care',
  'executive/managerial',
  'farmer',
  'homemaker',
  'K-12 student',
  'lawyer',
  'programmer',
  'retired',
  'sales/marketing',
  'scientist',
  'self-employed',
  'technician/engineer',
  'tradesman/craftsman',
  'unemployed',
  'writer',
];

/** Lower bounds and names of ml-1m's age groups, from its README. */
const AGE_GROUPS = [
  [56, '56+'],
  [50, '50–55'],
  [45, '45–49'],
  [35, '35–44'],
  [25, '25–34'],
  [18, '18–24'],
  [0, '0–17'],
] as const;

function readAge(cell: string): string | null {
  if (!/^\d+$/.test(cell)) return null;
  return AGE_GROUPS.find(([from]) => Number(cell) >= from)?.[1] ?? null;
}

/** The last "(1995)" or "(2006–2007)" of a title: a few titles end in "(V)" or a space, others hold an earlier bracket. */
function yearOfTitle(title: string): string | null {
  return [...title.matchAll(/\((\d{4})(?:[–-]\d{0,4})?\)/g)].at(-1)?.[1] ?? null;
}

/** What stands for a movie without a year. */
const UNKNOWN_YEAR = 'unknown';

function cell(field: string, order: Attribute['order'], column: number): Attribute {
  return {
    field,
    order,
    expected: `a ${field}`,
    read: (cells) => cells[column].trim() || null,
  };
}

function age(column: number): Attribute {
  return {
    field: 'age',
    order: 'value',
    expected: 'a whole number for the age',
    read: (cells) => readAge(cells[column]),
  };
}

const yearFromTitle: Attribute = {
  field: 'year',
  order: 'value',
  expected: 'a title',
  read: (cells) => yearOfTitle(cells[1]) ?? UNKNOWN_YEAR,
};

const ML_100K: Layout = {
  ratings: {
    file: 'u.data',
    separator: '\t',
    encoding: 'iso-8859-1',
    columns: ['user id', 'item id', 'rating', 'timestamp'],
    header: false,
  },
  users: {
    file: 'u.user',
    separator: '|',
    encoding: 'iso-8859-1',
    columns: ['user id', 'age', 'gender', 'occupation', 'zip code'],
    header: false,
    attributes: [
      cell('gender', 'frequency', 2),
      age(1),
      cell('occupation', 'frequency', 3),
      cell('zip', 'frequency', 4),
    ],
  },
  movies: {
    file: 'u.item',
    separator: '|',
    encoding: 'iso-8859-1',
    columns: ['movie id', 'title', 'release date', 'video release date', 'IMDb URL', ...GENRES_100K],
    header: false,
    attributes: [
      {
        field: 'year',
        order: 'value',
        expected: 'a title or a release date such as 01-Jan-1995',
        read: (cells) => yearOfTitle(cells[1]) ?? /\d{4}$/.exec(cells[2])?.[0] ?? UNKNOWN_YEAR,
      },
      {
        field: 'genre',
        order: 'frequency',
        expected: '19 genre flags, each 0 or 1',
        read: (cells) => {
          const flags = cells.slice(5);
          if (!flags.every((flag) => flag === '0' || flag === '1')) return null;
          return GENRES_100K.filter((_, genre) => flags[genre] === '1').join('|') || 'unknown';
        },
      },
    ],
  },
  notes: () => ['Ages are grouped as in MovieLens-1M: 0–17, 18–24, 25–34, 35–44, 45–49, 50–55, 56+.'],
};

const ML_1M: Layout = {
  ratings: {
    file: 'ratings.dat',
    separator: '::',
    encoding: 'iso-8859-1',
    columns: ['UserID', 'MovieID', 'Rating', 'Timestamp'],
    header: false,
  },
  users: {
    file: 'users.dat',
    separator: '::',
    encoding: 'iso-8859-1',
    columns: ['UserID', 'Gender', 'Age', 'Occupation', 'Zip-code'],
    header: false,
    attributes: [
      cell('gender', 'frequency', 1),
      age(2),
      {
        field: 'occupation',
        order: 'frequency',
        expected: 'an occupation code from 0 to 20',
        read: (cells) => (/^\d+$/.test(cells[3]) ? (OCCUPATIONS_1M[Number(cells[3])] ?? null) : null),
      },
      cell('zip', 'frequency', 4),
    ],
  },
  movies: {
    file: 'movies.dat',
    separator: '::',
    encoding: 'iso-8859-1',
    columns: ['MovieID', 'Title', 'Genres'],
    header: false,
    attributes: [yearFromTitle, cell('genre', 'frequency', 2)],
  },
  notes: () => [],
};

/** What a set without users says of itself. */
function anonymousNotes({ withIds }: LoadOptions): readonly string[] {
  return [
    'This data set says nothing about its users.',
    ...(withIds
      ? []
      : [
          'Without ids the fields are timestamp, year and genre, which tell little. Switch ids on for a better model.',
        ]),
  ];
}

/** As ml-1m, but for its users, of whom nothing is published, half stars and UTF-8. */
const ML_10M: Layout = {
  ratings: ML_1M.ratings,
  users: null,
  movies: { ...ML_1M.movies, encoding: 'utf-8' },
  notes: anonymousNotes,
};

/** ml-latest, in all its sizes, ml-20m, ml-25m and ml-32m. */
const ML_LATEST: Layout = {
  ratings: {
    file: 'ratings.csv',
    separator: ',',
    encoding: 'utf-8',
    columns: ['userId', 'movieId', 'rating', 'timestamp'],
    header: true,
  },
  users: null,
  movies: {
    file: 'movies.csv',
    separator: ',',
    encoding: 'utf-8',
    columns: ['movieId', 'title', 'genres'],
    header: true,
    attributes: [yearFromTitle, cell('genre', 'frequency', 2)],
  },
  notes: anonymousNotes,
};

/** Told apart by the names of their files. */
const LAYOUTS: readonly Layout[] = [ML_1M, ML_100K, ML_LATEST];
/** For messages. */
export const RATINGS_FILES = LAYOUTS.map(({ ratings }) => ratings.file);

/** The layout of an archive; null: it holds no ratings as GroupLens publishes them. */
export function layoutOf({ name, all, files }: Archive): Layout | null {
  const found = LAYOUTS.find(({ ratings, users, movies }) => {
    const others = users ? [users, movies] : [movies];
    return files.has(ratings.file) && others.some(({ file }) => files.has(file));
  });
  if (found !== ML_1M || files.has('users.dat')) return found ?? null;
  // Without users it is a ml-1m that lost them, unless something else tells that it is ml-10m.
  const is10M =
    files.has('tags.dat') || [name, ...all.map(({ path }) => path)].some((each) => /10m/i.test(each));
  return is10M ? ML_10M : ML_1M;
}

/** Whether a folder in an archive, or the archive itself, is called as GroupLens calls its sets. */
export function isNamedMovieLens({ name, all }: Archive): boolean {
  const known = LAYOUTS.flatMap(({ movies, users }) => (users ? [movies.file, users.file] : [movies.file]));
  return all.some(
    ({ path }) => /(^|\/)ml-(\d|latest)/i.test(`${name}/${path}`) && known.includes(baseName(path)),
  );
}
