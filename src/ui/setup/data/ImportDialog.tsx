/** A table of no known format: its first rows, and what the user says each column is. */
import {
  Alert,
  Button,
  Checkbox,
  Group,
  Modal,
  NativeSelect,
  Stack,
  TagsInput,
  Text,
  TextInput,
} from '@mantine/core';
import { memo, type UIEvent, useCallback, useEffect, useRef, useState } from 'react';
import { withLabel, withPositive, withRole } from '../../../data/formats/delimited/choices';
import { DEFAULT_BUCKETS, FEWEST_BUCKETS, type LabelPlan, MOST_BUCKETS } from '../../../data/table/plan';
import { readNumber } from '../../../store/readNumber';
import { playground } from '../../../store/usePlayground';
import type { ColumnRole, TableChoices, TablePreview } from '../../../worker/protocol';
import { formatCount } from '../../format';
import { NumberField } from '../NumberField';
import classes from './ImportDialog.module.css';
import { SeparatorInput } from './SeparatorInput';

/** More are found by typing their beginning. */
const OFFERED_VALUES = 50;
const SHOWN_ROWS = 5;
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
  const [choices, setChoices] = useState<TableChoices>(preview.choices);
  const actions = playground.getState();
  useEffect(() => setChoices(preview.choices), [preview]);
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
          <PositiveValues
            name={choices.columns[label].name}
            known={preview.values[label].map(({ value }) => value)}
            plan={choices.label}
            onChange={(positive) => setChoices(withPositive(preview, choices, positive))}
          />
        )}
        <ColumnTable preview={preview} choices={choices} onChange={setChoices} />
        {preview.notes.map((note) => (
          <Text key={note} size="xs" c="dimmed">
            {note}
          </Text>
        ))}
        {problem && (
          <Alert color="yellow" variant="light" p="xs">
            <Text size="xs">{problem}</Text>
          </Alert>
        )}
        <Group justify="flex-end" gap={8}>
          <Button size="xs" variant="default" onClick={actions.dismissImport}>
            Cancel
          </Button>
          <Button size="xs" disabled={problem !== null} onClick={() => void actions.confirmImport(choices)}>
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

interface PositiveValuesProps {
  /** Of the label column. */
  readonly name: string;
  /** Its values in the first rows, the most frequent first. */
  readonly known: readonly string[];
  readonly plan: LabelPlan;
  readonly onChange: (positive: readonly string[]) => void;
}

/** The values that were seen are offered; others can be typed, for the preview is only the beginning of the file. */
function PositiveValues({ name, known, plan, onChange }: PositiveValuesProps) {
  const { positive } = plan;
  const offered = known.filter(Boolean);
  const unseen = positive.filter((value) => !offered.includes(value));
  return (
    <TagsInput
      size="xs"
      label={`Values of ${name} that count as 1`}
      description={`${describeOthers(plan)} Choose, or type one and press Enter.`}
      value={[...positive]}
      data={offered}
      limit={OFFERED_VALUES}
      // A value may hold a comma, or differ from another by its capitals only.
      splitChars={[]}
      isDuplicate={(value, chosen) => chosen.includes(value.trim())}
      inputWrapperOrder={['label', 'description', 'input', 'error']}
      error={
        unseen.length > 0 &&
        `Not in the first rows: ${unseen.join(', ')}. How often it really occurs is known when the file is read.`
      }
      onChange={(values) => onChange([...new Set(values.map((value) => value.trim()))].filter(Boolean))}
    />
  );
}

/** What becomes of rows whose label is none of the positive values. */
function describeOthers({ negative }: LabelPlan): string {
  if (negative === null) return 'Every other value counts as 0; rows without one are skipped.';
  return `Only ${negative.join(', ')} counts as 0; rows with anything else are skipped.`;
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
            {found.slice(0, part).map(({ name, role, column }) => (
              <ColumnLine
                key={name}
                name={name}
                role={role}
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
  readonly column: number;
  readonly rows: TablePreview['rows'];
  readonly onRole: (column: number, role: ColumnRole) => void;
}

const ColumnLine = memo(function ColumnLine({ name, role, column, rows, onRole }: ColumnLineProps) {
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>
        <NativeSelect
          size="xs"
          className={classes.role}
          aria-label={`Use ${name} as`}
          value={role}
          data={ROLES}
          onChange={(event) => onRole(column, event.currentTarget.value as ColumnRole)}
        />
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

function changed(
  preview: TablePreview,
  choices: TableChoices,
  column: number,
  role: ColumnRole,
): TableChoices {
  return role === 'label' ? withLabel(preview, choices, column) : withRole(choices, column, role);
}

/** What is still missing, as a sentence; null: nothing. */
function choicesProblem(choices: TableChoices): string | null {
  const { columns, label, rare, buckets = DEFAULT_BUCKETS } = choices;
  if (!columns.some(({ role }) => role === 'label')) return 'Say which column holds the label.';
  if (label.positive.length === 0) return 'Say which values of the label count as 1.';
  if (columns.every(({ role }) => role === 'label' || role === 'ignore')) {
    return 'Use at least one column to learn from.';
  }
  if (!Number.isInteger(rare) || rare < 1) {
    return 'Say in fewer than how many rows a value is rare, as a whole number; 1: none is.';
  }
  const isCount = Number.isInteger(buckets) && buckets >= FEWEST_BUCKETS && buckets <= MOST_BUCKETS;
  if (hasEqualBuckets(choices) && !isCount) {
    return `Say how many equal buckets, as a whole number: ${FEWEST_BUCKETS} to ${MOST_BUCKETS}.`;
  }
  return null;
}

function hasEqualBuckets({ columns }: TableChoices): boolean {
  return columns.some(({ role }) => role === 'quantile');
}
