/** A growing series of points that never holds more than a chart can draw. Pure; the only place where points are dropped. */

/** recharts pays for points × series: this many keep a live chart cheap. */
export const MAX_POINTS = 300;

/** Points in order of step. */
export interface Series<Point extends { readonly step: number }> {
  readonly points: readonly Point[];
  /** Least distance in steps between two points that are kept. The newest point is always there. */
  readonly gap: number;
}

export const EMPTY_SERIES: Series<never> = { points: [], gap: 0 };

/**
 * The series with one more point. The first and the newest point are always kept; points closer to their predecessor
 * than the gap make room for the newest, and the gap doubles whenever the series is full.
 */
export function appendPoint<Point extends { readonly step: number }>(
  series: Series<Point>,
  point: Point,
  limit = MAX_POINTS,
): Series<Point> {
  const { points, gap } = series;
  const last = points.at(-1);
  const beforeLast = points.at(-2);
  const replacesLast =
    last !== undefined &&
    (last.step === point.step || (beforeLast !== undefined && last.step - beforeLast.step < gap));
  const grown = replacesLast ? [...points.slice(0, -1), point] : [...points, point];
  if (grown.length <= limit) return { points: grown, gap };

  const span = point.step - grown[0].step;
  const wider = Math.max(gap * 2, Math.ceil((2 * span) / limit));
  return { points: thin(grown, wider), gap: wider };
}

function thin<Point extends { readonly step: number }>(points: readonly Point[], gap: number): Point[] {
  const kept = [points[0]];
  for (const point of points.slice(1, -1)) {
    if (point.step - kept[kept.length - 1].step >= gap) kept.push(point);
  }
  kept.push(points[points.length - 1]);
  return kept;
}
