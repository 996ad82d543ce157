/** A table of no known format: how it is read, what its label says, and what each column is. */
import { Alert, Button, Checkbox, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { choicesProblem, withPositive } from '../../../data/formats/delimited/choices';
import { DEFAULT_BUCKETS, FEWEST_BUCKETS, MOST_BUCKETS } from '../../../data/table/table-spec';
import { readNumber } from '../../../experiment/setting-text';
import { playground, usePlayground } from '../../../store/use-playground';
import type { TableChoices, TablePreview } from '../../../worker/protocol';
import { Dialog } from '../../Dialog';
import { NumberField } from '../NumberField';
import { ColumnTable } from './ColumnTable';
import { LabelRule } from './LabelRule';
import { LoadingView } from './LoadingView';
import { SeparatorInput } from './SeparatorInput';

export function ImportDialog({ preview }: { readonly preview: TablePreview }) {
  const [made, setMade] = useState({ of: preview, choices: preview.choices });
  // Another guess at the table brings choices of its own.
  const choices = made.of === preview ? made.choices : preview.choices;
  const setChoices = (choices: TableChoices) => setMade({ of: preview, choices });
  const actions = playground.getState();
  const loading = usePlayground((state) => state.loading);
  const refusal = usePlayground((state) => state.loadError);
  const problem = choicesProblem(choices);
  const label = choices.columns.findIndex(({ role }) => role === 'label');

  return (
    <Dialog onClose={actions.dismissImport} size="xl" title={`${preview.name}: what is in its columns?`}>
      <Stack gap={12}>
        <Group gap={10} align="flex-end">
          <SeparatorInput
            value={choices.separator}
            onChange={(separator) => void actions.reshapeImport({ separator, header: choices.header })}
          />
          <Checkbox
            label="The first line names the columns"
            checked={choices.header}
            pb={6}
            onChange={(event) =>
              void actions.reshapeImport({
                separator: choices.separator,
                header: event.currentTarget.checked,
              })
            }
          />
          <CountInput
            label="Rare in fewer rows than"
            value={choices.rare}
            min={1}
            onChange={(rare) => setChoices({ ...choices, rare })}
          />
          {hasEqualBuckets(choices) && (
            <CountInput
              label="Equal buckets"
              value={choices.buckets ?? DEFAULT_BUCKETS}
              min={FEWEST_BUCKETS}
              max={MOST_BUCKETS}
              onChange={(buckets) => setChoices({ ...choices, buckets })}
            />
          )}
        </Group>
        {/* Where the separator is, which is what is refused; below the columns it would be out of sight. */}
        {refusal && (
          <Alert color="red" variant="light" p="xs" title="It cannot be read like this">
            <Text size="xs" style={{ overflowWrap: 'anywhere' }}>
              {refusal}
            </Text>
          </Alert>
        )}
        {label >= 0 && (
          <LabelRule
            key={label}
            name={choices.columns[label].name}
            facts={preview.facts[label]}
            spec={choices.label}
            onValues={(positive) => setChoices(withPositive(preview, choices, positive))}
            onChange={(spec) => setChoices({ ...choices, label: spec })}
          />
        )}
        <ColumnTable preview={preview} choices={choices} onChange={setChoices} />
        {preview.notes.map((note) => (
          <Text key={note} size="xs" c="dimmed">
            {note}
          </Text>
        ))}
        {loading && <LoadingView loading={loading} />}
        {problem && (
          <Alert color="yellow" variant="light" p="xs">
            <Text size="xs">{problem}</Text>
          </Alert>
        )}
        <Group justify="flex-end" gap={8}>
          <Button size="xs" variant="default" onClick={actions.dismissImport}>
            Cancel
          </Button>
          <Button
            size="xs"
            disabled={problem !== null || loading !== null}
            onClick={() => void actions.confirmImport(choices)}
          >
            Load
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}

interface CountInputProps {
  readonly label: string;
  /** NaN while what is typed is no number. */
  readonly value: number;
  readonly min: number;
  readonly max?: number;
  readonly onChange: (value: number) => void;
}

function CountInput({ value, onChange, ...field }: CountInputProps) {
  const [typed, setTyped] = useState(String(value));
  const isTyped = Object.is(readNumber(typed), value);
  return (
    <NumberField
      {...field}
      w={150}
      step={1}
      // Another guess at the table brings a number of its own.
      value={isTyped ? typed : String(value)}
      error={!(Number.isInteger(value) && value >= field.min && value <= (field.max ?? value))}
      onChange={(text) => {
        setTyped(text);
        onChange(readNumber(text));
      }}
    />
  );
}

function hasEqualBuckets({ columns }: TableChoices): boolean {
  return columns.some(({ role }) => role === 'quantile');
}
