/** A chart as a file of its own: the SVG on the page with its styles written into it, or the same as PNG. */

/** What a chart's look is made of; everything else is geometry, which SVG keeps in attributes. */
const PROPERTIES = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-opacity',
  'stroke-dasharray',
  'opacity',
  'font-family',
  'font-size',
  'font-weight',
  'text-anchor',
  'visibility',
];
/** Of a PNG: sharp in print and on dense screens. */
const PIXELS_PER_UNIT = 2;

/** What a chart says around its drawing. Colours are CSS colours without variables. */
export interface PictureFrame {
  readonly title: string;
  /** What data is drawn; '': unknown. */
  readonly data: string;
  readonly legend: readonly { readonly label: string; readonly color: string }[];
  readonly background: string;
  readonly textColor: string;
  readonly fontFamily: string;
}

export interface Picture {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
}

const TITLE_HEIGHT = 28;
const LEGEND_LINE = 18;
const DATA_LINE = 16;
/** Of a letter of the legend, about: SVG does not flow text. */
const LETTER_WIDTH = 6.4;
const SWATCH_WIDTH = 20;
const NAMESPACE = 'http://www.w3.org/2000/svg';

/** Self-contained: no style sheet, no variable, no script; with the chart's title above, its legend and its data set below. */
export function pictureOf(chart: SVGSVGElement, frame: PictureFrame): Picture {
  const { width, height } = chart.getBoundingClientRect();
  const copy = chart.cloneNode(true) as SVGSVGElement;
  inlineStyles(chart, copy);
  setAttributes(copy, { x: 0, y: TITLE_HEIGHT, width, height });
  const places = legendPlaces(frame.legend, width);
  const lines = Math.max(0, ...places.map(({ line }) => line + 1));
  const foot = TITLE_HEIGHT + height + lines * LEGEND_LINE;
  const total = foot + (frame.data === '' ? 0 : DATA_LINE) + 8;

  const picture = create('svg', { width, height: total, viewBox: `0 0 ${width} ${total}` });
  picture.append(create('rect', { width, height: total, fill: frame.background }));
  const text = { fill: frame.textColor, 'font-family': frame.fontFamily };
  const title = create('text', { ...text, x: 12, y: 19, 'font-size': 14, 'font-weight': 600 });
  title.textContent = frame.title;
  picture.append(title, copy);
  frame.legend.forEach(({ label, color }, i) => {
    const { x, line } = places[i];
    const y = TITLE_HEIGHT + height + (line + 0.7) * LEGEND_LINE;
    const words = create('text', { ...text, x: x + SWATCH_WIDTH, y, 'font-size': 11 });
    words.textContent = label;
    picture.append(create('rect', { x, y: y - 7, width: 14, height: 7, rx: 2, fill: color }), words);
  });
  if (frame.data !== '') {
    const words = create('text', {
      ...text,
      x: 12,
      y: foot + 0.75 * DATA_LINE,
      'font-size': 9,
      opacity: 0.7,
    });
    words.textContent = frame.data;
    picture.append(words);
  }
  return { svg: new XMLSerializer().serializeToString(picture), width, height: total };
}

/** Entries side by side, in as many lines as they need. */
function legendPlaces(legend: PictureFrame['legend'], width: number): { x: number; line: number }[] {
  let [x, line] = [12, 0];
  return legend.map(({ label }) => {
    const needed = SWATCH_WIDTH + label.length * LETTER_WIDTH + 14;
    if (x > 12 && x + needed > width) [x, line] = [12, line + 1];
    const place = { x, line };
    x += needed;
    return place;
  });
}

function create(name: string, attributes: Readonly<Record<string, string | number>>): SVGElement {
  const element = document.createElementNS(NAMESPACE, name) as SVGElement;
  setAttributes(element, attributes);
  return element;
}

function setAttributes(element: Element, attributes: Readonly<Record<string, string | number>>): void {
  for (const [name, value] of Object.entries(attributes)) {
    element.setAttribute(name, String(value));
  }
}

/** Rejects where the browser cannot draw the SVG. */
export async function pngOf({ svg, width, height }: Picture): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = width * PIXELS_PER_UNIT;
  canvas.height = height * PIXELS_PER_UNIT;
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('The picture could not be drawn.'))));
  });
}

/** Writes only what an element does not inherit. Its own attributes of the same names would say it in variables. */
function inlineStyles(
  original: Element,
  copy: Element,
  inherited: Readonly<Record<string, string>> = {},
): void {
  const style = getComputedStyle(original);
  const values = Object.fromEntries(PROPERTIES.map((name) => [name, style.getPropertyValue(name)]));
  const own = PROPERTIES.filter((name) => values[name] !== (name === 'opacity' ? '1' : inherited[name]));
  copy.removeAttribute('class');
  copy.removeAttribute('style');
  for (const name of PROPERTIES) copy.removeAttribute(name);
  if (own.length > 0) copy.setAttribute('style', own.map((name) => `${name}:${values[name]}`).join(';'));
  for (let i = 0; i < original.children.length; i++) {
    inlineStyles(original.children[i], copy.children[i], values);
  }
}
