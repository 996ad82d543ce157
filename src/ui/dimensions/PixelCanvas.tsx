/** A canvas with one canvas pixel per value, scaled up without smoothing. */
import { type CSSProperties, useEffect, useRef } from 'react';

interface PixelCanvasProps {
  /** [height, width] */
  readonly pixels: Uint32Array;
  readonly width: number;
  readonly style?: CSSProperties;
}

export function PixelCanvas({ pixels, width, style }: PixelCanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const height = pixels.length / width;

  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    const bytes = new Uint8ClampedArray(pixels.buffer as ArrayBuffer, pixels.byteOffset, pixels.byteLength);
    context.putImageData(new ImageData(bytes, width, height), 0, 0);
  }, [pixels, width, height]);

  return (
    <canvas
      ref={canvas}
      width={width}
      height={height}
      aria-hidden
      style={{ display: 'block', width: '100%', imageRendering: 'pixelated', ...style }}
    />
  );
}
