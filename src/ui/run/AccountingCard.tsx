/** The honest bill of a run: every component's parameters, the memory of training, the bytes of each way to store it. */
import { Paper, Text, Title } from '@mantine/core';
import {
  downloadBytes,
  FORMAT_NAMES,
  storedBytes,
  storeTable,
  trainingBytes,
} from '../../experiment/accounting';
import { RUN_KINDS } from '../../experiment/run-kinds';
import { plainNumbers, sizeOf, type TableSize } from '../../experiment/table-size';
import { shownRun } from '../../store/training-state';
import { usePlayground } from '../../store/use-playground';
import { formatBytes, formatCount } from '../format';
import { uniqueKeys } from '../uniqueKeys';
import classes from './AccountingCard.module.css';

export function AccountingCard() {
  const start = usePlayground((state) => shownRun(state).start);
  const left = usePlayground((state) => shownRun(state).parameters);
  if (!start) return null;
  const { config, dataset, tableSize, otherParameters } = start;
  const size = sizeOf(start);
  const { arrays, trainingOnly } = size;
  const parameters = left ?? tableSize;
  const trained = [
    ...arrays.map(({ symbol, rows, columns }) => ({ symbol, count: rows * columns })),
    ...trainingOnly,
  ];
  const bytes = storedBytes(size, parameters);
  const smallest = storeTable('smallest', size, parameters);
  const others = sum(otherParameters);
  const isWhole = RUN_KINDS[start.run.scheme].level !== null && parameters === tableSize;

  return (
    <Paper component="section" withBorder className={classes.card} aria-label="Accounting">
      <Title order={2} fz={15}>
        Accounting
      </Title>
      <Text size="xs" c="dimmed" mb={8}>
        “Parameters left” counts the table alone. This is the rest of the bill.
      </Text>
      <div className={classes.columns}>
        <Bill
          caption="Parameters of the model"
          rows={[
            [isWhole ? 'Embedding table' : 'Embedding table, left', formatCount(parameters)],
            ...(isWhole ? [] : [['Embedding table, before', formatCount(tableSize)] as const]),
            ...partsOf(size, dataset.features, config.dimension),
            ...otherParameters.map(({ name, count }): Row => [name, formatCount(count)]),
            [isWhole ? 'Whole model' : 'Whole model, left', formatCount(parameters + others)],
            ...trainingOnly.map(({ name, count }): Row => [`${name} (in training only)`, formatCount(count)]),
          ]}
        />
        <Bill
          caption="Memory of training, for the table"
          rows={[
            ...trained.map(
              ({ symbol, count }): Row => [
                `${symbol} and its two Adam moments`,
                formatBytes(trainingBytes(count)),
              ],
            ),
            ['Together', formatBytes(trainingBytes(sum(trained)))],
          ]}
        />
        <Bill
          caption="Bytes of the table, stored"
          rows={[
            ['Dense', formatBytes(bytes.dense)],
            ['CSR, 4-byte indices', formatBytes(bytes.csr)],
            ['Bit mask and values', formatBytes(bytes.bitmask)],
            ['Download (safetensors)', formatBytes(downloadBytes(size, parameters))],
          ]}
          note={
            parameters < tableSize
              ? `The smallest is ${FORMAT_NAMES[smallest.format]}, with ${formatBytes(smallest.bytes)}. The download holds CSR and the mask together, so that either kind of reader finds what it needs.`
              : 'Nothing is pruned: dense is the smallest, and the download is dense.'
          }
        />
      </div>
    </Paper>
  );
}

type Row = readonly [name: string, value: string];

function sum(parts: readonly { readonly count: number }[]): number {
  return parts.reduce((total, { count }) => total + count, 0);
}

/** Of a table that is not a row for each feature: its arrays ("Q: 2,500 quotient rows × 16"), and what one would be. */
function partsOf(size: TableSize, features: number, dimension: number): Row[] {
  const plain = plainNumbers(size, features, dimension);
  if (plain === null) return [];
  return [
    ...size.arrays.map(
      ({ symbol, name, rows, columns }): Row => [
        `${symbol}: ${formatCount(rows)} ${name} × ${columns}`,
        formatCount(rows * columns),
      ],
    ),
    [`A row for each feature × ${dimension} would be`, formatCount(plain)],
  ];
}

function Bill({
  caption,
  rows,
  note,
}: {
  readonly caption: string;
  readonly rows: readonly Row[];
  readonly note?: string;
}) {
  const keys = uniqueKeys(rows.map(([name]) => name));
  return (
    <div>
      <table className={classes.table}>
        <caption>{caption}</caption>
        <tbody>
          {rows.map(([name, value], i) => (
            <tr key={keys[i]}>
              <th scope="row">{name}</th>
              <td>{value}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {note && (
        <Text fz={11} c="dimmed" mt={4}>
          {note}
        </Text>
      )}
    </div>
  );
}
