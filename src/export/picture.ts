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

/** Self-contained: no style sheet, no variable, no script. `background` is a CSS colour. */
export function svgText(chart: SVGSVGElement, background: string): string {
  const copy = chart.cloneNode(true) as SVGSVGElement;
  inlineStyles(chart, copy);
  const { width, height } = chart.getBoundingClientRect();
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  copy.setAttribute('width', String(width));
  copy.setAttribute('height', String(height));
  copy.removeAttribute('class');
  copy.removeAttribute('tabindex');
  const ground = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
  ground.setAttribute('width', '100%');
  ground.setAttribute('height', '100%');
  ground.setAttribute('fill', background);
  copy.prepend(ground);
  return new XMLSerializer().serializeToString(copy);
}

/** Rejects where the browser cannot draw the SVG. */
export async function pngOf(svg: string, width: number, height: number): Promise<Blob> {
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
