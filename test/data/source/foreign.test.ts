/** What cannot be read is named for what it is, by its content, with a step that helps. */
import { gzipSync } from 'node:zlib';
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { loadDataset } from '../../../src/data/load';
import { foreignFile, foreignText } from '../../../src/data/source/foreign';

const bytesOf = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

async function refusal(name: string, content: Uint8Array<ArrayBuffer>): Promise<string> {
  const error: unknown = await loadDataset(new File([content], name), { withIds: false }, () => {}).catch(
    (reason: unknown) => reason,
  );
  return error instanceof Error ? error.message : '';
}

/** First bytes as the real tools write them. */
const KINDS: readonly (readonly [string, string, string])[] = [
  ['a.7z', "7z\xbc\xaf'\x1c\x00\x04", 'a 7-Zip archive: unpack it'],
  ['a.rar', 'Rar!\x1a\x07\x01\x00', 'a RAR archive: unpack it'],
  ['a.csv.bz2', 'BZh91AY&SY\x11\x22', 'a file compressed by bzip2: expand it'],
  ['a.csv.xz', '\xfd7zXZ\x00\x00\x04', 'a file compressed by xz: expand it'],
  ['a.csv.zst', '\x28\xb5\x2f\xfd\x04\x00', 'a file compressed by zstd: expand it'],
  ['a.csv.lz4', '\x04\x22\x4d\x18\x64\x40', 'a file compressed by lz4: expand it'],
  [
    'a.xls',
    '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00\x00',
    'an old Excel workbook or another old Office file: save the sheet',
  ],
  ['a.parquet', 'PAR1\x15\x04\x15\x00', 'a Parquet file: write it as CSV'],
  ['a.feather', 'ARROW1\x00\x00\xff\xff', 'an Arrow (Feather) file: write it as CSV'],
  ['a.h5', '\x89HDF\r\n\x1a\n\x00', 'an HDF5 file: write it as CSV'],
  ['a.npy', '\x93NUMPY\x01\x00v\x00', 'a NumPy array: write it as CSV'],
  ['a.pkl', '\x80\x04\x95\x10\x00', 'a Python pickle: write it as CSV'],
  ['a.db', 'SQLite format 3\x00\x10\x00', 'an SQLite database: export'],
  ['a.orc', 'ORC\n\x03\x00\x00', 'an ORC file: write it as CSV'],
  ['a.avro', 'Obj\x01\x04\x16', 'an Avro file: export'],
  [
    'a.sas7bdat',
    `${'\0'.repeat(12)}\xc2\xea\x81\x60\xb3\x14\x11\xcf\xbd\x92\x08\x00\x09\xc7\x31\x8c`,
    'a SAS data set',
  ],
  ['a.dta', '<stata_dta><header><release>118</release>', 'a Stata data set'],
  ['a.dta', '\x72\x02\x01\x00\x05\x00', 'a Stata data set'],
  ['a.sav', '$FL2@(#) IBM SPSS STATISTICS', 'an SPSS data set'],
  ['a.pdf', '%PDF-1.7\n%\xe2\xe3', 'a PDF document'],
  ['a.png', '\x89PNG\r\n\x1a\n\x00\x00', 'a PNG image'],
  ['a.jpg', '\xff\xd8\xff\xe0\x00\x10JFIF', 'a JPEG image'],
  ['a.html', '\n <!DOCTYPE html>\n<html lang="en">', 'a web page (did the download ask for a log-in?)'],
  ['a.xml', '<?xml version="1.0"?>\n<rows><row/></rows>', 'an XML document'],
  ['a.json', '{\n "a": 1,\n "b": 2,\n', 'a JSON document. Write it as CSV'],
  ['a.json', '[{"a": 1, "b": 2},\n{"a": 3, "b": 4}]', 'a JSON document'],
  ['a.jsonl', '{"a": 1, "b": 2}\n{"a": 3, "b": 4}\n', 'a file of JSON lines. Write it as CSV'],
  [
    'a.csv',
    'version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n',
    'a Git LFS pointer, not the file itself: fetch',
  ],
  [
    'a.arff',
    '% words\n@relation iris\n@attribute a numeric\n@data\n1\n',
    'an ARFF file (Weka): save it as CSV',
  ],
  ['a.libsvm', '+1 3:0.5 7:1\n-1 2:1 9:0.25 11:1\n', 'a libSVM file: write the label'],
  ['a.svm', '2 qid:10 1:0.1 2:0\n0 qid:10 1:0.3\n', 'a libSVM file: write the label'],
  ['a.libfm', '5 17:1 4012:1\n3 18:1 4100:1\n', 'a libSVM file: write the label'],
  ['a.ffm', '1 0:12:1 1:77:0.5\n0 0:13:1 1:70:1\n', 'a libFFM file: write the label'],
  ['a.vw', '1 |u user_1 |i item_2\n-1 2.0 |u user_3\n', 'a Vowpal Wabbit file: write the label'],
  ['a.rds', 'X\n\x00\x00\x00\x03', 'an R data file: write'],
  ['a.zeros', '\0'.repeat(2_000), 'nothing but zero bytes'],
];

describe.each([
  ['plain', (content: Uint8Array<ArrayBuffer>, name: string) => [name, content] as const],
  [
    'in a gzip',
    (content: Uint8Array<ArrayBuffer>, name: string) => [name, Uint8Array.from(gzipSync(content))] as const,
  ],
])('%s', (_, pack) => {
  it.each(KINDS)('%s of %j is named', async (name, content, words) => {
    const message = await refusal(...pack(bytesOf(content), name));
    const isNamed = [`${name} is `, `${name} is not a data set that can be read here: it is `].some((start) =>
      message.startsWith(start + words),
    );
    expect(isNamed).toBe(true);
    expect(message).toMatch(/[^.]\.$/);
  });
});

describe('a zip that is a document', () => {
  const part = bytesOf('<xml/>');
  it.each([
    [
      'shop.xlsx',
      ['[Content_Types].xml', 'xl/workbook.xml'],
      'an Excel workbook: save the sheet as CSV and open that.',
    ],
    ['a.docx', ['[Content_Types].xml', 'word/document.xml'], 'a Word document: '],
    ['a.ods', ['mimetype', 'content.xml', 'meta.xml'], 'an OpenDocument file: save the sheet as CSV'],
    ['a.npz', ['x.npy', 'y.npy'], 'NumPy arrays (.npz): '],
    ['a.npz', ['x.npy'], 'NumPy arrays (.npz): '],
  ])('%s of %j is named', async (name, paths, words) => {
    const zip = zipSync(Object.fromEntries(paths.map((path) => [path, part])));
    expect(await refusal(name, zip.slice())).toContain(`${name} is ${words}`);
  });
});

it.each([
  'PAR1,price,click\n1,2,3\n',
  'BM,price\n1,2\n',
  'ORC,x\n1,2\n',
  'MZ;x\n1;2\n',
  'ID3,x\n1,2\n',
  'BZh9,click\n1,0\n',
  '[id],[name]\n1,2\n',
  '"{a}",b\n1,2\n',
  'click,html\n1,<html>\n',
  'naïve,caf\xe9\n1,2\n',
  '1 12:30 13:45\n0 08:15 09:00\n',
  '1 | red | 2\n0 | blue | 3\n',
  '1 2 3\n4 5 6\n',
])('a table that begins like one of these is none: %j', (text) => {
  expect(foreignFile(bytesOf(text)) ?? foreignText(bytesOf(text))).toBeNull();
});
