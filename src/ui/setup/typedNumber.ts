/** Numbers as people type them, and the next one when they are stepped. Pure. */

/** Also with a true minus sign, in scientific notation, or with commas between thousands; NaN for anything else. */
export function readNumber(text: string): number {
  const plain = text.trim().replace('−', '-');
  const digits = /^[-+]?\d{1,3}(,\d{3})+$/.test(plain) ? plain.replaceAll(',', '') : plain;
  return /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(digits) ? Number(digits) : Number.NaN;
}

export interface Steps {
  readonly step: number;
  readonly min: number;
  readonly max?: number | undefined;
}

/**
 * The text one step up or down, never over the bound on that side. An empty field starts at the number next to 0; what
 * is no number stays as it was typed.
 */
export function stepped(
  text: string,
  direction: 1 | -1,
  { step, min, max = Number.MAX_SAFE_INTEGER }: Steps,
): string {
  if (text.trim() === '') return String(Math.min(max, Math.max(min, 0)));
  const value = readNumber(text);
  if (Number.isNaN(value)) return text;
  // Without the digits that binary fractions add.
  const next = Number((value + direction * step).toPrecision(15));
  return String(direction > 0 ? Math.min(next, max) : Math.max(next, min));
}
