/** Any table that was written as delimited text reads back to the same rows, whatever the file's accent. */
import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../../src/data/errors';
import { previewTable } from '../../../src/data/formats/delimited/preview';
import type { Content } from '../../../src/data/source/content';
import { openSource } from '../../../src/data/source/source';
import { readByteRows } from '../../../src/data/table/byte-rows';
import type { TextShape } from '../../../src/data/table/table-spec';
import { CellWriter, type Encoding, readTextRows, WrongEncoding } from '../../../src/data/table/text-rows';
import { inPieces } from './pieces';

function encode(text: string, encoding: Encoding): Uint8Array<ArrayBuffer> {
  return encoding === 'windows-1252'
    ? Uint8Array.from(text, (c) => c.charCodeAt(0))
    : new TextEncoder().encode(text).slice();
}

const CSV: TextShape = {
  separator: ',',
  header: false,
  quotes: 'doubled',
  comment: null,
  skipLines: 0,
  rowNames: false,
  trailing: false,
  loneReturns: false,
};

async function readAll(content: Content, shape: Partial<TextShape>, encoding: Encoding, columns = 0) {
  const rows: string[][] = [];
  const lines: number[] = [];
  await readTextRows(content, { ...CSV, ...shape }, columns, encoding, {}, (cells, { line }) => {
    rows.push([...cells]);
    lines.push(line);
    return true;
  });
  return { rows, lines };
}

/** Latin-1's letters only, so that the same table can be written in both encodings. */
const cell = fc
  .array(fc.constantFrom('a', 'Z', '7', ' ', '"', ',', ';', '\t', '|', '\n', '\r\n', 'é', 'ß', '<b>', '%'), {
    maxLength: 6,
  })
  .map((parts) => parts.join(''));

const table = fc
  .tuple(fc.integer({ min: 2, max: 5 }), fc.integer({ min: 1, max: 12 }))
  .chain(([columns, rows]) =>
    fc.array(fc.array(cell, { minLength: columns, maxLength: columns }), {
      minLength: rows,
      maxLength: rows,
    }),
  );

describe('quoted text', () => {
  it('reads back to the rows that were written', async () => {
    await fc.assert(
      fc.asyncProperty(
        table,
        fc.constantFrom(',', '\t', ';', '|'),
        fc.constantFrom('\n', '\r\n'),
        fc.constantFrom<Encoding>('utf-8', 'windows-1252'),
        fc.boolean(),
        fc.boolean(),
        fc.integer({ min: 1, max: 40 }),
        async (rows, delimiter, newline, encoding, mark, endsLine, pieceSize) => {
          const body = Papa.unparse(rows, { delimiter, newline, quotes: true });
          const text = `${mark && encoding === 'utf-8' ? '\ufeff' : ''}${body}${endsLine ? newline : ''}`;
          const content = inPieces(encode(text, encoding), pieceSize);
          const read = await readAll(content, { separator: delimiter }, encoding);
          expect(read.rows).toEqual(rows);
          // Each row begins on the line that an editor would show.
          const expected = rows.map(
            (_, i) =>
              1 +
              Papa.unparse(rows.slice(0, i), { delimiter, newline, quotes: true }).split('\n').length -
              (i === 0 ? 1 : 0),
          );
          expect(read.lines).toEqual(expected);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('keeps every cell on its way to bytes', () => {
    const writer = new CellWriter();
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'grapheme', maxLength: 30 }), { minLength: 1, maxLength: 80 }),
        (row) => {
          const cells = writer.write(row, { line: 1, lines: 1, problem: null });
          expect(Array.from(row, (_, c) => cells.text(c))).toEqual(row);
        },
      ),
    );
  });

  it('says so when the bytes are of another encoding', async () => {
    const latin = encode('a,b\ncafé,1\n', 'windows-1252');
    await expect(readAll(inPieces(latin, 4), {}, 'utf-8')).rejects.toThrow(WrongEncoding);
    expect((await readAll(inPieces(latin, 4), {}, 'windows-1252')).rows[1]).toEqual(['café', '1']);
  });

  it('refuses a quotation mark that is never closed, long before the file is in memory', async () => {
    const rows = new TextEncoder().encode(`a,b\n1,"${'x,y\n'.repeat(1_000_000)}`).slice();
    const error = await readAll(inPieces(rows, 65_536), {}, 'utf-8').catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(UserError);
    expect(String(error)).toMatch(
      /table\.csv, line 2: a value is longer than 1,000,000 characters\. Is a quotation mark left open\?/,
    );
  });
});

describe('a quotation mark left open', () => {
  const bytes = new TextEncoder().encode(
    ['a,b', '1,x', '"two\nlines",y', '2,"open,1', ...Array(400).fill('1,z')].join('\n'),
  );

  it.each([7, 64, 65_536])('is refused with its line, in pieces of %i bytes', async (size) => {
    const error = await readAll(inPieces(bytes.slice(), size), {}, 'utf-8').catch(
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(UserError);
    expect(String(error)).toMatch(/table\.csv, line 5: a value never ends\. Is a quotation mark left open\?/);
  });

  it('does not matter behind the rows that are wanted', async () => {
    let rows = 0;
    await readTextRows(inPieces(bytes.slice(), 65_536), CSV, 2, 'utf-8', {}, () => ++rows < 3);
    expect(rows).toBe(3);
  });

  it.each([3, 5, 65_536])(
    'and closed by the mark of a later row is told of, in pieces of %i bytes',
    async (size) => {
      const text = '1,"sa"id",x\n2,"open,y\n3,b,y\n4,"quoted",z\n5,"fine, too",z\n';
      const places: unknown[] = [];
      await readTextRows(inPieces(encode(text, 'utf-8'), size), CSV, 3, 'utf-8', {}, (_, place) => {
        places.push(place);
        return true;
      });
      // The first one is odd, but within its line there is no doubt what it says.
      expect(places).toEqual([
        { line: 1, lines: 1, problem: null },
        { line: 2, lines: 3, problem: 'found a quotation mark that is left open' },
        { line: 5, lines: 1, problem: null },
      ]);
    },
  );
});

describe('unquoted text', () => {
  const plainCell = fc.string({ unit: fc.constantFrom('a', 'Z', '7', ' ', 'é', '"', '|'), maxLength: 5 });
  const plainTable = fc.integer({ min: 2, max: 70 }).chain((columns) =>
    fc.array(fc.array(plainCell, { minLength: columns, maxLength: columns }), {
      minLength: 1,
      maxLength: 6,
    }),
  );

  it('reads back to the rows that were written, by bytes', async () => {
    await fc.assert(
      fc.asyncProperty(
        plainTable,
        fc.constantFrom('\n', '\r\n'),
        fc.boolean(),
        fc.boolean(),
        fc.integer({ min: 1, max: 30 }),
        async (rows, newline, mark, endsLine, pieceSize) => {
          const text = `${mark ? '\ufeff' : ''}${rows.map((row) => row.join('\t')).join(newline)}${endsLine ? newline : ''}`;
          // A mark that a piece cuts in two is not looked for.
          const content = inPieces(encode(text, 'utf-8'), mark ? Math.max(3, pieceSize) : pieceSize);
          const read: string[][] = [];
          await readByteRows(content, 9, {}, (cells) => {
            read.push(Array.from({ length: cells.count }, (_, c) => cells.text(c)));
            return true;
          });
          expect(read).toEqual(rows);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('a preview', () => {
  async function preview(text: string | Uint8Array<ArrayBuffer>) {
    const found = await previewTable(await openSource([new File([text], 'clicks.csv')]));
    if (!found) throw new Error('no table');
    return found;
  }

  it('guesses separator, header, label and kinds', async () => {
    const body = Array.from(
      { length: 60 },
      (_, i) => `row${i};${i % 2};${i * 31};${(i * 0.37).toFixed(2)};${'xyz'[i % 3]};12:${i}`,
    );
    const { choices, rows } = await preview(['id;click;price;score;page;time', ...body].join('\r\n'));
    expect(choices).toMatchObject({
      separator: ';',
      header: true,
      label: { positive: ['1'], negative: ['0'] },
    });
    expect(choices.columns.map(({ role }) => role)).toEqual([
      'ignore',
      'label',
      'log',
      'quantile',
      'category',
      'ignore',
    ]);
    expect(rows[0]).toEqual(['row0', '0', '0', '0.00', 'x', '12:0']);
  });

  it('names the columns of a table without a header', async () => {
    const { choices } = await preview('1,a\n0,b\n1,c\n');
    expect(choices.header).toBe(false);
    expect(choices.columns.map(({ name }) => name)).toEqual(['column 1', 'column 2']);
  });

  it('tells columns of the same name apart, and says so', async () => {
    const { choices, notes } = await preview('y,x,x\n1,2,3\n0,3,4\n');
    expect(choices.columns.map(({ name }) => name)).toEqual(['y', 'x', 'x (2)']);
    expect(notes).toEqual(['Line 1 names two columns "x": the later one is called "x (2)" here.']);
  });

  it('reads Latin-1 and UTF-16', async () => {
    expect((await preview(encode('ville,y\nCafé,1\nb,0\n', 'windows-1252'))).rows[0]).toEqual(['Café', '1']);
    const utf16 = new Uint8Array([
      0xff,
      0xfe,
      ...[...'ville,y\nCafé,1\nb,0\n'].flatMap((c) => [c.charCodeAt(0), 0]),
    ]);
    expect((await preview(utf16)).rows[0]).toEqual(['Café', '1']);
  });

  it.each([
    ['prose', 'Dear Sir,\nI write to you, again, because\nnothing came.\n'],
    ['one column', 'a\nb\nc\n'],
    ['one line', 'a,b,c'],
    ['JSON', '{\n  "a": 1,\n  "b": 2,\n}'],
    ['a web page', '<html>\n<p>1,2\n<p>3,4'],
    ['junk', new Uint8Array(500).map((_, i) => (i * 37) % 256)],
  ])('finds no table in %s', async (_, content) => {
    expect(await previewTable(await openSource([new File([content], 'x.csv')]))).toBeNull();
  });
});
