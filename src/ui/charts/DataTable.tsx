/** The numbers that a chart draws, as a real table. Rows are drawn again only when they change. */
import { Button } from '@mantine/core';
import { memo } from 'react';
import { csvText } from '../../export/csv';
import { formatCell } from '../format';
import { fileName, saveFile } from '../saveFile';
import { uniqueKeys } from '../uniqueKeys';
import classes from './DataTable.module.css';

export interface Column<Row> {
  readonly name: string;
  /** A number is written with five significant digits, none as "–". */
  read(row: Row): number | string | null;
}

interface DataTableProps<Row> {
  readonly caption: string;
  /** Must not change between renders unless the columns do. */
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  keyOf(row: Row): string | number;
  /** What data the rows are of, for the file: fullDataName. */
  readonly data: string;
}

export function DataTable<Row>({ caption, columns, rows, keyOf, data }: DataTableProps<Row>) {
  function save(): void {
    const cells = rows.map((row) => columns.map(({ read }) => read(row)));
    const names = columns.map(({ name }) => name);
    saveFile(fileName(caption, 'csv'), 'text/csv', csvText(names, cells, data));
  }

  const columnKeys = uniqueKeys(columns.map(({ name }) => name));
  const rowKeys = uniqueKeys(rows.map(keyOf));

  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
    <section className={classes.scroll} aria-label={caption} tabIndex={0}>
      {rows.length > 0 && (
        <Button
          size="compact-xs"
          variant="subtle"
          color="gray"
          className={classes.save}
          aria-label={`Save as CSV: ${caption}`}
          onClick={save}
        >
          CSV
        </Button>
      )}
      <table className={classes.table}>
        <caption>{rows.length === 0 ? `${caption}: nothing yet` : caption}</caption>
        <thead>
          <tr>
            {columns.map(({ name }, c) => (
              <th key={columnKeys[c]} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, r) => (
            <DataRow key={rowKeys[r]} row={row} columns={columns as readonly Column<unknown>[]} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface DataRowProps {
  readonly row: unknown;
  readonly columns: readonly Column<unknown>[];
}

const DataRow = memo(function DataRow({ row, columns }: DataRowProps) {
  const keys = uniqueKeys(columns.map(({ name }) => name));
  return (
    <tr>
      {columns.map(({ read }, c) => {
        const value = read(row);
        return <td key={keys[c]}>{typeof value === 'string' ? value : formatCell(value)}</td>;
      })}
    </tr>
  );
});
