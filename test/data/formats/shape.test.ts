/** How a text is made up, guessed from its beginning, and read so: the accents in which tables come. */
import { describe, expect, it } from 'vitest';
import type { Dataset } from '../../../src/data/dataset';
import { UserError } from '../../../src/data/errors';
import { changeChoices } from '../../../src/data/formats/delimited/choices';
import { readSeparator } from '../../../src/data/formats/delimited/separators';
import { type FoundShape, guessShape } from '../../../src/data/formats/delimited/shape';
import { inspectFiles, loadDataset } from '../../../src/data/load';
import type { TextShape } from '../../../src/data/table/table-spec';
import { decode } from '../decode';
import { textFile } from './tables';

function found(text: string, given: Partial<TextShape> = {}): FoundShape {
  const guess = guessShape(text, false, given);
  if (guess.kind === 'none') throw new Error(guess.reason);
  return guess;
}

function reason(text: string, given: Partial<TextShape> = {}): string {
  const guess = guessShape(text, false, given);
  return guess.kind === 'none' ? guess.reason : `a table of ${guess.names.join()}`;
}

/** All of the file, every column a category and the one named the label. */
async function read(
  text: string | Uint8Array<ArrayBuffer>,
  label: string,
  given?: Partial<TextShape>,
): Promise<Dataset> {
  const file = new File([text], 'table.txt');
  const inspection = await inspectFiles([file], given);
  if (inspection.kind !== 'table') throw new Error(inspection.kind);
  const { preview } = inspection;
  const names = preview.choices.columns.filter(({ role }) => role !== 'ignore').map(({ name }) => name);
  const table = changeChoices(preview, { label, positive: ['1'], roles: [{ role: 'category', names }] });
  return loadDataset(file, { withIds: false, table }, () => {});
}

async function refusal(action: Promise<unknown>): Promise<string> {
  const error: unknown = await action.catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(UserError);
  return error instanceof UserError ? error.message : '';
}

/** user, item, click: "0 0 1" and so on. */
const ROWS = Array.from({ length: 60 }, (_, i) => [`u${i % 9}`, `i${i % 7}`, String((i + 1) % 2)]);
const HEADER = ['user', 'item', 'click'];

/** The rows of the table above as a Dataset has them: without the label's column, then the label. */
const EXPECTED = ROWS;

describe('a separator', () => {
  it.each([',', '\t', ';', '|', '::', '^', '~', '\x01', '¦', ' '])('%j is guessed', async (separator) => {
    const text = [HEADER, ...ROWS].map((row) => row.join(separator)).join('\n');
    expect(found(text).shape).toMatchObject({ separator, header: true });
    expect(decode(await read(text, 'click'))).toEqual(EXPECTED);
  });

  it.each(['$', '||', '<->', ' - ', '\x1f', 'é'])(
    '%j is taken as told, where the guess fails',
    async (separator) => {
      const text = [HEADER, ...ROWS].map((row) => row.join(separator)).join('\n');
      expect(decode(await read(text, 'click', { separator }))).toEqual(EXPECTED);
    },
  );

  it('of spaces is any run of spaces and tabs, and nothing at either end', () => {
    expect(found('  a   b\tc \n 1  2   3\n4\t 5 6\n 7 8 9  \n').rows).toEqual([
      ['1', '2', '3'],
      ['4', '5', '6'],
      ['7', '8', '9'],
    ]);
  });

  it('of spaces leaves a quoted value whole', () => {
    const { names, rows } = found('"town" "y"\n"New York" 1\n"Rome" 0\n"a ""b""" 1\n"" 0\n');
    expect(names).toEqual(['town', 'y']);
    expect(rows).toEqual([
      ['New York', '1'],
      ['Rome', '0'],
      ['a "b"', '1'],
      ['', '0'],
    ]);
  });

  it('is not a comma that is a decimal one, nor a bar that parts a list', () => {
    expect(found('1,5;2,5\n3,5;4,5\n5,0;6,5\n').shape.separator).toBe(';');
    expect(found('id,genres,y\n1,a|b,0\n2,a|b|c,1\n3,c,0\n').shape.separator).toBe(',');
    expect(
      found('when,y\n2020-01-01 10:00,1\n2020-01-01 11:00,0\n2020-01-01 12:00,0\n').shape.separator,
    ).toBe(',');
  });

  it('may be typed as a name or an escape', () => {
    expect(['tab', '\\t', 'space', '   ', '::', '\\x01', '\\u00a6', 'Semicolon'].map(readSeparator)).toEqual([
      '\t',
      '\t',
      ' ',
      ' ',
      '::',
      '\x01',
      '¦',
      ';',
    ]);
    for (const wrong of ['', '"', '\n']) expect(() => readSeparator(wrong)).toThrow(UserError);
  });

  it('is what the first line says to Excel', async () => {
    const text = ['sep=~', HEADER.join('~'), ...ROWS.map((row) => row.join('~'))].join('\r\n');
    const { shape, notes } = found(text);
    expect(shape).toMatchObject({ separator: '~', skipLines: 1, header: true });
    expect(notes).toEqual(['Line 1 comes before the table and was left out.']);
    expect(decode(await read(text, 'click'))).toEqual(EXPECTED);
  });
});

describe('line ends', () => {
  const lines = [HEADER, ...ROWS].map((row) => row.join());
  const ends: [string, (i: number) => string][] = [
    ['\\r\\n', () => '\r\n'],
    ['\\n, after a first line with \\r\\n', (i) => (i === 0 ? '\r\n' : '\n')],
    ['\\r\\n, after a first line with \\n', (i) => (i === 0 ? '\n' : '\r\n')],
    ['\\r\\n in the first half, \\n in the second', (i) => (i < 30 ? '\r\n' : '\n')],
    ['\\r\\r\\n', () => '\r\r\n'],
    ['\\r alone', () => '\r'],
    ['\\r alone in the first half, \\n in the second', (i) => (i < 30 ? '\r' : '\n')],
  ];

  it.each(ends)('of %s lose no row and add nothing to a value', async (_, end) => {
    const text = lines.map((line, i) => line + end(i)).join('');
    for (const each of [text, text.replace(/[\r\n]+$/, '')]) {
      expect(decode(await read(each, 'click'))).toEqual(EXPECTED);
    }
  });

  it.each(ends)('of %s are the same behind quoted values', async (_, end) => {
    const text = lines.map((line, i) => `${line.replace(/[^,]+/g, '"$&"')}${end(i)}`).join('');
    expect(decode(await read(text, 'click'))).toEqual(EXPECTED);
  });

  it('of \\r alone far behind the beginning count by lines, so that the file is refused', async () => {
    const many = Array.from({ length: 30_000 }, (_, i) => `u${i % 9},item ${i % 7},${i % 2}`);
    const text = `${[HEADER.join(), ...many].join('\n')}\n${many.slice(0, 6_000).join('\r')}\n`;
    expect(await refusal(read(text, 'click'))).toMatch(
      /line(s 30002 to 36001| 30002): found .* 6,000 of 36,000 lines are like that, more than 10 %/,
    );
  });

  it('are no others: a line separator, a form feed and a NUL are characters', async () => {
    const text = ['y,x', '1,a\u2028b', '0,c\fd', '1,e\0f', '0,\u0085g'].join('\n');
    expect(decode(await read(text, 'y')).map(([x]) => x)).toEqual(['a\u2028b', 'c\fd', 'e\0f', '\u0085g']);
  });
});

describe('a byte-order mark', () => {
  const text = 'y,x\n1,é\n0,b\n1,c\n0,d\n';
  const utf16 = (big: boolean, mark: boolean) =>
    Uint8Array.from(
      [...(mark ? '\ufeff' : ''), ...text].flatMap((c) => {
        const unit = c.charCodeAt(0);
        return big ? [unit >> 8, unit & 255] : [unit & 255, unit >> 8];
      }),
    );
  const latin = Uint8Array.from(text, (c) => c.charCodeAt(0));

  it.each<[string, Uint8Array<ArrayBuffer>]>([
    ['UTF-8', new TextEncoder().encode(`\ufeff${text}`).slice()],
    ['UTF-16, little-endian', utf16(false, true)],
    ['UTF-16, big-endian', utf16(true, true)],
    ['no UTF-16, little-endian', utf16(false, false)],
    ['no UTF-16, big-endian', utf16(true, false)],
    ['UTF-8 before Latin-1', Uint8Array.of(0xef, 0xbb, 0xbf, ...latin)],
  ])('of %s is no part of the first name', async (_, bytes) => {
    const dataset = await read(bytes, 'y');
    expect(dataset.fields.map(({ name }) => name)).toEqual(['x']);
    expect(decode(dataset).map(([x]) => x)).toEqual(['é', 'b', 'c', 'd']);
  });

  it('of UTF-32 is named', async () => {
    const bytes = Uint8Array.from(
      [0xfeff, ...[...text].map((c) => c.charCodeAt(0))].flatMap((c) => [c & 255, c >> 8, 0, 0]),
    );
    expect(await refusal(read(bytes, 'y'))).toContain('it is in UTF-32; save it as UTF-8');
  });
});

describe('comments', () => {
  it.each(['#', '%', '//'])('that begin with %s stand before and between the rows', async (prefix) => {
    const lines = ROWS.map((row) => row.join());
    const text = [
      `${prefix} made by a tool, "quoted`,
      '',
      HEADER.join(),
      ...lines.slice(0, 30),
      `${prefix} part two, "three`,
      ...lines.slice(30),
    ].join('\n');
    const dataset = await read(text, 'click');
    expect(decode(dataset)).toEqual(EXPECTED);
    expect(dataset.notes.join(' ')).toContain('Lines 1 to 2 come before the table and were left out.');
    expect(dataset.notes.join(' ')).toContain('1 line between the rows is a comment and was left out.');
  });

  it('between rows with quoted values leave these alone', async () => {
    const text = '# top\ny,x\n1,"a\n# no comment"\n# a "comment\n0,"b"\n1,c\n';
    expect(decode(await read(text, 'y')).map(([x]) => x)).toEqual(['a\n# no comment', 'b', 'c']);
  });

  it('do not take rows away whose first value begins so', () => {
    expect(found('tag,y\n#a,1\n#b,0\nc,1\n').rows).toEqual([
      ['#a', '1'],
      ['#b', '0'],
      ['c', '1'],
    ]);
    expect(found('#a,1\n#b,0\nc,1\nd,0\n').rows).toHaveLength(4);
  });

  it('may name the columns', () => {
    expect(found('# made by a tool\n# user item y\na b 1\nc d 0\ne f 1\ng d 0\n')).toMatchObject({
      names: ['user', 'item', 'y'],
      rows: { length: 4 },
      shape: { header: true, skipLines: 1 },
    });
    expect(found('#,name,y\n1,a,1\n2,b,0\n3,c,1\n').names).toEqual(['#', 'name', 'y']);
    expect(found('#user\titem\ty\na\tb\t1\nc\td\t0\n').names).toEqual(['user', 'item', 'y']);
  });
});

describe('a header', () => {
  it('with one name fewer than the rows leaves out the row names of R', () => {
    const { names, rows, shape } = found('"user","y"\n"1","a",0\n"2","b",1\n"3","a",1\n');
    expect(names).toEqual(['row names', 'user', 'y']);
    expect(rows[0]).toEqual(['1', 'a', '0']);
    expect(shape).toMatchObject({ rowNames: true, header: true });
  });

  it('with or without a separator at its end fits rows with one', async () => {
    for (const header of ['user,item,click', 'user,item,click,']) {
      const text = [header, ...ROWS.map((row) => `${row.join()},`)].join('\n');
      expect(found(text).names).toEqual(HEADER);
      expect(decode(await read(text, 'click'))).toEqual(EXPECTED);
    }
    expect(found('user,item,click,\na,b,1\nc,d,0\n').names).toEqual(HEADER);
    expect(found('a,0,1,\nb,0,2,\nc,1,3,\n').names).toEqual(['column 1', 'column 2', 'column 3']);
    expect(found('user,item,more\na,1,\nb,0,\n').names).toEqual(['user', 'item', 'more']);
  });

  it('of numbers, or none above text, is as the user says', () => {
    expect(found('0,1,2\n5,6,7\n8,9,7\n', { header: true }).names).toEqual(['0', '1', '2']);
    expect(found('0,1,2\n5,6,7\n8,9,7\n', { header: true }).rows).toHaveLength(2);
    expect(found('ann,rome\nbob,oslo\n', { header: false }).rows).toHaveLength(2);
  });

  it('of 30,000 equal names takes no time', () => {
    const start = performance.now();
    const { names, notes } = found(
      `${'x,'.repeat(30_000)}y\n${'1,'.repeat(30_000)}0\n${'2,'.repeat(30_000)}1\n`,
    );
    expect(new Set(names).size).toBe(30_001);
    expect(names[29_999]).toBe('x (30000)');
    expect(notes).toHaveLength(4);
    // Trying every number for each took minutes.
    expect(performance.now() - start).toBeLessThan(5_000);
  });
});

describe('quotation marks', () => {
  it('in a TSV that does not quote are characters', async () => {
    const text = 'title\ty\n12" vinyl\t1\n"Heroes\t0\nLow"\t1\n"x" and y\t0\n"\t1\n';
    expect(found(text).shape.quotes).toBe('none');
    expect(decode(await read(text, 'y')).map(([x]) => x)).toEqual([
      '12" vinyl',
      '"Heroes',
      'Low"',
      '"x" and y',
      '"',
    ]);
  });

  it('around the values of a TSV are none of these', () => {
    expect(found('"title"\t"y"\n"a\tb"\t"1"\n"c"\t"0"\n').rows).toEqual([
      ['a\tb', '1'],
      ['c', '0'],
    ]);
  });

  it('may be escaped by a backslash', async () => {
    const text = 'title,y\n"say \\"hi\\", now",1\n"b",0\n"c \\"d\\"",1\n';
    expect(found(text).shape.quotes).toBe('backslash');
    expect(decode(await read(text, 'y')).map(([x]) => x)).toEqual(['say "hi", now', 'b', 'c "d"']);
    expect(found('dir,y\n"C:\\",1\n"D:\\",0\n').shape.quotes).toBe('doubled');
  });
});

describe('a comma and a space', () => {
  it('separate where a quotation mark stands behind the space', async () => {
    const rows = Array.from({ length: 40 }, (_, i) => `u${i % 9}, "Toy, Story ${i % 3}", "${i % 2}"\n`).join(
      '',
    );
    for (const text of [rows, `user, title, y\n${rows}`]) {
      expect(found(text).rows).toHaveLength(40);
      expect(found(text).rows[1]).toEqual(['u1', 'Toy, Story 1', '1']);
    }
  });

  it('do not where they are inside of values only', () => {
    const text = `text,y\n${'"say, ""hi""",1\n"no, ""ho""",0\n'.repeat(20)}`;
    expect(found(text).rows[0]).toEqual(['say, "hi"', '1']);
    expect(found(text.replace('text,y\n', '')).rows).toHaveLength(40);
  });
});

describe('values with line breaks', () => {
  it('are whole, also where half of the row has as many columns as the other half', async () => {
    const rows = Array.from({ length: 40 }, (_, i) => [`u${i % 9}`, `"line ${i % 3}\nand more"`, i % 2]);
    for (const separator of [',', '\t', ';']) {
      const body = rows.map((row) => `${row.join(separator)}\n`).join('');
      for (const text of [body, `${['user', 'text', 'y'].join(separator)}\n${body}`]) {
        expect(found(text).rows).toHaveLength(40);
        expect(found(text).rows[0]).toEqual(['u0', 'line 0\nand more', '0']);
      }
    }
  });
});

describe('a header that comes again', () => {
  it('is one, and no row wherever it does', async () => {
    const piece = `user,age,y\n${Array.from({ length: 50 }, (_, i) => `u${i % 9},${20 + i},${i % 2}\n`).join('')}`;
    const file = textFile('joined.csv', `${piece}${piece}\ufeff${piece}`);
    const inspection = await inspectFiles([file]);
    if (inspection.kind !== 'table') throw new Error(inspection.kind);
    const { choices } = inspection.preview;
    expect(choices.columns.map(({ name, role }) => [name, role])).toEqual([
      ['user', 'category'],
      ['age', 'quantile'],
      ['y', 'label'],
    ]);
    const dataset = await loadDataset(file, { withIds: false }, () => {});
    expect(dataset.rows).toBe(150);
    expect(dataset.notes.join()).toContain(
      '2 rows were skipped: line 52: found the names of the columns again; line 103: found the names',
    );
  });
});

describe('what is no table', () => {
  it.each([
    ['a,b,c,d\n1,2,3,4\n1,2,3\n1,2\n1\n', 'separated by commas, line 3 has 3 values, the header has 4'],
    ['u,i,y\n1,2,3,4,5\n1,2,3,4,5\n', 'separated by commas, line 2 has 5 values, the header has 3'],
    ['a,b\n', 'it has one line only'],
    ['# only\n# comments\n', 'it has one line only'],
    ['one\ntwo\nthree\n', 'its lines hold no comma, tab, semicolon, bar or the like between values'],
  ])('%j is told with line and counts', (text, expected) => {
    expect(reason(text)).toBe(expected);
  });

  it('is told by the separator that the user gave', async () => {
    expect(reason('a,b\n1,2\n', { separator: '::' })).toBe(
      'there are no "::" between values in its first lines',
    );
    // Without the list of formats: whoever gives a separator knows that it is a table.
    expect(await refusal(inspectFiles([textFile('t.csv', ['a,b', '1,2'])], { separator: ';' }))).toBe(
      't.csv is text that begins "a,b", and no table: there are no semicolons between values in its first lines.',
    );
  });

  it('is said of a file of blank lines', async () => {
    expect(await refusal(inspectFiles([new File(['\n\n  \n'], 'blank.csv')]))).toContain(
      'it is nothing but blank lines at its beginning. Expected',
    );
  });

  it('may only have a first line that is longer than what is looked at', () => {
    expect(guessShape('a,'.repeat(5_000), true)).toEqual({
      kind: 'none',
      reason: 'its first line is longer than the 10,000 characters that are looked at',
    });
  });
});
