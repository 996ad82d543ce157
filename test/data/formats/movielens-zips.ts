/** Tiny zips in GroupLens's layouts, made up for tests: four users, four films, six ratings, one of them a 3. */
import { strToU8, zipSync } from 'fflate';

export type Files = Readonly<Record<string, string>>;

/** A flag line of u.item: 19 genres, the given ones set. */
function flags(...set: number[]): string {
  return Array.from({ length: 19 }, (_, genre) => (set.includes(genre) ? 1 : 0)).join('|');
}

export const ML_1M: Files = {
  'ml-1m/ratings.dat': [
    '1::10::5::1000',
    '1::20::3::1001',
    '2::10::4::1002',
    '2::30::1::1003',
    '3::20::2::2000',
    '4::10::5::9000',
    '',
  ].join('\n'),
  'ml-1m/users.dat': [
    '1::F::1::10::48067',
    '2::M::56::16::70072',
    '3::M::25::15::55117',
    '4::M::25::0::55117',
  ].join('\n'),
  'ml-1m/movies.dat': [
    '10::Café (1995)::Comedy|Drama',
    '20::Second, The (Deuxième) (1940)::Drama',
    '30::Third (1995)::Comedy|Drama',
    '40::Never rated (2000)::War',
  ].join('\n'),
};

export const ML_100K: Files = {
  'some/folder/u.data': ['1\t10\t5\t1000', '2\t10\t3\t1001', '2\t20\t1\t1002', '3\t30\t4\t5000', ''].join(
    '\r\n',
  ),
  'some/folder/u.user': ['1|17|M|technician|85711', '2|49|F|other|94043', '3|56|M|writer|T8H1N'].join('\n'),
  'some/folder/u.item': [
    `10|Première (1995) (V)|01-Jan-1996||http://example.org|${flags(5, 8)}`,
    `20|Untitled|09-Feb-1957||http://example.org|${flags(18)}`,
    `30|unknown||||${flags(0)}`,
  ].join('\n'),
};

export const ML_10M: Files = {
  'ml-10M100K/ratings.dat': [
    '1::10::3.5::1000',
    '1::20::2.5::1001',
    '2::10::3::1002',
    '3::30::0.5::1003',
    '',
  ].join('\n'),
  'ml-10M100K/movies.dat': [
    '10::Première (1995)::Comedy|Drama',
    '20::Second, The (1940)::Drama',
    '30::Third (1995)::Comedy|Drama',
  ].join('\n'),
  'ml-10M100K/tags.dat': '1::10::funny::1000\n',
  'ml-10M100K/README.html': '<html>',
};

export const ML_LATEST: Files = {
  'ratings.csv': [
    'userId,movieId,rating,timestamp',
    '7,10,3.5,1000',
    '7,20,2.5,1001',
    '8,10,3.0,1002',
    '9,30,0.5,1003',
    '',
  ].join('\n'),
  'movies.csv': [
    'movieId,title,genres',
    '10,"Quoted, ""The"" (1995)",Comedy|Drama',
    '20,Naïve (2006–2007) ,Drama',
    '30,Naïve (2006–2007),(no genres listed)',
    '',
  ].join('\n'),
};

const LATIN_1 = ['u.item', 'movies.dat'];

/** Zips the files; the item files of the two oldest layouts are ISO-8859-1, as the real ones. */
export function zipFile(name: string, files: Files): File {
  const entries = Object.entries(files).map(([path, text]) => {
    const latin = LATIN_1.some((ending) => path.endsWith(ending)) && !path.startsWith('ml-10M');
    return [path, strToU8(text, latin)] as const;
  });
  return new File([zipSync(Object.fromEntries(entries)).slice()], name);
}
