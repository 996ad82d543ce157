/** What tells bars of about the same colour apart: an SVG pattern for each place in DASHES. */
import type { Look } from './looks';

export interface TextureProps extends Look {
  /** In the whole page. */
  readonly id: string;
}

/** In pixels, of the square that is repeated. */
const SIZE = 5;

/** To stand in the `defs` of a chart. */
export function Texture({ id, color, pattern }: TextureProps) {
  if (pattern === 0) return null;
  return (
    <pattern
      id={id}
      width={SIZE}
      height={SIZE}
      patternUnits="userSpaceOnUse"
      patternTransform={pattern === 1 ? 'rotate(45)' : undefined}
    >
      {pattern === 1 && <rect width={2.5} height={SIZE} fill={color} />}
      {pattern === 2 && <rect width={SIZE} height={SIZE} fill={color} fillOpacity={0.15} />}
      {pattern === 3 && <rect width={SIZE} height={2} fill={color} />}
      {pattern === 4 && <circle cx={2.5} cy={2.5} r={1.4} fill={color} />}
    </pattern>
  );
}

/** CSS fill of a bar. */
export function fillOf({ id, color, pattern }: TextureProps): string {
  return pattern === 0 ? color : `url(#${id})`;
}
