/** An archive or a folder with several tables: which of them is meant. */
import { Button, Group, Radio, ScrollArea, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { playground } from '../../../store/use-playground';
import type { TableQuestion } from '../../../worker/protocol';
import { Dialog } from '../../Dialog';
import { formatBytes, formatCount } from '../../format';

/** More are found by typing a part of their name. */
const SHOWN_TABLES = 100;

export function TableDialog({ question }: { readonly question: TableQuestion }) {
  const { name, tables } = question;
  const [chosen, setChosen] = useState<string | null>(null);
  const [wanted, setWanted] = useState('');
  const actions = playground.getState();
  const found = tables.filter(({ path }) => path.toLowerCase().includes(wanted.trim().toLowerCase()));
  const rest = found.length - SHOWN_TABLES;

  return (
    <Dialog onClose={actions.dismissChoice} title={`${name}: which table?`}>
      {/* A form: Enter in the list opens what is chosen. */}
      <Stack
        component="form"
        gap={12}
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          if (chosen !== null) void actions.chooseTable(chosen);
        }}
      >
        <Text size="xs" c="dimmed">
          It holds {formatCount(tables.length)} files that can be the table. Choose the one to read.
        </Text>
        {tables.length > SHOWN_TABLES && (
          <TextInput
            label="Find a table"
            value={wanted}
            data-autofocus
            spellCheck={false}
            autoComplete="off"
            onChange={(event) => setWanted(event.currentTarget.value)}
          />
        )}
        <Radio.Group aria-label="Tables" value={chosen} onChange={setChosen}>
          <ScrollArea.Autosize mah="50vh">
            {/* Room for the ring of the focus, which what scrolls would cut. */}
            <Stack gap={8} p={4}>
              {found.slice(0, SHOWN_TABLES).map(({ path, size }, place) => (
                <Radio
                  key={path}
                  value={path}
                  data-autofocus={(place === 0 && tables.length <= SHOWN_TABLES) || undefined}
                  label={path}
                  description={formatBytes(size)}
                  styles={{ label: { overflowWrap: 'anywhere' } }}
                />
              ))}
            </Stack>
          </ScrollArea.Autosize>
        </Radio.Group>
        {rest > 0 && (
          <Text size="xs" c="dimmed">
            {formatCount(rest)} more: type a part of the name.
          </Text>
        )}
        <Group justify="flex-end" gap={8}>
          <Button size="xs" variant="default" onClick={actions.dismissChoice}>
            Cancel
          </Button>
          <Button size="xs" type="submit" disabled={chosen === null}>
            Open
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
