/** A table of no known format: its first rows, and what the user says each column is. */
import { Alert, Button, Checkbox, Group, Modal, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { memo, type UIEvent, useCallback, useEffect, useRef, useState } from 'react';
import { choicesProblem, withLabel, withPositive, withRole } from '../../../data/formats/delimited/choices';
import { DEFAULT_BUCKETS, FEWEST_BUCKETS, MOST_BUCKETS } from '../../../data/table/plan';
import type { ColumnFacts } from '../../../data/table/survey';
import { readNumber } from '../../../store/readNumber';
import { playground, usePlayground } from '../../../store/usePlayground';
import type { ColumnRole, TableChoices, TablePreview } from '../../../worker/protocol';
import { formatCount } from '../../format';
import { NumberField } from '../NumberField';
import classes from './ImportDialog.module.css';
import { LabelRule } from './LabelRule';
import { LoadingView } from './LoadingView';
import { SeparatorInput } from './SeparatorInput';

const SHOWN_ROWS = 5;
/** Values of a column beyond which their number is an estimate (table/survey.ts). */
const COUNTED_EXACTLY = 65_536;
/** Columns that are drawn before anybody scrolls, and each time that somebody does: all of thousands take seconds. */
const COLUMNS_AT_ONCE = 100;

const ROLES: readonly { readonly value: ColumnRole; readonly label: string }[] = [
  { value: 'label', label: 'label' },
  { value: 'category', label: 'category' },
  { value: 'log', label: 'number, log² buckets' },
  { value: 'quantile', label: 'number, equal buckets' },
  { value: 'ignore', label: 'ignore' },
];

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
    <Modal
      opened
      onClose={actions.dismissImport}
      size="xl"
      title={`${preview.name}: what is in its columns?`}
    >
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
        {label >= 0 && (
          <LabelRule
            key={label}
            name={choices.columns[label].name}
            facts={preview.facts[label]}
            plan={choices.label}
            onValues={(positive) => setChoices(withPositive(preview, choices, positive))}
            onChange={(plan) => setChoices({ ...choices, label: plan })}
          />
        )}
        <ColumnTable preview={preview} choices={choices} onChange={setChoices} />
        {preview.notes.map((note) => (
          <Text key={note} size="xs" c="dimmed">
            {note}
          </Text>
        ))}
        {loading && <LoadingView loading={loading} />}
        {refusal && (
          <Alert color="red" variant="light" p="xs" title="It cannot be read so">
            <Text size="xs">{refusal}</Text>
          </Alert>
        )}
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
    </Modal>
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

interface ColumnTableProps {
  readonly preview: TablePreview;
  readonly choices: TableChoices;
  readonly onChange: (choices: TableChoices) => void;
}

/**
 * One line per column, the first rows across: forty columns fit where forty would not stand side by side. Of thousands,
 * a part is drawn; more come when the end of it is scrolled into view.
 */
function ColumnTable({ preview, choices, onChange }: ColumnTableProps) {
  const shown = preview.rows.slice(0, SHOWN_ROWS);
  const [part, setPart] = useState(COLUMNS_AT_ONCE);
  const [wanted, setWanted] = useState('');
  const { columns } = choices;
  const found = columns
    .map((each, column) => ({ ...each, column }))
    .filter(({ name }) => name.toLowerCase().includes(wanted.trim().toLowerCase()));
  const rest = found.length - part;
  // The same function for every drawing, so that a line is drawn anew only when its own role changes.
  const latest = useRef({ preview, choices, onChange });
  useEffect(() => {
    latest.current = { preview, choices, onChange };
  });
  const setRole = useCallback((column: number, role: ColumnRole) => {
    const { preview, choices, onChange } = latest.current;
    onChange(changed(preview, choices, column, role));
  }, []);
  const growAtEnd = ({ currentTarget: { scrollTop, clientHeight, scrollHeight } }: UIEvent) => {
    if (rest > 0 && scrollTop + 2 * clientHeight > scrollHeight) setPart(part + COLUMNS_AT_ONCE);
  };
  return (
    <>
      {columns.length > COLUMNS_AT_ONCE && (
        <TextInput
          label="Find a column"
          value={wanted}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => {
            setWanted(event.currentTarget.value);
            setPart(COLUMNS_AT_ONCE);
          }}
        />
      )}
      <section
        className={classes.scroll}
        aria-label="Columns and first rows"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
        tabIndex={0}
        onScroll={growAtEnd}
      >
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">Column</th>
              <th scope="col">Use as</th>
              {shown.map((_, row) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: rows of a file have no other identity.
                <th key={row} scope="col">
                  Row {formatCount(row + 1)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {found.slice(0, part).map(({ name, role, reason, column }) => (
              <ColumnLine
                key={name}
                name={name}
                role={role}
                reason={reason}
                facts={preview.facts[column]}
                column={column}
                rows={preview.rows}
                onRole={setRole}
              />
            ))}
          </tbody>
        </table>
        {rest > 0 && (
          <Text size="xs" c="dimmed" p={8}>
            {formatCount(rest)} more below
          </Text>
        )}
      </section>
    </>
  );
}

interface ColumnLineProps {
  readonly name: string;
  readonly role: ColumnRole;
  readonly reason: string | undefined;
  readonly facts: ColumnFacts;
  readonly column: number;
  readonly rows: TablePreview['rows'];
  readonly onRole: (column: number, role: ColumnRole) => void;
}

const ColumnLine = memo(function ColumnLine(props: ColumnLineProps) {
  const { name, role, reason, facts, column, rows, onRole } = props;
  return (
    <tr>
      <th scope="row">
        {name}
        <Text size="xs" c="dimmed" fw={400}>
          {describeFacts(facts)}
        </Text>
      </th>
      <td>
        <NativeSelect
          size="xs"
          className={classes.role}
          aria-label={`Use ${name} as`}
          value={role}
          data={ROLES}
          onChange={(event) => onRole(column, event.currentTarget.value as ColumnRole)}
        />
        {reason && (
          <Text size="xs" c="dimmed" className={classes.reason}>
            {reason}
          </Text>
        )}
      </td>
      {rows.slice(0, SHOWN_ROWS).map((row, r) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows of a file have no other identity.
        <td key={r} className={classes.cell}>
          {row[column]}
        </td>
      ))}
    </tr>
  );
});

/** "60 values, 4 rows without". */
function describeFacts({ distinct, values, missing }: ColumnFacts): string {
  const about = distinct > Math.max(values.length, COUNTED_EXACTLY) ? 'about ' : '';
  const without = missing > 0 ? `, ${formatCount(missing)} rows without` : '';
  return `${about}${formatCount(distinct)} value${distinct === 1 ? '' : 's'}${without}`;
}

function changed(
  preview: TablePreview,
  choices: TableChoices,
  column: number,
  role: ColumnRole,
): TableChoices {
  return role === 'label' ? withLabel(preview, choices, column) : withRole(choices, column, role);
}

function hasEqualBuckets({ columns }: TableChoices): boolean {
  return columns.some(({ role }) => role === 'quantile');
}
