/**
 * What records are described with: numbers within bounds that no run goes beyond, typed arrays, objects that keep what they do
 * not know. A record's type is made from its description, so that neither can be forgotten. JSON has no NaN and no infinity: it
 * writes null, and what could not be measured is null here too.
 */
import { z } from 'zod';
import type { RunConfig } from './settings';

/** Numbers of a table, N·d. The largest buffer that a browser's GPU process binds has 2 GiB. */
export const MAX_TABLE_ENTRIES = 536_870_912;
/** More fields than this are read by no format and drawn by no chart. */
export const MAX_FIELDS = 10_000;
/** Sums and means of single precision end at 3.4e38. */
const LARGEST = 1e39;
/** What is nearer to 0 is 0: an axis has no powers of ten below 1e-308. */
const SMALLEST = 1e-300;

const MEASURES_ERROR = 'must be a list of numbers of at least 0';

/** A number of things. */
export const whole = z
  .int({ error: 'must be a whole number' })
  .min(0, 'must be a whole number of at least 0')
  .transform(withoutSign);

/** Passes over the training rows, fractional. */
export const epochs = z
  .number({ error: 'must be a number' })
  .min(0, 'must be at least 0')
  .max(1e15, 'is larger than any run is long')
  .transform(withoutSign);

/** What was measured, from 0 to `max`; null where there is no value: NaN and the infinities are none. */
export function measured(max = LARGEST) {
  const error = `must be a number from 0 to ${max}, or null`;
  return z
    .custom<number | null>((value) => isMeasured(value, max), { error })
    .transform((value) => (hasValue(value) ? withoutSign(value) : null));
}

/** As `measured`, where the run itself holds NaN for no value. */
export function measuredOrNaN(max?: number) {
  return measured(max).transform((value) => value ?? Number.NaN);
}

function isMeasured(value: unknown, max = LARGEST): value is number | null {
  return (
    value === null || (typeof value === 'number' && (!Number.isFinite(value) || (value >= 0 && value <= max)))
  );
}

/** −0 is 0, as JSON writes it; so is what is too small to be drawn. */
export function withoutSign(value: number): number {
  return Math.abs(value) < SMALLEST ? 0 : value;
}

/** False for null, NaN and the infinities. */
function hasValue(value: number | null): value is number {
  return value !== null && Number.isFinite(value);
}

/** An area under a curve, 0…1. */
export const auc = measured(1);
/** In nats. */
export const logloss = measured();

/** An object in which what is not named stays as it is: a later version may know it. It has no part in the type. */
export function record<Shape extends z.ZodRawShape>(shape: Shape): z.ZodObject<Shape> {
  return z.looseObject(shape) as unknown as z.ZodObject<Shape>;
}

/** The fields of an interface that stands elsewhere: one that is forgotten here, or made up, does not compile. */
export function fieldsOf<Type>(fields: FieldsOf<Type>): FieldsOf<Type> {
  return fields;
}
type FieldsOf<Type> = { readonly [Name in keyof Type]-?: z.ZodType<Type[Name]> };

/** What a description describes, to be read only. Settings are made from their own table, and stay as they are. */
export type Described<Schema extends z.ZodType> = ReadOnly<z.output<Schema>>;
type ReadOnly<Type> = Type extends ArrayBufferView | RunConfig
  ? Type
  : Type extends object
    ? { readonly [Name in keyof Type]: ReadOnly<Type[Name]> }
    : Type;

/** Bits, 32 in a word. */
export const maskSchema: z.ZodType<Uint32Array> = z.instanceof(Uint32Array, {
  error: 'must be a mask in base64',
});
export const bytesSchema: z.ZodType<Uint8Array> = z.instanceof(Uint8Array, {
  error: 'must be a list of whole numbers up to 255',
});

/** As `measuredOrNaN`, many. */
export const measuresSchema: z.ZodType<Float64Array> = z
  .instanceof(Float64Array, { error: MEASURES_ERROR })
  .refine((numbers) => numbers.every((each) => isMeasured(each)), MEASURES_ERROR)
  .transform((numbers) => numbers.map((each) => (Number.isFinite(each) ? withoutSign(each) : Number.NaN)));

/** Features of a field: at least one, as each row has a value in it. */
export const fieldShape = {
  name: z.string(),
  features: whole.refine((count) => count > 0, 'must be at least 1'),
};

export const fingerprintSchema = z.string().regex(/^[0-9a-f]{16}$/, 'must be 16 hexadecimal digits');
