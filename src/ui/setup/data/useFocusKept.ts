/** The focus of controls that are disabled for a while: it comes back to where it was, unless it has gone elsewhere. */
import { type RefObject, useLayoutEffect, useRef } from 'react';

/** @returns the reference for the element that holds the controls. */
export function useFocusKept<Holder extends HTMLElement>(isAway: boolean): RefObject<Holder | null> {
  const holder = useRef<Holder>(null);
  const lost = useRef<HTMLElement | null>(null);
  // Before the browser takes the focus from a disabled control.
  useLayoutEffect(() => {
    const active = document.activeElement;
    if (isAway) {
      if (active instanceof HTMLElement && holder.current?.contains(active)) lost.current = active;
      return;
    }
    if (active === document.body) lost.current?.focus({ preventScroll: true });
    lost.current = null;
  }, [isAway]);
  return holder;
}
