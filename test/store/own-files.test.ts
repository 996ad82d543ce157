/** Files that the page or its command line has written are told from data sets; settings go into a file and back. */
import { describe, expect, it } from 'vitest';
import { DOCUMENT_FORMAT } from '../../src/experiment/document';
import { presetConfig } from '../../src/experiment/presets';
import { readLinkHash } from '../../src/store/link';
import { ownFileKind, readSettings, settingsText } from '../../src/store/own-files';
import { runsFileText } from '../../src/store/runs-file';

const madeFor = { dataset: 'ml.csv', features: 18, fingerprint: '3333333333333333' };
const config = { ...presetConfig('fast', 100), epochs: 7 };

describe('what a file is', () => {
  it.each([
    ['an export', runsFileText([]), 'runs'],
    ['an export that was cut off', runsFileText([]).slice(0, 40), 'runs'],
    ["the command line's document", JSON.stringify({ format: DOCUMENT_FORMAT }, null, 2), 'runs'],
    ['settings', settingsText({ ...madeFor, config }), 'settings'],
    ['settings out of bounds', '{"epochs": 0}', 'settings'],
    ['any other JSON', '{"hello": 1}', null],
    ['names that every object has', '{"toString": 1, "constructor": {}}', null],
    ['a list', '[{"epochs": 1}]', null],
    ['settings that were cut off', settingsText({ ...madeFor, config }).slice(0, 60), null],
    ['a table', 'user,item,label\n1,2,1\n', null],
    ['nothing', '', null],
  ])('%s', async (_name, text, kind) => {
    expect(await ownFileKind(new File([text], 'file'))).toBe(kind);
  });
});

it('a file that is gone is left to whoever reads it', async () => {
  const gone = new File([''], 'gone.csv');
  gone.slice = () => ({ text: () => Promise.reject(new Error('gone')) }) as unknown as Blob;
  expect(await ownFileKind(gone)).toBeNull();
});

describe('settings', () => {
  it('come back as they were written, with the data set that they were made for', () => {
    expect(readSettings(settingsText({ ...madeFor, config }))).toEqual({ ...madeFor, config });
    expect(JSON.parse(settingsText({ ...madeFor, config }))).toMatchObject(madeFor);
  });

  it('that a file does not know are the official ones; one of version 0.1 names no data set', () => {
    const official = { ...presetConfig('paper', 1), targets: [] };
    expect(readSettings('{"epochs": 3}')).toEqual({
      dataset: '',
      features: null,
      config: { ...official, epochs: 3 },
    });
  });

  it('that a file of today does not know are those of a link that does not know them', () => {
    const said = readSettings('{"format": 2, "epochs": 3}');
    expect(said).toEqual(readLinkHash('#epochs=3'));
    expect(said.config).toEqual({ ...presetConfig('fast', 1), targets: [], epochs: 3 });
  });

  it.each(['3', '0', '1.5', '"2"', 'null'])('of format %s are refused as newer ones', (format) => {
    expect(() => readSettings(`{"format": ${format}, "epochs": 3}`)).toThrow(
      /^A newer page wrote these settings \(format .+\)\. Update the playground to open them\.$/,
    );
  });

  it('are refused with their name', () => {
    expect(() => readSettings('{"epochs": 0}')).toThrow(/^epochs: Epochs must be a number from 1/);
    expect(() => readSettings('{"epochs": 3, "epoch": 3}')).toThrow(/"epoch"/);
    expect(() => readSettings('{"epochs": 3, "fingerprint": "abc"}')).toThrow(
      'fingerprint: must be 16 hexadecimal digits',
    );
  });

  it.each([
    ['-1', 'must be a whole number of at least 0'],
    ['0', 'must be at least 1'],
    ['1.5', 'must be a whole number'],
    ['"many"', 'must be a whole number'],
  ])('are refused with %s features', (features, words) => {
    expect(() => readSettings(`{"epochs": 3, "features": ${features}}`)).toThrow(`features: ${words}`);
  });
});
