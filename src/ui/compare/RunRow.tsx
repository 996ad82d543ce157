/** One run in the runs table. */
import { ActionIcon, Checkbox } from '@mantine/core';
import { IconEye, IconEyeOff } from '@tabler/icons-react';
import { memo, useState } from 'react';
import type { SavedRun } from '../../store/saved-run';
import { playground } from '../../store/use-playground';
import { Absent } from '../Absent';
import { RunMenu } from './RunMenu';
import classes from './RunsTable.module.css';
import type { RunColumn } from './runColumns';

interface RunRowProps {
  readonly run: SavedRun;
  /** Of its marks in the charts. */
  readonly color: string;
  readonly columns: readonly RunColumn[];
  readonly isSelected: boolean;
  onSelect(isSelected: boolean): void;
  onProblem(words: string): void;
  onShow(id: string): void;
}

export const RunRow = memo(function RunRow({
  run,
  color,
  columns,
  isSelected,
  onSelect,
  onProblem,
  onShow,
}: RunRowProps) {
  const { id, name, isHidden, notes } = run;
  const { editRun } = playground.getState();
  return (
    <tr data-hidden={isHidden || undefined}>
      <td>
        <span className={classes.tools}>
          <Checkbox
            aria-label={`Select ${name}`}
            checked={isSelected}
            onChange={(event) => onSelect(event.currentTarget.checked)}
          />
          <input
            type="color"
            aria-label={`Colour of ${name}`}
            value={color}
            onChange={(event) => editRun(id, { color: event.currentTarget.value })}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            size={22}
            aria-label={`${isHidden ? 'Show' : 'Hide'} ${name}`}
            onClick={() => editRun(id, { isHidden: !isHidden })}
          >
            {isHidden ? <IconEyeOff size={14} /> : <IconEye size={14} />}
          </ActionIcon>
          <RunMenu run={run} onProblem={onProblem} onShow={onShow} />
        </span>
      </td>
      {columns.map((column) => (
        <td key={column.name} data-differing={column.isDiffering || undefined}>
          {column.name === 'Name' ? (
            <EditableText
              label={`Name of ${name}`}
              value={name}
              onSave={(text) => text && editRun(id, { name: text })}
            />
          ) : (
            <Cell column={column} run={run} />
          )}
        </td>
      ))}
      <td>
        <EditableText
          label={`Notes on ${name}`}
          value={notes}
          onSave={(text) => editRun(id, { notes: text })}
        />
      </td>
    </tr>
  );
});

function Cell({ column, run }: { readonly column: RunColumn; readonly run: SavedRun }) {
  const absence = column.absence?.(run) ?? null;
  if (absence === null) return column.text(run);
  return <Absent name={`No ${column.name}, ${run.name}`} reason={absence} />;
}

interface EditableTextProps {
  readonly label: string;
  readonly value: string;
  onSave(text: string): void;
}

/** Text that is saved when the field is left or Enter is pressed; Escape takes the change back. */
function EditableText({ label, value, onSave }: EditableTextProps) {
  const [text, setText] = useState<string | null>(null);
  return (
    <input
      className={classes.text}
      aria-label={label}
      value={text ?? value}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={() => {
        if (text !== null && text !== value) onSave(text.trim());
        setText(null);
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.currentTarget.blur();
        if (event.key === 'Escape') setText(null);
      }}
    />
  );
}
