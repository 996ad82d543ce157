/** Small files of every tabular format, made up for tests. */
import { gzipSync } from 'node:zlib';
import { zipSync } from 'fflate';

/** Rows in Criteo's format: label and counts vary, C1 has a frequent and two seldom values, the rest repeat. */
export function criteoLines(rows: number): string[] {
  return Array.from({ length: rows }, (_, i) => {
    const counts = Array.from({ length: 13 }, (_, c) =>
      c === 3 && i % 4 === 0 ? '' : String((i * (c + 1)) % 50),
    );
    const hashes = Array.from({ length: 26 }, (_, c) => {
      if (c === 0) return i === 0 ? 'deadbeef' : i % 5 === 0 ? '' : '68fd1e64';
      return ((i * 7 + c) % (c + 2)).toString(16).padStart(8, '0');
    });
    return [i % 3 === 0 ? 1 : 0, ...counts, ...hashes].join('\t');
  });
}

export const AVAZU_HEADER =
  'id,click,hour,C1,banner_pos,site_id,site_domain,site_category,app_id,app_domain,app_category,device_id,' +
  'device_ip,device_model,device_type,device_conn_type,C14,C15,C16,C17,C18,C19,C20,C21';

export function avazuLines(rows: number): string[] {
  const body = Array.from({ length: rows }, (_, i) =>
    [
      10_000_000 + i,
      i % 4 === 0 ? 1 : 0,
      14102100 + (i % 24),
      ...Array.from({ length: 21 }, (_, c) => (i * 3) % (c + 2)),
    ].join(),
  );
  return [AVAZU_HEADER, ...body];
}

export function textFile(name: string, lines: readonly string[] | string): File {
  return new File([typeof lines === 'string' ? lines : `${lines.join('\n')}\n`], name);
}

export function gzipFile(name: string, lines: readonly string[]): File {
  return new File([gzipSync(`${lines.join('\n')}\n`)], name);
}

export function zipOf(name: string, files: Readonly<Record<string, string | Uint8Array>>): File {
  const encoder = new TextEncoder();
  const entries = Object.entries(files).map(([path, content]) => [
    path,
    typeof content === 'string' ? encoder.encode(content) : content,
  ]);
  return new File([zipSync(Object.fromEntries(entries)).slice()], name);
}
