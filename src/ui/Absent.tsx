/** "–" in the place of a number, and why there is none: for mouse, finger, keyboard and screen reader. */
import { Text, Tooltip } from '@mantine/core';

/** How a tooltip is had. */
export const BY_ANY_MEANS = { hover: true, focus: true, touch: true };

interface AbsentProps {
  /** What is absent, for a reader who does not see row and column. */
  readonly name: string;
  readonly reason: string;
}

export function Absent({ name, reason }: AbsentProps) {
  return (
    <Tooltip label={reason} events={BY_ANY_MEANS} multiline maw={320}>
      <Text span size="xs" c="dimmed" tabIndex={0} role="img" aria-label={`${name}. ${reason}`}>
        –
      </Text>
    </Tooltip>
  );
}
