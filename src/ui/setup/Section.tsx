/** A titled part of the set-up panel. */
import { Stack, Title } from '@mantine/core';
import type { ReactNode } from 'react';

export function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <Stack component="section" gap={8}>
      <Title order={2} fz={11} fw={650} c="dimmed" tt="uppercase" lts="0.05em">
        {title}
      </Title>
      {children}
    </Stack>
  );
}
