import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../../src/data/errors';
import { loadDataset } from '../../../src/data/load';
import { type Files, ML_1M, ML_100K, ML_LATEST, zipFile } from './movielens-zips';

async function refusal(file: File): Promise<string> {
  const error: unknown = await loadDataset(file, { withIds: false }, () => {}).catch(
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(UserError);
  return error instanceof UserError ? error.message : '';
}

function refusalOf(files: Files): Promise<string> {
  return refusal(zipFile('films.zip', files));
}

async function bytesOf(files: Files): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await zipFile('films.zip', files).arrayBuffer());
}

/** Position in the zip of an entry's record in the table of contents. */
function directoryRecord(bytes: Uint8Array): number {
  for (let i = 0; i < bytes.length; i++) {
    if (bytes[i] === 0x50 && bytes[i + 1] === 0x4b && bytes[i + 2] === 1 && bytes[i + 3] === 2) return i;
  }
  throw new Error('no table of contents');
}

describe('the file itself', () => {
  const expected =
    'Expected: a MovieLens zip or folder as GroupLens publishes it (ml-100k, ml-1m, ml-10m to ml-32m, ml-latest); ' +
    'Criteo Display Advertising (train.txt: 40 columns between tabs); Avazu (train.csv: id, click, hour, C1 and so on); ' +
    'a table (CSV, TSV or other delimited text, also as .gz, or in a zip or tar).';

  it('refuses an empty one', async () => {
    expect(await refusal(new File([], 'empty.zip'))).toBe(`empty.zip is empty (0 bytes). ${expected}`);
  });

  it.each([
    [
      'text',
      'Dear Sir,\nso it is',
      'text that begins "Dear Sir,", and no table: separated by commas, line 2 has 1 value, the header has 2',
    ],
    ['anything else', Uint8Array.of(1, 2, 3, 0), 'binary data of an unknown kind'],
  ])('says what it found: %s', async (_, content, found) => {
    expect(await refusal(new File([content], 'data.zip'))).toBe(
      `data.zip is not a data set that can be read here: it is ${found}. ${expected}`,
    );
  });

  it('refuses one that cannot be read', async () => {
    const file = new File(['PK'], 'gone.zip');
    file.stream = () =>
      new ReadableStream({
        pull() {
          throw new Error('The file could not be found');
        },
      });
    expect(await refusal(file)).toBe(
      'gone.zip could not be read (The file could not be found). Is it a folder, or was it moved?',
    );
  });
});

describe('the zip', () => {
  it.each([0.99, 0.5, 0.1])('refuses one cut off after %f of its length', async (share) => {
    const bytes = await bytesOf(ML_1M);
    const message = await refusal(new File([bytes.slice(0, Math.floor(bytes.length * share))], 'films.zip'));
    expect(message).toBe(
      'films.zip is damaged or cut off: its table of contents, which ends every zip, is missing. Download it again.',
    );
  });

  it('refuses damaged data', async () => {
    const bytes = await bytesOf(ML_1M);
    // Past the first local header: the compressed ratings.
    bytes.fill(0xff, 50, 90);
    expect(await refusal(new File([bytes], 'films.zip'))).toBe(
      'films.zip, ratings.dat is damaged or cut off: its compressed data cannot be expanded. Download or compress it again.',
    );
  });

  it('refuses one that holds no table, and says what it holds', async () => {
    expect(await refusalOf({ 'photos/a.txt': 'a', 'photos/b.txt': 'b' })).toMatch(
      /^films\.zip holds no table\. It holds a\.txt, b\.txt\. Expected: a MovieLens zip/,
    );
    const { 'ml-1m/ratings.dat': _, ...withoutRatings } = ML_1M;
    expect(await refusalOf(withoutRatings)).toMatch(
      /^films\.zip holds no ratings \(none of ratings\.dat, u\.data, ratings\.csv\)\. It holds users\.dat, movies\.dat\. Expected: /,
    );
    expect(await refusal(new File([zipSync({}).slice()], 'films.zip'))).toContain('It holds no files.');
  });

  it('refuses one without users or films', async () => {
    const { 'ml-1m/users.dat': _, ...withoutUsers } = ML_1M;
    expect(await refusalOf(withoutUsers)).toBe(
      'films.zip has no users.dat. It holds ratings.dat, movies.dat.',
    );
  });

  it('refuses one that declares more than 1 GB, before expanding anything', async () => {
    const bytes = await bytesOf(ML_1M);
    // Uncompressed size, 24 bytes into the record.
    new DataView(bytes.buffer).setUint32(directoryRecord(bytes) + 24, 3_000_000_000, true);
    expect(await refusal(new File([bytes], 'films.zip'))).toMatch(
      /^films\.zip would expand to 3,000,000,\d{3} bytes; at most 1,000,000,000 are read here\.$/,
    );
  });

  it('counts only what is read against that', async () => {
    const bytes = await bytesOf({ ...ML_LATEST, 'genome-scores.csv': 'movieId,tagId,relevance\n' });
    const record = Buffer.from(bytes).lastIndexOf('PK\x01\x02');
    new DataView(bytes.buffer).setUint32(record + 24, 3_000_000_000, true);
    const file = new File([bytes], 'ml-25m.zip');
    expect((await loadDataset(file, { withIds: false }, () => {})).rows).toBe(3);
  });

  it('refuses one whose table of contents lies about a size', async () => {
    const bytes = await bytesOf(ML_1M);
    new DataView(bytes.buffer).setUint32(directoryRecord(bytes) + 24, 5_000, true);
    expect(await refusal(new File([bytes], 'films.zip'))).toMatch(
      /^films\.zip, ratings\.dat is damaged or cut off: /,
    );
  });
});

/** The layout with one inner file replaced. */
function withFile(files: Files, ending: string, text: string): Files {
  return Object.fromEntries(
    Object.entries(files).map(([path, old]) => [path, path.endsWith(ending) ? text : old]),
  );
}

describe('a line', () => {
  it.each([
    [
      ML_1M,
      'ratings.dat',
      '1::10::5::1000\n1::20::3',
      'line 2: found 3 columns, expected 4: UserID::MovieID::Rating::Timestamp.',
    ],
    [
      ML_1M,
      'ratings.dat',
      '1::10::5::1000\n\n1::20::3::1::2',
      'line 3: found 5 columns, expected 4: UserID::MovieID::Rating::Timestamp.',
    ],
    [ML_1M, 'ratings.dat', '1::10::good::1000', 'line 1: found "good", expected a rating from 0.5 to 5.'],
    [ML_1M, 'ratings.dat', '1::10::6::1000', 'line 1: found "6", expected a rating from 0.5 to 5.'],
    [ML_1M, 'ratings.dat', '1::10::0::1000', 'line 1: found "0", expected a rating from 0.5 to 5.'],
    [ML_1M, 'ratings.dat', '-1::10::5::1000', 'line 1: found "-1", expected a whole number for UserID.'],
    [ML_1M, 'ratings.dat', '1::10::5::noon', 'line 1: found "noon", expected a whole number for Timestamp.'],
    [ML_1M, 'ratings.dat', '1::10::5::1000\n9::10::5::1000', 'line 2: user 9 is not in users.dat.'],
    [ML_1M, 'ratings.dat', '1::10::5::1000\r\n1::99::5::1000', 'line 2: movie 99 is not in movies.dat.'],
    [
      ML_100K,
      'u.data',
      '1\t10\t5',
      'line 1: found 3 columns, expected 4: user id <tab> item id <tab> rating <tab> timestamp.',
    ],
    [
      ML_LATEST,
      'ratings.csv',
      'userId,movieId,rating,timestamp\n7,10,4.,1',
      'line 2: found "4.", expected a rating from 0.5 to 5.',
    ],
    [
      ML_LATEST,
      'ratings.csv',
      '7,10,4.0,1',
      'line 1: found "7,10,4.0,1", expected the header "userId,movieId,rating,timestamp".',
    ],
    [
      ML_LATEST,
      'movies.csv',
      'movieId,title,genres\n10,Untitled',
      'line 2: found 2 columns, expected 3: movieId,title,genres.',
    ],
    [
      ML_LATEST,
      'movies.csv',
      '10,Untitled (1990),Drama',
      'line 1: expected the header "movieId,title,genres".',
    ],
    [
      ML_1M,
      'users.dat',
      '1::F::1::10::48067\n2::M::56',
      'line 2: found 3 columns, expected 5: UserID::Gender::Age::Occupation::Zip-code.',
    ],
    [ML_1M, 'users.dat', 'one::F::1::10::48067', 'line 1: found "one", expected a whole number for UserID.'],
    [
      ML_1M,
      'users.dat',
      '1::F::1::10::48067\n1::F::1::10::48067',
      'line 2: UserID 1 stands here a second time.',
    ],
    [
      ML_1M,
      'users.dat',
      '1::F::young::10::48067',
      'line 1: the age is not readable, expected a whole number for the age.',
    ],
    [
      ML_1M,
      'users.dat',
      '1::F::1::21::48067',
      'line 1: the occupation is not readable, expected an occupation code from 0 to 20.',
    ],
    [ML_1M, 'movies.dat', '10::Café (1995)::', 'line 1: the genre is not readable, expected a genre.'],
    [
      ML_100K,
      'u.item',
      `10|Film (1995)|||${'|2'.repeat(19)}`,
      'line 1: the genre is not readable, expected 19 genre flags, each 0 or 1.',
    ],
  ])('of %#, %s: %j is refused', async (files, file, text, problem) => {
    expect(await refusalOf(withFile(files, file, text))).toBe(`films.zip, ${file}, ${problem}`);
  });
});

describe('the ratings as a whole', () => {
  it('refuses none', async () => {
    expect(await refusalOf(withFile(ML_1M, 'ratings.dat', '\n\n'))).toBe(
      'films.zip, ratings.dat: there is no rating in it. Expected lines of UserID::MovieID::Rating::Timestamp.',
    );
  });

  it('refuses nothing but 3s', async () => {
    expect(await refusalOf(withFile(ML_1M, 'ratings.dat', '1::10::3::1000'))).toMatch(
      /^films\.zip: every rating is 3\./,
    );
  });

  it.each([
    ['above', '1::10::4::1000\n1::20::3::1000'],
    ['below', '1::10::1::1000\n1::20::2::1000'],
  ])('refuses labels of one kind, all %s 3', async (side, text) => {
    expect(await refusalOf(withFile(ML_1M, 'ratings.dat', text))).toContain(
      `every rating other than 3 is ${side} 3`,
    );
  });
});
