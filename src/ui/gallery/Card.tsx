/** The surface on which the page has what an example shows without a frame of its own. */
import { Paper } from '@mantine/core';
import type { ReactNode } from 'react';

export function Card({ children }: { readonly children: ReactNode }) {
  return (
    <Paper withBorder p={14} bg="var(--page-surface)">
      {children}
    </Paper>
  );
}
