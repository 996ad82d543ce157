/** Text that is read by its bytes gives the same rows, lines and problems as text that is decoded and split. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../../src/data/errors';
import { readRows } from '../../../src/data/formats/delimited/rows';
import type { Content } from '../../../src/data/source/content';
import { ByteTable } from '../../../src/data/table/byte-table';
import type { Cells } from '../../../src/data/table/cells';
import { hashBytes } from '../../../src/data/table/dictionary';
import type { TextShape } from '../../../src/data/table/table-spec';
import { CellWriter, readTextRows, WrongEncoding } from '../../../src/data/table/text-rows';
import { inPieces } from './pieces';

const CSV: TextShape = {
  separator: ',',
  header: true,
  quotes: 'doubled',
  comment: null,
  skipLines: 0,
  rowNames: false,
  trailing: false,
  loneReturns: false,
};

/** What an encoder gets, and how the reading ends. */
async function told(read: (onRow: (cells: Cells) => boolean) => Promise<unknown>) {
  const rows: unknown[] = [];
  const end = await read(({ bytes, starts, ends, hashes, count, line, lines, problem }) => {
    const cells = Array.from({ length: count }, (_, c) => {
      expect(hashes[c]).toBe(hashBytes(bytes, starts[c], ends[c]) | 0);
      return Buffer.from(bytes.subarray(starts[c], ends[c])).toString();
    });
    rows.push({ cells, line, lines, problem });
    return true;
  }).then(
    () => null,
    (error: unknown) => (error instanceof WrongEncoding ? 'wrong encoding' : String(error)),
  );
  return { rows, end };
}

async function bothWays(bytes: Uint8Array<ArrayBuffer>, shape: TextShape, columns: number, size: number) {
  const content = inPieces(bytes, size);
  const writer = new CellWriter();
  const byBytes = await told((onRow) =>
    readRows({ name: 'table.csv', content }, shape, columns, 'utf-8', {}, onRow),
  );
  const asText = await told((onRow) =>
    readTextRows(content, shape, columns, 'utf-8', {}, (cells, place) => onRow(writer.write(cells, place))),
  );
  return { byBytes, asText };
}

const encode = (text: string) => new TextEncoder().encode(text).slice();

/** Whether nothing of the text was left to be decoded. */
function isReadByBytes(text: string, shape: Partial<TextShape> = {}): boolean {
  const table = new ByteTable('table.csv', { ...CSV, ...shape }, 3, () => true);
  table.add(encode(text));
  table.end();
  return table.unread === null;
}

const WHOLE = ['a', '7', 'é', ' ', '\t', '', '"b"', '"c,d"', '"e""f"', '""', '"\t"', 'g"h'] as const;
const PARTS = ['"', '""', '" ', '\r', '\n', '\ufeff', ',', '\\"', '"k\n2"', '"k\r"', ' "m"'] as const;
const LINE_ENDS = ['\n', '\n', '\r\n', '\r\r\n', '\n\n', '\n \n', '\r'] as const;

/** Mostly a table, with what may stand in one, and what may go wrong. */
const text = (parts: readonly string[]) =>
  fc
    .array(
      fc.tuple(
        fc.array(fc.oneof({ weight: 8, arbitrary: fc.constantFrom(...WHOLE) }, fc.constantFrom(...parts)), {
          minLength: 1,
          maxLength: 4,
        }),
        fc.constantFrom(...LINE_ENDS),
      ),
      { maxLength: 9 },
    )
    .map((lines) => lines.map(([cells, end]) => cells.join(',') + end).join(''));

const shape = fc.record({
  header: fc.boolean(),
  quotes: fc.constantFrom('doubled' as const, 'backslash' as const, 'none' as const),
  skipLines: fc.constantFrom(0, 0, 2),
  trailing: fc.boolean(),
});

const PLAIN = { header: false, quotes: 'doubled', skipLines: 0, trailing: false } as const;

describe('text that is read by its bytes', () => {
  it.each([
    ['whole values', WHOLE],
    ['everything that may go wrong', PARTS],
  ])('gives what decoding and splitting it gives, with %s', async (_, parts) => {
    await fc.assert(
      fc.asyncProperty(
        text(parts),
        shape,
        fc.constantFrom('', '\ufeff', 'ï»¿'),
        fc.boolean(),
        fc.integer({ min: 1, max: 40 }),
        async (body, given, mark, hasHeader, size) => {
          const all = `${mark}${hasHeader ? 'a,"b",c\n' : ''}${body}${hasHeader ? 'a,"b",c\n' : ''}`;
          // A mark that a piece cuts in two is not looked for in text.
          const pieceSize = mark === '' ? size : Math.max(6, size);
          const { byBytes, asText } = await bothWays(encode(all), { ...CSV, ...given }, 3, pieceSize);
          expect(byBytes).toEqual(asText);
        },
      ),
      {
        numRuns: 600,
        // Marks of both kinds one behind the other, and one that is all of a column's name.
        examples: [
          ['\ufeff\n"c,d"\n', { ...PLAIN, quotes: 'backslash' }, 'ï»¿', false, 8],
          ['a\na,\ufeff\na,\n,a\n', { ...PLAIN, header: true, skipLines: 2 }, '', true, 1],
        ],
      },
    );
  });

  it('skips a line however long it is', async () => {
    const bytes = encode(`${'#'.repeat(1_500_000)}\na,b,c\n1,2,3\n`);
    const { byBytes, asText } = await bothWays(bytes, { ...CSV, skipLines: 1 }, 3, 65_536);
    expect(byBytes).toEqual(asText);
    expect(byBytes.rows).toEqual([{ cells: ['1', '2', '3'], line: 3, lines: 1, problem: null }]);
  });

  it.each<[string, string, Partial<TextShape>?]>([
    ['plain', 'a,b,c\r\n1,2,3\r\n\r\n1,é,3'],
    ['quoted', '\ufeff"a","b","c"\n"1, 2","say ""so""",3\n"","5 "" 6",7"8\n'],
    ['in quotes that mean nothing', 'a,b,c\n"1,2,"3\n', { quotes: 'none' }],
    ['behind other lines', 'sep=,\n"\na,b,c\n1,2,3\n', { skipLines: 2 }],
  ])('is all of a table that is %s', (_, table, given) => {
    expect(isReadByBytes(table, given)).toBe(true);
  });

  it.each([
    ['whose value goes on in the next line', '"1\n2",3,4\n'],
    ['whose quotation mark is left open', '"1,2,3\n'],
    ['with spaces behind a quotation mark', '"1" ,2,3\n'],
    ['whose quotation marks are escaped', '"1\\"",2,3\n'],
  ])('ends at a row %s', (_, row) => {
    expect(isReadByBytes(`a,b,c\n1,2,3\n${row}`)).toBe(false);
  });

  it('is refused where its bytes stop being UTF-8, and where a line never ends', async () => {
    const latin = Uint8Array.from('a,b,c\n1,2,caf\u00e9\n', (unit) => unit.charCodeAt(0));
    const { byBytes, asText } = await bothWays(latin, CSV, 3, 9);
    expect(byBytes).toEqual(asText);
    expect(byBytes.end).toBe('wrong encoding');

    for (const quotes of ['doubled', 'none'] as const) {
      const endless = encode(`a,b,c\n1,2,3\n"${'x'.repeat(2_500_000)}`);
      const long = await bothWays(endless, { ...CSV, quotes }, 3, 65_536);
      expect(long.byBytes).toEqual(long.asText);
      expect(long.byBytes.end).toMatch(
        quotes === 'none' ? /line 3: the line is longer/ : /line 3: a value is longer/,
      );
    }
  });

  it('is read no further than is wanted, and let go of where a row is refused', async () => {
    let isLetGo = false;
    const content: Content = {
      ...inPieces(new Uint8Array(0), 1),
      async *stream() {
        try {
          yield encode('a,b,c\n1,2,3\n');
          yield encode('4,5,6\n');
        } finally {
          isLetGo = true;
        }
      },
    };
    const source = { name: 'table.csv', content };
    let rows = 0;
    await readRows(source, CSV, 3, 'utf-8', {}, () => ++rows < 1);
    expect([rows, isLetGo]).toEqual([1, true]);

    isLetGo = false;
    const refuse = () => {
      throw new UserError('no');
    };
    await expect(readRows(source, CSV, 3, 'utf-8', {}, refuse)).rejects.toThrow('no');
    expect(isLetGo).toBe(true);
  });
});
