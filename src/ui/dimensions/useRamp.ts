/** The two ends of the colour ramp as the page's style sheet gives them, for pictures on a canvas. */
import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useState } from 'react';
import { createRamp, type Ramp } from './maskImage';

/** Null until the style of the current colour scheme is known. */
export function useRamp(): Ramp | null {
  const scheme = useComputedColorScheme('light');
  const [ramp, setRamp] = useState<Ramp | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the style sheet's values change with the scheme.
  useEffect(() => {
    // Mantine marks the page with the scheme in an effect of its own, after this one.
    const frame = requestAnimationFrame(() => {
      const style = getComputedStyle(document.documentElement);
      const read = (name: string) => parseHex(style.getPropertyValue(name).trim());
      setRamp(createRamp(read('--ramp-empty'), read('--ramp-full')));
    });
    return () => cancelAnimationFrame(frame);
  }, [scheme]);
  return ramp;
}

/** "#2b3fa8" → [43, 63, 168]. */
function parseHex(color: string): number[] {
  return [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16));
}
