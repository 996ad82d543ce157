/** How runs are told apart in the charts across runs: a shade of their kind's colour, and a pattern. Pure. */
import { DEFAULT_SCHEME } from '../../embedding/catalogue';
import type { RunKindId } from '../../experiment/run-kinds';
import { isSearch, ownColor, type SavedRun } from '../../store/saved-run';
import type { LegendEntry } from '../charts/ChartFigure';

export type ColorScheme = 'light' | 'dark';

export interface Look {
  readonly color: string;
  /** Place in DASHES, and of a bar's texture. */
  readonly pattern: number;
}

/** Dash patterns of lines, for `stroke-dasharray`; the first run of a kind has an unbroken line. */
export const DASHES = ['none', '7 3', '2 2.5', '10 3 2 3', '14 4'] as const;

/** Of a chart's card, as page.css has them. */
export const SURFACES: Record<ColorScheme, string> = { light: '#ffffff', dark: '#1b1e23' };

/** Contrasts with the card at which the shades of a kind lie; below 3 a line is hard to see. */
const CONTRASTS = [3.1, 4.1, 5.4, 7.1, 9.4];
/** Steps from shade to shade, round and round: the first runs of a kind are the least alike. */
const STRIDE = 2;

/** By id of a run. */
export type Looks = ReadonlyMap<string, Look>;

/** A look for every run. It depends on the runs of its colour before it, so that hiding one changes no other. */
export function looksOf(runs: readonly SavedRun[], scheme: ColorScheme): Looks {
  const siblings = new Map<string, number>();
  return new Map(
    runs.map(({ id, color, view }) => {
      const kind = view.start?.run.scheme ?? DEFAULT_SCHEME;
      const own = ownColor(kind);
      const place = siblings.get(own) ?? 0;
      siblings.set(own, place + 1);
      const shades = shadesOf(kind, scheme);
      const round = Math.floor(place / DASHES.length);
      const shade = shades[(place + round) % shades.length];
      return [id, { color: isChosen(color, kind) ? color : shade, pattern: place % DASHES.length }];
    }),
  );
}

export function lookOf(looks: Looks, id: string): Look {
  return looks.get(id) ?? { color: 'currentColor', pattern: 0 };
}

/** How a line of that look is drawn. */
export function strokeOf({ color, pattern }: Look) {
  return { stroke: color, strokeWidth: 2, strokeDasharray: DASHES[pattern] };
}

/** Of a run that is drawn as a line. */
export function legendEntry({ id, name }: SavedRun, looks: Looks): LegendEntry {
  const { color, pattern } = lookOf(looks, id);
  return { label: name, color, shape: 'stroke', dash: DASHES[pattern] };
}

/** The colour of a kind, or the nearest to it that can be seen on the card. */
export function kindColor(kind: RunKindId, scheme: ColorScheme): string {
  return shadesOf(kind, scheme)[0];
}

/** Whether a run's colour was chosen by the user: it is not its kind's own, nor that mixed with white, as it once was. */
export function isChosen(color: string, kind: RunKindId): boolean {
  const own = channelsOf(ownColor(kind));
  const channels = channelsOf(color);
  const darkest = own.indexOf(Math.min(...own));
  const share = (channels[darkest] - own[darkest]) / (255 - own[darkest]);
  return (
    share < 0 || share > 0.5 || own.some((each, c) => Math.abs(channels[c] - mix(each, 255, share)) > 1.5)
  );
}

/** The newest runs, and among them the search that each was made of, where it is one of `runs`. */
export function newestWithSearch(runs: readonly SavedRun[], most: number): SavedRun[] {
  const kept = new Set<SavedRun>();
  const searches = new Map<string, SavedRun>();
  for (const run of runs.toReversed()) if (isSearch(run)) searches.set(run.experiment, run);
  for (const run of runs.toReversed()) {
    if (kept.size >= most) break;
    const wanted = new Set([...kept, searches.get(run.experiment) ?? run, run]);
    if (wanted.size <= most) for (const each of wanted) kept.add(each);
  }
  return runs.filter((run) => kept.has(run));
}

/** WCAG's contrast of two colours, 1…21. */
export function contrast(a: string, b: string): number {
  const [darker, lighter] = [luminance(channelsOf(a)), luminance(channelsOf(b))].sort((x, y) => x - y);
  return (lighter + 0.05) / (darker + 0.05);
}

/** The kind's own colour first; then lighter and darker ones in turn. */
function shadesOf(kind: RunKindId, scheme: ColorScheme): string[] {
  const surface = SURFACES[scheme];
  const own = contrast(ownColor(kind), surface);
  const distances = CONTRASTS.map((each) => Math.abs(Math.log(each / own)));
  const nearest = distances.indexOf(Math.min(...distances));
  return CONTRASTS.map((_, i) => {
    const level = CONTRASTS[(nearest + i * STRIDE) % CONTRASTS.length];
    return withContrast(ownColor(kind), i === 0 ? Math.max(own, CONTRASTS[0]) : level, surface);
  });
}

/** A colour mixed with white or black until it stands out from the surface that much. */
function withContrast(color: string, wanted: number, surface: string): string {
  const own = channelsOf(color);
  const isOnWhite = luminance(channelsOf(surface)) > 0.5;
  const isTooFaint = contrast(color, surface) < wanted;
  const end = isOnWhite === isTooFaint ? 0 : 255;
  const mixed = (share: number) => hexOf(own.map((channel) => mix(channel, end, share)));
  // The least share that reaches the contrast, or the largest that keeps it.
  const isWithin = (share: number) => contrast(mixed(share), surface) >= wanted === isTooFaint;
  let [below, above] = [0, 1];
  for (let halving = 0; halving < 10; halving++) {
    const middle = (below + above) / 2;
    if (isWithin(middle)) above = middle;
    else below = middle;
  }
  return mixed(isTooFaint ? above : below);
}

function mix(from: number, to: number, share: number): number {
  return from + (to - from) * share;
}

/** Relative luminance, 0…1. */
function luminance(channels: readonly number[]): number {
  const [red, green, blue] = channels.map((channel) => {
    const value = channel / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** "#2b3fa8" → [43, 63, 168]. */
function channelsOf(color: string): number[] {
  return [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16));
}

function hexOf(channels: readonly number[]): string {
  return `#${channels.map((channel) => Math.round(channel).toString(16).padStart(2, '0')).join('')}`;
}
