/** Files that people bring and that cannot be read here: what each is, told by its content, and the one step that helps. */

export interface Foreign {
  /** "an Excel workbook" */
  readonly what: string;
  /** "save the sheet as CSV and open that" */
  readonly step: string;
}

/** Bytes that a kind of file begins with, as text of one byte a character, some way into the file. */
interface Signature extends Foreign {
  readonly bytes: string;
  readonly at?: number;
  /** Could begin a text: then something that no text has must follow. */
  readonly isWord?: boolean;
}

const UNPACK = 'unpack it and open the table in it';
const SHEET = 'save the sheet as CSV and open that';
const EXPORT = 'export the table as CSV and open that';
const DENSE = 'write the label and a column for each field as CSV and open that';
const NO_TABLE = 'open the table itself, as CSV or other delimited text';

function expand(command: string): string {
  return `expand it (${command}) and open what comes out, or compress that with gzip`;
}

function pandas(read: string): string {
  return `write it as CSV (in Python: pandas.${read}("…").to_csv("….csv", index=False)) and open that`;
}

const SIGNATURES: readonly Signature[] = [
  { bytes: '7z\xbc\xaf\x27\x1c', what: 'a 7-Zip archive', step: UNPACK },
  { bytes: 'Rar!\x1a\x07', what: 'a RAR archive', step: UNPACK },
  { bytes: '!<arch>\n', what: 'a Unix archive', step: UNPACK },
  { bytes: 'xar!\x00', what: 'an XAR archive', step: UNPACK },
  { bytes: 'MSCF\x00\x00\x00\x00', what: 'a Windows cabinet', step: UNPACK },
  { bytes: '\xfd7zXZ\x00', what: 'a file compressed by xz', step: expand('xz -d') },
  { bytes: '\x28\xb5\x2f\xfd', what: 'a file compressed by zstd', step: expand('zstd -d') },
  { bytes: '\x04\x22\x4d\x18', what: 'a file compressed by lz4', step: expand('lz4 -d') },
  { bytes: '\x02\x21\x4c\x18', what: 'a file compressed by lz4', step: expand('lz4 -d') },
  { bytes: '1AY&SY', at: 4, what: 'a file compressed by bzip2', step: expand('bzip2 -d') },
  { bytes: '\x17\x72\x45\x38\x50\x90', at: 4, what: 'a file compressed by bzip2', step: expand('bzip2 -d') },
  { bytes: 'LZIP\x01', what: 'a file compressed by lzip', step: expand('lzip -d') },
  { bytes: '\x5d\x00\x00', what: 'a file compressed by LZMA', step: expand('xz -d --format=lzma') },
  { bytes: '\x1f\x9d', what: 'a file compressed by compress (.Z)', step: expand('gzip -d') },
  { bytes: '\x89LZO\x00', what: 'a file compressed by lzop', step: expand('lzop -d') },
  { bytes: '\xff\x06\x00\x00sNaPpY', what: 'a file compressed by Snappy', step: expand('snzip -d') },
  { bytes: 'PAR1', isWord: true, what: 'a Parquet file', step: pandas('read_parquet') },
  { bytes: 'PARE', isWord: true, what: 'an encrypted Parquet file', step: pandas('read_parquet') },
  { bytes: 'ARROW1\x00\x00', what: 'an Arrow (Feather) file', step: pandas('read_feather') },
  { bytes: 'FEA1', isWord: true, what: 'a Feather file', step: pandas('read_feather') },
  { bytes: '\xff\xff\xff\xff', what: 'an Arrow stream', step: pandas('read_feather') },
  { bytes: '\x89HDF\r\n\x1a\n', what: 'an HDF5 file', step: pandas('read_hdf') },
  { bytes: 'CDF\x01', what: 'a NetCDF file', step: EXPORT },
  { bytes: 'CDF\x02', what: 'a NetCDF file', step: EXPORT },
  { bytes: 'ORC', isWord: true, what: 'an ORC file', step: pandas('read_orc') },
  { bytes: 'Obj\x01', what: 'an Avro file', step: EXPORT },
  { bytes: 'SEQ\x06', what: 'a Hadoop sequence file', step: EXPORT },
  {
    bytes: '\x93NUMPY',
    what: 'a NumPy array',
    step: 'write it as CSV (in Python: numpy.savetxt("….csv", numpy.load("…"), delimiter=",")) and open that',
  },
  ...[2, 3, 4, 5].map((protocol) => ({
    bytes: `\x80${String.fromCharCode(protocol)}`,
    what: 'a Python pickle',
    step: pandas('read_pickle'),
  })),
  { bytes: 'SQLite format 3\x00', what: 'an SQLite database', step: EXPORT },
  { bytes: '\x00\x01\x00\x00Standard ', what: 'an Access database', step: EXPORT },
  {
    bytes: '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1',
    what: 'an old Excel workbook or another old Office file',
    step: SHEET,
  },
  { bytes: '\x09\x08\x10\x00\x00\x06', what: 'an old Excel workbook', step: SHEET },
  {
    bytes: '\xc2\xea\x81\x60\xb3\x14\x11\xcf\xbd\x92\x08\x00\x09\xc7\x31\x8c',
    at: 12,
    what: 'a SAS data set',
    step: pandas('read_sas'),
  },
  { bytes: 'HEADER RECORD*******LIB', what: 'a SAS transport file', step: pandas('read_sas') },
  { bytes: '<stata_dta>', what: 'a Stata data set', step: pandas('read_stata') },
  ...[0x71, 0x72, 0x73].flatMap((release) =>
    ['\x01\x01\x00', '\x02\x01\x00'].map((rest) => ({
      bytes: `${String.fromCharCode(release)}${rest}`,
      what: 'a Stata data set',
      step: pandas('read_stata'),
    })),
  ),
  { bytes: '$FL2@(#)', what: 'an SPSS data set', step: pandas('read_spss') },
  { bytes: '$FL3@(#)', what: 'an SPSS data set', step: pandas('read_spss') },
  ...['RDX2\n', 'RDX3\n', 'RDA2\n', 'RDA3\n', 'X\n\x00\x00\x00', 'A\n2\n', 'A\n3\n'].map((bytes) => ({
    bytes,
    what: 'an R data file',
    step: 'write the table as CSV (in R: write.csv) and open that',
  })),
  { bytes: 'MATLAB 5.0 MAT-file', what: 'a MATLAB file', step: EXPORT },
  { bytes: 'bplist00', what: 'an Apple property list', step: NO_TABLE },
  { bytes: '%PDF-', what: 'a PDF document', step: NO_TABLE },
  { bytes: '%!PS', what: 'a PostScript document', step: NO_TABLE },
  { bytes: '{\\rtf', what: 'an RTF document', step: NO_TABLE },
  { bytes: '\x89PNG\r\n\x1a\n', what: 'a PNG image', step: NO_TABLE },
  { bytes: '\xff\xd8\xff', what: 'a JPEG image', step: NO_TABLE },
  { bytes: 'GIF87a', isWord: true, what: 'a GIF image', step: NO_TABLE },
  { bytes: 'GIF89a', isWord: true, what: 'a GIF image', step: NO_TABLE },
  { bytes: 'BM', isWord: true, what: 'a BMP image', step: NO_TABLE },
  { bytes: 'II*\x00', what: 'a TIFF image', step: NO_TABLE },
  { bytes: 'MM\x00*', what: 'a TIFF image', step: NO_TABLE },
  { bytes: 'WEBP', at: 8, isWord: true, what: 'a WebP image', step: NO_TABLE },
  { bytes: 'WAVE', at: 8, isWord: true, what: 'a sound', step: NO_TABLE },
  { bytes: 'ftypheic', at: 4, isWord: true, what: 'a HEIC image', step: NO_TABLE },
  { bytes: 'ftypavif', at: 4, isWord: true, what: 'an AVIF image', step: NO_TABLE },
  { bytes: 'ftyp', at: 4, isWord: true, what: 'a film', step: NO_TABLE },
  { bytes: 'OggS\x00', what: 'a sound or a film', step: NO_TABLE },
  { bytes: 'ID3', isWord: true, what: 'a sound', step: NO_TABLE },
  { bytes: '\x7fELF', what: 'a program', step: NO_TABLE },
  { bytes: 'MZ', isWord: true, what: 'a Windows program (an archive that unpacks itself?)', step: UNPACK },
  {
    bytes: 'version https://git-lfs.github.com/spec/',
    what: 'a Git LFS pointer, not the file itself',
    step: 'fetch the file (git lfs pull) and open it again',
  },
  {
    bytes: '/annex/objects/',
    what: 'a git-annex pointer, not the file itself',
    step: 'fetch the file (git annex get) and open it again',
  },
];

/** A pickle, LZMA and some others are told by few bytes: text has none of them, whatever its encoding. */
const LOOKED_AT_BYTES = 512;

/** What a file is that cannot be read here, from its first bytes; null: nothing that is known. */
export function foreignFile(head: Uint8Array): Foreign | null {
  const start = String.fromCharCode(...head.subarray(0, LOOKED_AT_BYTES));
  // biome-ignore lint/suspicious/noControlCharactersInRegex: text has none of these.
  const isBinary = /[\x00-\x08\x0e-\x1f]/.test(start);
  const found = SIGNATURES.find(
    ({ bytes, at = 0, isWord }) => start.startsWith(bytes, at) && (isBinary || !isWord),
  );
  if (found) return found;
  if (head.length >= LOOKED_AT_BYTES && head.subarray(0, LOOKED_AT_BYTES).every((byte) => byte === 0)) {
    return { what: 'nothing but zero bytes at its beginning', step: 'download it again' };
  }
  if (!isBinary && /^@relation\s/im.test(start) && /^@attribute\s/im.test(textOf(head))) {
    return { what: 'an ARFF file (Weka)', step: 'save it as CSV and open that' };
  }
  return isBinary ? null : sparseRows(textOf(head));
}

/** Lines from which sparse rows are told. */
const SPARSE_LINES = 5;
const PAIR = /^\d+:[-+\d.e]+$/i;
const TRIPLE = /^\d+:\d+:[-+\d.e]+$/i;
/** "12:30" and "12:30:00" are rather columns of times. */
const CLOCK = /^\d\d:\d\d(:\d\d)?$/;

/** Rows that name the features that they have: no table, whose rows have a value for each column. */
function sparseRows(text: string): Foreign | null {
  // The last line may be cut off.
  const lines = text.split(/\r?\n/, SPARSE_LINES + 1).slice(0, -1);
  const rows = lines.filter((line) => line.trim() !== '' && !line.startsWith('#'));
  if (rows.length === 0) return null;
  const isNamespace = /^[-+]?\d*\.?\d+ (\S+ )*\|[a-z]\w* \S/i;
  if (rows.every((row) => isNamespace.test(row))) return { what: 'a Vowpal Wabbit file', step: DENSE };
  const haveAll = (part: RegExp) =>
    rows.every((row) => {
      const [label, ...rest] = row.replace(/#.*/, '').trim().split(/\s+/);
      const parts = rest.filter((each) => !each.startsWith('qid:'));
      return /^[-+]?[\d.]+$/.test(label) && parts.length > 0 && parts.every((each) => part.test(each));
    });
  const areTimes = rows.every((row) =>
    row
      .trim()
      .split(/\s+/)
      .slice(1)
      .every((each) => CLOCK.test(each)),
  );
  if (areTimes) return null;
  if (haveAll(TRIPLE)) return { what: 'a libFFM file', step: DENSE };
  if (haveAll(PAIR)) return { what: 'a libSVM file', step: DENSE };
  return null;
}

/** What a text is that is no table; null: nothing that is known. */
export function foreignText(head: Uint8Array): Foreign | null {
  const text = textOf(head).trimStart();
  if (/^<(!doctype\s+html|html|head|body)\b/i.test(text)) {
    return {
      what: 'a web page (did the download ask for a log-in?)',
      step: 'download the data again in a browser',
    };
  }
  if (/^<\?xml|^<[a-z][^>]*>\s*</i.test(text)) return { what: 'an XML document', step: EXPORT };
  const [line] = text.split(/\r?\n/, 1);
  if (/^\{\s*"/.test(text) && isJson(line)) {
    return { what: 'a file of JSON lines', step: pandasJson(', lines=True') };
  }
  if (/^(\{\s*["}]|\[\s*[[{"\d\]-])/.test(text)) return { what: 'a JSON document', step: pandasJson('') };
  return null;
}

function textOf(head: Uint8Array): string {
  return new TextDecoder().decode(head, { stream: true });
}

function pandasJson(option: string): string {
  return `write it as CSV (in Python: pandas.read_json("…"${option}).to_csv("….csv", index=False)) and open that`;
}

function isJson(line: string): boolean {
  try {
    return typeof JSON.parse(line) === 'object';
  } catch {
    return false;
  }
}

/** What a zip is that is more than a zip, from the paths in it; null: files in a zip. */
export function foreignZip(paths: readonly string[]): Foreign | null {
  const has = (path: RegExp) => paths.some((each) => path.test(each));
  if (has(/^\[Content_Types\]\.xml$/)) {
    if (has(/^xl\//)) return { what: 'an Excel workbook', step: SHEET };
    if (has(/^word\//)) return { what: 'a Word document', step: NO_TABLE };
    if (has(/^ppt\//)) return { what: 'a PowerPoint presentation', step: NO_TABLE };
  }
  if (has(/^mimetype$/) && has(/^content\.xml$/)) {
    return { what: 'an OpenDocument file', step: SHEET };
  }
  if (has(/^Index\/.*\.iwa$/)) return { what: 'a Numbers or Pages document', step: SHEET };
  if (paths.length > 0 && paths.every((path) => path.endsWith('.npy'))) {
    return {
      what: 'NumPy arrays (.npz)',
      step: 'write the one with the table as CSV (in Python: numpy.savetxt) and open that',
    };
  }
  if (has(/(^|\/)data\.pkl$/)) return { what: 'a PyTorch file', step: EXPORT };
  if (has(/^META-INF\/MANIFEST\.MF$/)) return { what: 'a Java archive', step: NO_TABLE };
  return null;
}
