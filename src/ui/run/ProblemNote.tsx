/** Why something that was asked for cannot be done, until it is dismissed. */
import { Alert, Text } from '@mantine/core';

interface ProblemNoteProps {
  readonly words: string;
  onDismiss(): void;
}

export function ProblemNote({ words, onDismiss }: ProblemNoteProps) {
  return (
    <Alert
      color="orange"
      p="xs"
      mb={8}
      title="Not saved"
      withCloseButton
      closeButtonLabel="Dismiss"
      onClose={onDismiss}
    >
      <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
        {words}
      </Text>
    </Alert>
  );
}
