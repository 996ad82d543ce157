/** Where an axis is labelled, and the look that all axes share. Pure. */

export const PLOT_HEIGHT = 220;
/** A chart without a line of numbers below it is this much taller, to end where its neighbour ends. */
export const FOOTER_HEIGHT = 23;

/** Of all words in a chart, in pixels. */
export const FONT_SIZE = 12;

export const AXIS_STYLE = {
  stroke: 'var(--chart-axis)',
  tick: { fontSize: FONT_SIZE, fill: 'var(--chart-axis)' },
  tickLine: false,
  axisLine: { stroke: 'var(--chart-grid)' },
} as const;

/** An axis of steps says so at its end, below its labels. */
export const STEP_AXIS_STYLE = {
  ...AXIS_STYLE,
  height: 36,
  label: {
    value: 'step',
    position: 'insideBottomRight',
    offset: 3,
    fontSize: FONT_SIZE,
    fill: 'var(--chart-axis)',
  },
} as const;

export const GRID_STYLE = { stroke: 'var(--chart-grid)', vertical: false } as const;

/** Colours for lines of single fields, readable on both schemes; further fields start again. */
export const FIELD_COLORS = [
  '#2b8a9e',
  '#d6409f',
  '#7c9a1e',
  '#8e6bd8',
  '#c58b12',
  '#4b87e0',
  '#cf5f4a',
  '#3f9d63',
  '#a0708f',
  '#7f8894',
] as const;

/** Of rising or falling values, those that are at least `distance` from the one labelled before. */
export function spacedOut(values: readonly number[], distance: number): Set<number> {
  const labelled = new Set<number>();
  let last = Number.NaN;
  for (const value of values) {
    if (Math.abs(value - last) < distance) continue;
    labelled.add(value);
    last = value;
  }
  return labelled;
}

/** The least of 1, 2 or 5 times a power of ten that is no less than `rough`, which must be above 0. */
function roundStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  return [1, 2, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= rough) ?? rough;
}

/** Round values 0, step, 2·step… up to `max`, about `count` of them; the step is 1, 2 or 5 times a power of ten. */
export function roundTicks(max: number, count: number): number[] {
  if (!(max > 0)) return [0];
  const step = roundStep(max / count);
  const ticks = [];
  for (let k = 0; k * step <= max * (1 + 1e-9); k++) ticks.push(Number((k * step).toPrecision(12)));
  return ticks;
}

/** Round values from below `min` to above `max`, at least two and about `count`: the ends of an axis are among them. */
export function ticksAround(min: number, max: number, count: number): number[] {
  const step = roundStep(max > min ? (max - min) / count : Math.abs(min) / 10 || 1);
  const from = Math.floor(min / step + 1e-9);
  const to = Math.max(from + 1, Math.ceil(max / step - 1e-9));
  return Array.from({ length: to - from + 1 }, (_, k) => Number(((from + k) * step).toPrecision(12)));
}

/** 10 to a higher power is no number. */
const HIGHEST_DECADE = 308;
/** Decades on a log axis up to which there is room for 2 and 5 between the powers of ten. */
const MOST_DECADES = 5;

/** 1, 2 and 5 times powers of ten around values above 0; where they lie too far apart, powers of ten alone. */
export function logTicks(min: number, max: number): number[] {
  const [from, to] = [Math.floor(Math.log10(min)), Math.ceil(Math.log10(max)) + 1];
  if (to - from > MOST_DECADES + 1) return decadeTicks(min, max, MOST_DECADES);
  const candidates: number[] = [];
  for (let exponent = from - 1; exponent <= to; exponent++) {
    for (const factor of [1, 2, 5]) candidates.push(factor * 10 ** exponent);
  }
  const known = candidates.filter(Number.isFinite);
  const first = known.findLastIndex((tick) => tick <= min * 0.95);
  const last = known.findIndex((tick) => tick >= max * 1.05);
  return known.slice(Math.max(0, first), last === -1 ? known.length : last + 1);
}

/** Powers of ten around the values of a log axis, at most about `count` of them. Values must be above 0. */
export function decadeTicks(min: number, max: number, count: number): number[] {
  const from = Math.min(HIGHEST_DECADE - 1, Math.floor(Math.log10(min) + 1e-9));
  const to = Math.min(HIGHEST_DECADE, Math.max(from + 1, Math.ceil(Math.log10(max) - 1e-9)));
  const stride = Math.ceil((to - from) / count);
  const ticks = [];
  for (let exponent = to; exponent >= from; exponent -= stride) ticks.unshift(10 ** exponent);
  if (ticks[0] > 10 ** from) ticks.unshift(10 ** (Math.log10(ticks[0]) - stride));
  return ticks;
}

/** A power of ten as people write it: "0.01", "1e−7". */
export function formatDecade(value: number): string {
  return value >= 1e-3 ? String(Number(value.toPrecision(1))) : value.toExponential(0).replace('-', '−');
}

/** A name on as many letters as there is room for; a letter as wide as a Chinese one takes the room of two. */
export function shorten(name: string, most: number): string {
  const letters = [...name];
  const widths = letters.map((letter) => (letter >= '\u2e80' ? 2 : 1));
  if (widths.reduce((sum, width) => sum + width, 0) <= most) return name;
  let room = most - 1;
  const end = widths.findIndex((width) => {
    room -= width;
    return room < 0;
  });
  return `${letters.slice(0, end).join('').trimEnd()}…`;
}

/** A share as an axis writes it. A plain space would let the label break in two. */
export function formatShare(share: number): string {
  return `${Math.round(100 * share)}\u00a0%`;
}

/** 92576 → "92.6k", for axes. */
export function formatShort(value: number): string {
  if (value >= 1e6) return `${Number((value / 1e6).toPrecision(3))}M`;
  return value >= 1e3 ? `${Number((value / 1e3).toPrecision(3))}k` : String(value);
}
