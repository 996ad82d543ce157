/** The columns of a table with their first values, and what each is used as. */
import { NativeSelect, Text, TextInput } from '@mantine/core';
import { memo, type UIEvent, useCallback, useEffect, useRef, useState } from 'react';
import { withLabel, withRole } from '../../../data/formats/delimited/choices';
import { type ColumnFacts, MOST_COUNTED } from '../../../data/table/column-facts';
import type { ColumnRole, TableChoices, TablePreview } from '../../../worker/protocol';
import { formatCount } from '../../format';
import classes from './ColumnTable.module.css';

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

interface ColumnTableProps {
  readonly preview: TablePreview;
  readonly choices: TableChoices;
  readonly onChange: (choices: TableChoices) => void;
}

/**
 * One line per column, the first rows across: forty columns fit where forty would not stand side by side. Of thousands,
 * a part is drawn; more come when the end of it is scrolled into view.
 */
export function ColumnTable({ preview, choices, onChange }: ColumnTableProps) {
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
      <th scope="row" className={classes.name}>
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
  const about = distinct > Math.max(values.length, MOST_COUNTED) ? 'about ' : '';
  const without = missing > 0 ? `, ${formatCount(missing)} row${missing === 1 ? '' : 's'} without` : '';
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
