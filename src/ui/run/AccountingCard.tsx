/** The honest bill of a run: every component's parameters, the memory of training, the bytes of each way to store it. */
import { Paper, Text, Title } from '@mantine/core';
import {
  FORMAT_NAMES,
  storedBytes,
  storeTable,
  thresholdCount,
  trainingBytes,
} from '../../experiment/accounting';
import { RUN_KINDS } from '../../experiment/run-kinds';
import { downloadBytes } from '../../export/pruned-table';
import { shownRun } from '../../store/training-state';
import { usePlayground } from '../../store/use-playground';
import { formatBytes, formatCount } from '../format';
import { uniqueKeys } from '../uniqueKeys';
import classes from './AccountingCard.module.css';

export function AccountingCard() {
  const start = usePlayground((state) => shownRun(state).start);
  const left = usePlayground((state) => shownRun(state).parameters);
  if (!start) return null;
  const { config, dataset, run, tableSize, otherParameters } = start;
  const shape = { features: dataset.features, dimension: config.dimension, fields: dataset.fields.length };
  const parameters = left ?? tableSize;
  const thresholds = RUN_KINDS[run.scheme].hasThresholds ? thresholdCount(config.granularity, shape) : 0;
  const bytes = storedBytes(shape, parameters);
  const smallest = storeTable('smallest', shape, parameters);
  const others = otherParameters.reduce((sum, { count }) => sum + count, 0);

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
            ['Embedding table, left', formatCount(parameters)],
            ['Embedding table, before', formatCount(tableSize)],
            ...otherParameters.map(({ name, count }): Row => [name, formatCount(count)]),
            ['Whole model, left', formatCount(parameters + others)],
            ['Thresholds s (in training only)', formatCount(thresholds)],
          ]}
        />
        <Bill
          caption="Memory of training, for the table"
          rows={[
            ['V and its two Adam moments', formatBytes(trainingBytes(shape, 0))],
            [
              's and its two Adam moments',
              formatBytes(trainingBytes(shape, thresholds) - trainingBytes(shape, 0)),
            ],
            ['Together', formatBytes(trainingBytes(shape, thresholds))],
          ]}
        />
        <Bill
          caption="Bytes of the table, stored"
          rows={[
            ['Dense', formatBytes(bytes.dense)],
            ['CSR, 4-byte indices', formatBytes(bytes.csr)],
            ['Bit mask and values', formatBytes(bytes.bitmask)],
            ['Download (safetensors)', formatBytes(downloadBytes(shape, parameters))],
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
