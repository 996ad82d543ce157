/** Keeps a list as long as its numbers stay the same: recharts takes another list for another axis. */
import { useRef } from 'react';

export function useKept(values: readonly number[]): readonly number[] {
  const kept = useRef(values);
  const isSame =
    values.length === kept.current.length && values.every((value, i) => value === kept.current[i]);
  if (!isSame) kept.current = values;
  return kept.current;
}
