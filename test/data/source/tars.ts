/** Tars for tests: made by the machine's own `tar`, and by hand where it would not make such a one. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

type Content = string | Uint8Array;

/** What `tar` with these options makes of the files, in their order. */
export function systemTar(
  files: Readonly<Record<string, Content>>,
  ...options: string[]
): Uint8Array<ArrayBuffer> {
  const folder = mkdtempSync(join(tmpdir(), 'pep-tar-'));
  try {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, 'in', path)), { recursive: true });
      writeFileSync(join(folder, 'in', path), content);
    }
    const target = join(folder, 'out.tar');
    execFileSync('tar', ['-cf', target, ...options, '-C', join(folder, 'in'), ...Object.keys(files)]);
    return Uint8Array.from(readFileSync(target));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export interface HandEntry {
  readonly path: string;
  readonly content: Content;
  readonly type?: string;
  /** Bytes of the size field, in place of octal digits. */
  readonly size?: Uint8Array;
}

/** Headers and files one after the other, with the two blocks of zeros behind them. */
export function handTar(entries: readonly HandEntry[]): Uint8Array<ArrayBuffer> {
  const blocks = entries.flatMap(({ path, content, type = '0', size }) => {
    const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
    const body = new Uint8Array(Math.ceil(bytes.length / 512) * 512);
    body.set(bytes);
    return [header(path, type, size ?? octal(bytes.length, 11)), body];
  });
  return Uint8Array.from(Buffer.concat([...blocks, new Uint8Array(1024)]));
}

function header(path: string, type: string, size: Uint8Array): Uint8Array {
  const block = new Uint8Array(512);
  const put = (text: string, at: number) => block.set(new TextEncoder().encode(text), at);
  put(path, 0);
  put('0000644\0', 100);
  block.set(size, 124);
  put(type, 156);
  put('ustar\0', 257);
  put('        ', 148);
  put(
    octalText(
      block.reduce((sum, byte) => sum + byte),
      6,
    ),
    148,
  );
  return block;
}

function octal(value: number, digits: number): Uint8Array {
  return new TextEncoder().encode(octalText(value, digits));
}

function octalText(value: number, digits: number): string {
  return `${value.toString(8).padStart(digits, '0')}\0`;
}
