/** Opens the list of what the browser has stored for this page. */
import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconDatabase } from '@tabler/icons-react';
import { lazyPart } from '../lazyPart';

const StoredDialog = lazyPart(async () => (await import('./StoredDialog')).StoredDialog);

export function StoredButton({ label }: { readonly label: string }) {
  const [isOpen, dialog] = useDisclosure(false);
  return (
    <>
      <Button
        size="xs"
        variant="default"
        w="fit-content"
        leftSection={<IconDatabase size={14} />}
        onClick={dialog.open}
      >
        {label}
      </Button>
      {isOpen && <StoredDialog onClose={dialog.close} />}
    </>
  );
}
