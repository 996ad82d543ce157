/** Which file of an archive is the table: the only one, the one that is plainly for training, or a question. */
import { EmptyFile, UserError } from '../errors';
import { type Archive, type ArchiveFile, baseName, contents } from './archive';

/** Tables to choose from; `name`: of the archive. */
export interface TableQuestion {
  readonly kind: 'several';
  readonly name: string;
  readonly tables: readonly OfferedTable[];
}

export interface OfferedTable {
  /** By which it is chosen. */
  readonly path: string;
  /** Bytes, out of the archive. */
  readonly size: number;
}

/** What a file's name says that it is. */
type Kind =
  | 'table'
  /** To be predicted, and without labels: read only where there is nothing else. */
  | 'test'
  /** No text, but perhaps data. */
  | 'foreign'
  /** About the data: words, pictures, code. */
  | 'companion';

const FOREIGN =
  /\.(zip|tar|tgz|7z|rar|bz2|tbz2?|xz|txz|zst|lz4|lz|lzma|z|xlsx?|xlsm|xlsb|ods|numbers|parquet|pq|arrow|feather|ftr|h5|hdf5?|he5|nc|npy|npz|pkl|pickle|joblib|pt|pth|sqlite3?|db|mdb|accdb|orc|avro|sas7bdat|xpt|dta|sav|por|rds|rda|rdata|mat|tfrecords?|jsonl?|ndjson|geojson|xml|arff)$/;
const COMPANION =
  /\.(md|rst|rtf|pdf|docx?|pptx?|html?|css|js|ts|php|py|pyc|ipynb|r|rmd|sh|bash|bat|pl|java|c|cpp|h|m|sql|yml|yaml|toml|ini|cfg|conf|bib|tex|names|asc|sig|md5|sha1|sha256|crc|png|jpe?g|gif|svg|webp|bmp|tiff?|ico|mp[34]|wav|exe|dll|so|lnk|url)$/;
/** Whatever they end in. */
const PAPERS = /^(read[-_ ]?me|licen[cs]e|copying|copyright|changelog|changes|contributing|citation)\b/;
/** Where they end in .txt, or in nothing. */
const TEXTS =
  /^(notice|terms([-_ ]of[-_ ].*)?|about|info|index|manifest|description|data[-_ ]?(description|dictionary)|code[-_ ]?book|authors|notes?|version|(md5|sha\d+|check)sums?|requirements)$/;
const DESKTOP = /^(thumbs\.db|desktop\.ini|icon\r?)$/;

/** Whether a path is of a file called train, training or so: with one of these nobody needs to be asked. */
export function isTrainingTable(path: string): boolean {
  return kindOf(path) === 'table' && /^train(ing)?([-_ ]?(data|set|dataset))?$/.test(stemOf(path));
}

/** The file that is chosen, or the only one that can be meant; else what to ask. */
export function chooseTable(archive: Archive, wanted: string | undefined): ArchiveFile | TableQuestion {
  if (wanted !== undefined) return findFile(archive, wanted);
  const { name, all } = archive;
  const files = all.filter(({ size }) => size > 0);
  const ofKind = (kind: Kind) => files.filter((file) => kindOf(file.path, file.file !== undefined) === kind);
  const [training, ...rivals] = files.filter(({ path }) => isTrainingTable(path));
  if (training && rivals.length === 0) return training;
  if (files.length === 1) return files[0];
  for (const tables of [ofKind('table'), ofKind('test')]) {
    if (tables.length === 1) return tables[0];
    if (tables.length > 1)
      return { kind: 'several', name, tables: tables.map(({ path, size }) => ({ path, size })) };
  }
  const [foreign] = ofKind('foreign');
  if (foreign) return foreign;
  if (all.length > 0 && files.length === 0) throw new EmptyFile(`${name} holds only empty files (0 bytes).`);
  throw new UserError(
    `${name} ${all.length === 0 ? 'is an empty archive' : 'holds no table'}. ${contents(archive.files)}`,
  );
}

/** @throws UserError naming what there is. */
function findFile(archive: Archive, wanted: string): ArchiveFile {
  const { name, all } = archive;
  const path = wanted.replaceAll('\\', '/').replace(/^\.?\/+/, '');
  const exact = all.find((file) => file.path === path);
  if (exact) return exact;
  const namesakes = all.filter((file) => baseName(file.path) === path);
  if (namesakes.length === 1) return namesakes[0];
  if (namesakes.length > 1) {
    const paths = namesakes.map((file) => file.path);
    throw new UserError(
      `${name} has ${namesakes.length} files called ${path}: choose one of ${paths.join(', ')}.`,
    );
  }
  throw new UserError(`${name} has no file "${wanted}". ${contents(all.map((file) => file.path))}`);
}

/** @param onDisk archives in a folder are opened; those in an archive are not. */
function kindOf(path: string, onDisk = false): Kind {
  const base = baseName(path).toLowerCase();
  const name = base.replace(/\.gz$/, '');
  const stem = stemOf(path);
  if (DESKTOP.test(base) || PAPERS.test(name) || COMPANION.test(name)) return 'companion';
  if (/(^|\.)txt$|^[^.]*$/.test(name) && TEXTS.test(stem)) return 'companion';
  const isOpened = onDisk && /\.(zip|tar|tgz)$/.test(name);
  if (FOREIGN.test(name) && !isOpened) return 'foreign';
  const words = name.split(/[^a-z0-9]+/);
  const isTest = words.some((word) => /^(test(ing|set)?\d*|.*submissions?)$/.test(word));
  return isTest ? 'test' : 'table';
}

/** The name without folders and endings: "train" of "dac/train.txt.gz". */
function stemOf(path: string): string {
  return baseName(path)
    .toLowerCase()
    .replace(/(\.(gz|csv|tsv|txt|tab|dat|data|psv|inter))+$/, '');
}
