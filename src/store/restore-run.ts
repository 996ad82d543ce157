/** A run as it comes back from a file or from the browser's storage: what older versions wrote is brought up to date. */
import type { Fields, RecordKind } from '../experiment/restore';
import { decodeBytes } from '../export/base64';
import { faultOf } from './run-faults';
import { type RunRecord, runSchema, viewSchema } from './run-record';
import { ownColor } from './saved-run';

export const RUN: RecordKind<RunRecord> = {
  steps: [withTypedArrays],
  schema: runSchema
    .extend({
      view: viewSchema.superRefine((view, context) => {
        const fault = faultOf(view.start, view);
        if (fault) context.addIssue({ code: 'custom', ...fault });
      }),
    })
    .transform((run): RunRecord => {
      const isColor = /^#[0-9a-f]{6}$/i.test(run.color);
      return isColor ? run : { ...run, color: ownColor(run.view.start.run.scheme) };
    }),
};

/** Files of version 1 hold a mask as base64 of its own, and other typed arrays as lists. */
function withTypedArrays(run: Fields): Fields {
  const number = (value: unknown) =>
    change(value, { fieldMeans: floats, groupData: floats, groupDecay: floats });
  const ofPoint = { threshold: number, push: number };
  const table = (value: unknown) => change(value, { points: each((point) => change(point, ofPoint)) });
  const ticket = (value: unknown) => change(value, { mask: words });
  const latest = (value: unknown) => change(value, { ...ofPoint, mask: words, dimensions: bytes });
  const view = (value: unknown) => change(value, { table, tickets: each(ticket), latest });
  return change(run, { view }) as Fields;
}

type Change = (value: unknown) => unknown;

/** The record with these of its fields changed; anything else as it is. */
function change(value: unknown, changes: Readonly<Record<string, Change>>): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const fields = value as Fields;
  const changed = Object.entries(changes).filter(([name]) => Object.hasOwn(fields, name));
  return { ...fields, ...Object.fromEntries(changed.map(([name, to]) => [name, to(fields[name])])) };
}

function each(to: Change): Change {
  return (value) => (Array.isArray(value) ? value.map(to) : value);
}

function words(value: unknown): unknown {
  const decoded = typeof value === 'string' ? decodeBytes(value) : null;
  return decoded && decoded.length % 4 === 0 ? new Uint32Array(decoded.buffer) : value;
}

function floats(value: unknown): unknown {
  const isList = Array.isArray(value) && value.every((item) => item === null || typeof item === 'number');
  return isList ? Float64Array.from(value, (item) => item ?? Number.NaN) : value;
}

function bytes(value: unknown): unknown {
  const isByte = (item: unknown) => Number.isInteger(item) && Number(item) >= 0 && Number(item) <= 255;
  return Array.isArray(value) && value.every(isByte) ? Uint8Array.from(value) : value;
}
