/** A dialog that is on the page only while it is open: its way out has a name, and the focus goes back where it was. */
import { Modal, type ModalProps } from '@mantine/core';
import { useEffect, useState } from 'react';

export function Dialog(props: Omit<ModalProps, 'opened'>) {
  useFocusBack();
  return <Modal opened closeButtonProps={{ 'aria-label': 'Close' }} {...props} />;
}

/** Mantine gives the focus back only where a dialog stays on the page while it is closed. */
function useFocusBack(): void {
  const [before] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      const isLost = document.activeElement === document.body;
      if (isLost && before instanceof HTMLElement) before.focus({ preventScroll: true });
    },
    [before],
  );
}
