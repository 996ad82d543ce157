/** The next number of a field that is stepped. Pure. */
import { readNumber } from '../../experiment/setting-text';

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
