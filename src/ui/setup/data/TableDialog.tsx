/** An archive or a folder with several tables: which of them is meant. */
import { Button, Group, Modal, Radio, ScrollArea, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { playground } from '../../../store/usePlayground';
import type { TableQuestion } from '../../../worker/protocol';
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
    <Modal opened onClose={actions.dismissChoice} title={`${name}: which table?`}>
      <Stack gap={12}>
        <Text size="xs" c="dimmed">
          It holds {formatCount(tables.length)} that can be meant. One is read.
        </Text>
        {tables.length > SHOWN_TABLES && (
          <TextInput
            label="Find a table"
            value={wanted}
            spellCheck={false}
            autoComplete="off"
            onChange={(event) => setWanted(event.currentTarget.value)}
          />
        )}
        <Radio.Group aria-label="Tables" value={chosen} onChange={setChosen}>
          <ScrollArea.Autosize mah="50vh">
            <Stack gap={8}>
              {found.slice(0, SHOWN_TABLES).map(({ path, size }) => (
                <Radio
                  key={path}
                  value={path}
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
          <Button
            size="xs"
            disabled={chosen === null}
            onClick={() => chosen !== null && void actions.chooseTable(chosen)}
          >
            Open
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
