/** What is stored of one kind, a row each: what it is, how large it is, and how it goes. */
import { CloseButton, Text, Title } from '@mantine/core';
import { useId } from 'react';
import { formatBytes } from '../format';
import classes from './StoredTable.module.css';

export interface StoredItem {
  readonly id: string;
  readonly name: string;
  readonly details: string;
  readonly bytes: number;
  /** It cannot be deleted now. */
  readonly isUnderWay: boolean;
}

interface StoredTableProps {
  readonly title: string;
  /** Said where there is none. */
  readonly none: string;
  readonly items: readonly StoredItem[];
  onDelete(id: string): void;
}

export function StoredTable({ title, none, items, onDelete }: StoredTableProps) {
  const titleId = useId();
  return (
    <section>
      <Title order={3} fz={13} mb={4} id={titleId}>
        {title}
      </Title>
      {items.length === 0 ? (
        <Text size="sm" c="dimmed">
          {none}
        </Text>
      ) : (
        <div className={classes.scroll}>
          <table className={classes.table} aria-labelledby={titleId}>
            <tbody>
              {items.map(({ id, name, details, bytes, isUnderWay }) => (
                <tr key={id}>
                  <th scope="row">
                    {name} <small>{details}</small>
                  </th>
                  <td>{formatBytes(bytes)}</td>
                  <td>
                    {!isUnderWay && (
                      <CloseButton size="xs" aria-label={`Delete ${name}`} onClick={() => onDelete(id)} />
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
