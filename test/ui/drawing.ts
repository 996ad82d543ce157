/** What can be said of a drawing by looking at it: whether it is there, whole, made of numbers, and can be read. */
import { contrast } from '../../src/ui/compare/looks';

/** Charts of the charting library, and the page's own. */
const CHARTS = 'svg.recharts-surface, svg[role="img"]';
/** All shapes but what is of the axes, and what is not drawn itself. */
const MARKS = 'path, rect, circle, polyline';
const NO_MARKS = 'defs, .recharts-cartesian-grid, .recharts-cartesian-axis';
const NO_NUMBER = /NaN|Infinity|undefined|\bnull\b/;
/** WCAG AA, of text and of lines. */
const TEXT_CONTRAST = 4.5;
const LINE_CONTRAST = 3;
/** Of half a line's width and of rounding, in pixels. */
const TOLERANCE = 2;
/** Above and below the letters a line of words is empty, in pixels. */
const LEADING = 4;

/** How many charts and pictures are drawn, with marks in them. */
export function drawnPictures(example: Element): number {
  const charts = [...example.querySelectorAll(CHARTS)].filter((chart) =>
    [...chart.querySelectorAll(MARKS)].some(isSeen),
  );
  const canvases = [...example.querySelectorAll('canvas')].filter(isPainted);
  return charts.length + canvases.length;
}

/** Faults in words; none of a good drawing. */
export function faultsOf(example: Element): string[] {
  const charts = [...example.querySelectorAll<SVGSVGElement>(CHARTS)];
  return [
    ...noNumbers(example),
    ...charts.flatMap(outside),
    ...charts.flatMap(overlaps),
    ...unreadable(example),
    ...faint(example),
  ];
}

function isSeen(mark: Element): boolean {
  if (mark.closest(NO_MARKS)) return false;
  const { width, height } = mark.getBoundingClientRect();
  const { stroke, fill } = getComputedStyle(mark);
  return Math.max(width, height) > 0 && (stroke !== 'none' || fill !== 'none');
}

function isPainted(canvas: HTMLCanvasElement): boolean {
  const { width, height } = canvas;
  if (width === 0 || height === 0) return false;
  const pixels = canvas.getContext('2d')?.getImageData(0, 0, width, height).data ?? new Uint8ClampedArray();
  return pixels.length > 0 && pixels.every((value, i) => i % 4 !== 3 || value === 255);
}

function noNumbers(example: Element): string[] {
  const attributes = [...example.querySelectorAll(`:is(${CHARTS}) *`)].flatMap((element) =>
    [...element.attributes]
      .filter(({ value }) => NO_NUMBER.test(value))
      .map(({ name, value }) => `${name}="${value}"`),
  );
  const words = (example as HTMLElement).innerText.split('\n').filter((line) => NO_NUMBER.test(line));
  return [...attributes, ...words].map((what) => `no number: ${what}`);
}

/** Marks and words that the chart's edge cuts off, if they are not cut on purpose. */
function outside(chart: SVGSVGElement): string[] {
  const box = chart.getBoundingClientRect();
  return [...chart.querySelectorAll('path, circle, rect, line, polyline, text')]
    .filter((element) => !element.closest('defs, [clip-path]'))
    .filter((element) => {
      const { left, right, top, bottom } = element.getBoundingClientRect();
      const [across, down] = [
        Math.min(left - box.left, box.right - right),
        Math.min(top - box.top, box.bottom - bottom),
      ];
      return Math.min(across, down) < -TOLERANCE;
    })
    .map((element) => `outside of its chart: ${element.tagName} "${element.textContent}"`);
}

/** Pairs of words that lie on each other, of those that lie at the same angle. */
function overlaps(chart: SVGSVGElement): string[] {
  const words = [...chart.querySelectorAll('text')].filter(({ textContent }) => textContent).map(placeOf);
  return words.flatMap((a, i) =>
    words
      .slice(0, i)
      .filter((b) => Math.abs(a.angle - b.angle) < 0.01)
      .filter(
        (b) =>
          b.left < a.right && a.left < b.right && b.top + LEADING < a.bottom && a.top + LEADING < b.bottom,
      )
      .map((b) => `words on words: "${b.text}" and "${a.text}"`),
  );
}

/** Where words lie when the paper is turned until they are level. */
function placeOf(text: SVGTextElement) {
  const { x, y, width, height } = text.getBBox();
  const matrix = text.getCTM() ?? new DOMMatrix();
  const angle = Math.atan2(matrix.b, matrix.a);
  const corner = new DOMPoint(x, y).matrixTransform(matrix);
  const left = corner.x * Math.cos(angle) + corner.y * Math.sin(angle);
  const top = corner.y * Math.cos(angle) - corner.x * Math.sin(angle);
  return { text: text.textContent, angle, left, right: left + width, top, bottom: top + height };
}

/** Words that are too faint on what is behind them. */
function unreadable(example: Element): string[] {
  const faults = [...example.querySelectorAll('*')]
    .filter((element) =>
      [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim()),
    )
    .filter((element) => !element.closest(':disabled, [data-disabled], [hidden]'))
    .flatMap((element) => {
      const { color, fill } = getComputedStyle(element);
      return weakness(element instanceof SVGElement ? fill : color, element, TEXT_CONTRAST);
    });
  return [...new Set(faults)];
}

/** Lines of the legend that are too faint on the card. */
function faint(example: Element): string[] {
  return [...example.querySelectorAll('[data-legend] i')].flatMap((sample) =>
    weakness(getComputedStyle(sample).color, sample.parentElement ?? sample, LINE_CONTRAST),
  );
}

function weakness(color: string, element: Element, least: number): string[] {
  const [own, behind] = [hexOf(color), backgroundOf(element)];
  if (own === null || behind === null) return [];
  const found = contrast(own, behind);
  return found < least ? [`contrast ${found.toFixed(2)}: "${element.textContent}", ${own} on ${behind}`] : [];
}

function backgroundOf(element: Element | null): string | null {
  for (let each = element; each; each = each.parentElement) {
    const color = getComputedStyle(each).backgroundColor;
    if (color !== 'rgba(0, 0, 0, 0)') return hexOf(color);
  }
  return null;
}

/** "rgb(43, 63, 168)" → "#2b3fa8"; null for one that lets something through. */
function hexOf(color: string): string | null {
  const channels = /^rgb\((\d+), (\d+), (\d+)\)$/.exec(color)?.slice(1);
  return channels ? `#${channels.map((each) => Number(each).toString(16).padStart(2, '0')).join('')}` : null;
}
