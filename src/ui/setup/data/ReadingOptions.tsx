/** How files are read, one click away: rare values, a cap on the rows, what is kept, and what is kept already. */
import {
  Button,
  Checkbox,
  CloseButton,
  Collapse,
  Group,
  Select,
  SimpleGrid,
  Stack,
  Text,
  UnstyledButton,
} from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconChevronRight } from '@tabler/icons-react';
import { useId, useState } from 'react';
import { readNumber } from '../../../experiment/setting-text';
import { playground, usePlayground } from '../../../store/use-playground';
import { formatBytes, formatCount } from '../../format';
import { StoredButton } from '../../stored/StoredButton';
import { NumberField } from '../NumberField';

const PICKS = [
  { value: 'first', label: 'the first' },
  { value: 'random', label: 'drawn at random' },
] as const;

export function ReadingOptions({ isBusy }: { readonly isBusy: boolean }) {
  const reading = usePlayground((state) => state.reading);
  const source = usePlayground((state) => state.source);
  const actions = playground.getState();
  /** As typed; files are read by what of it is a count. */
  const [rows, setRows] = useState(reading.rows);
  const [rare, setRare] = useState(reading.rare);
  const [isOpen, { toggle }] = useDisclosure(false);
  // A field that is refused must be seen.
  const isOpenOrRefused = isOpen || !isCount(rows) || !isCount(rare);
  const contentId = useId();

  return (
    <div>
      <UnstyledButton onClick={toggle} aria-expanded={isOpenOrRefused} aria-controls={contentId}>
        <Group gap={4} wrap="nowrap">
          <IconChevronRight
            size={14}
            style={{ transform: isOpenOrRefused ? 'rotate(90deg)' : 'none', transition: 'transform 120ms' }}
          />
          <Text size="xs" fw={550}>
            How files are read
          </Text>
        </Group>
      </UnstyledButton>
      <Collapse expanded={isOpenOrRefused} id={contentId}>
        <Stack gap={8} pt={8}>
          <SimpleGrid cols={2} spacing={10}>
            <NumberField
              label="Most rows"
              placeholder="all"
              value={rows}
              min={1}
              step={1}
              error={isCount(rows) ? null : 'A whole number from 1. As it is, all rows are read.'}
              disabled={isBusy}
              onChange={(text) => {
                setRows(text);
                actions.setReading({ rows: countOf(text) });
              }}
            />
            <Select
              label="Which rows"
              value={reading.pick}
              data={PICKS}
              disabled={isBusy}
              onChange={(pick) => actions.setReading({ pick: pick === 'random' ? 'random' : 'first' })}
            />
          </SimpleGrid>
          <NumberField
            label="Rare below"
            description="Rows. Values seen less often share one feature. Empty: 10 for Criteo and Avazu, else as chosen."
            placeholder="the format's own"
            value={rare}
            min={1}
            step={1}
            error={isCount(rare) ? null : 'A whole number from 1. As it is, this field counts as empty.'}
            disabled={isBusy}
            onChange={(text) => {
              setRare(text);
              actions.setReading({ rare: countOf(text) });
            }}
          />
          <Checkbox
            label="Keep what is read in this browser"
            checked={reading.keeps}
            onChange={(event) => actions.setReading({ keeps: event.currentTarget.checked })}
          />
          {source.kind === 'files' && (
            <Button size="xs" variant="default" disabled={isBusy} onClick={() => void actions.readAgain()}>
              Read {source.name} again
            </Button>
          )}
          <StoredList isBusy={isBusy} />
          <StoredButton label="All that is stored…" />
        </Stack>
      </Collapse>
    </div>
  );
}

/** Nothing at all, too: then there is no bound. */
function isCount(text: string): boolean {
  return text.trim() === '' || countOf(text) !== '';
}

/** In plain digits; '' for anything that is not a whole number above 0. */
function countOf(text: string): string {
  const count = readNumber(text);
  return Number.isSafeInteger(count) && count > 0 ? String(count) : '';
}

function StoredList({ isBusy }: { readonly isBusy: boolean }) {
  const stored = usePlayground((state) => state.stored);
  if (stored.length === 0) return null;
  return (
    <ul aria-label="Kept in this browser" style={{ padding: 0, margin: 0, listStyle: 'none' }}>
      {stored.map(({ id, name, remark, rows, bytes }) => (
        <li key={id}>
          <Group gap={6} justify="space-between" wrap="nowrap">
            <Text size="xs" style={{ overflowWrap: 'anywhere' }}>
              {name}
              {remark && `, ${remark}`}{' '}
              <Text span c="dimmed" size="xs">
                {formatCount(rows)} rows, {formatBytes(bytes)}
              </Text>
            </Text>
            <CloseButton
              size="xs"
              aria-label={`Delete ${id}`}
              disabled={isBusy}
              onClick={() => void playground.getState().deleteStored(id)}
            />
          </Group>
        </li>
      ))}
    </ul>
  );
}
