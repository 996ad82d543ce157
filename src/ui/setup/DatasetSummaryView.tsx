/** The data set in use: its size, its fields and what the reader must know of it. */
import { Box, Text } from '@mantine/core';
import { memo } from 'react';
import type { LoadedDataset } from '../../worker/protocol';
import { formatCount, formatPercent } from '../format';
import classes from './DatasetSummaryView.module.css';

export const DatasetSummaryView = memo(function DatasetSummaryView({
  dataset,
}: {
  readonly dataset: LoadedDataset;
}) {
  const { rows, features, fields, positiveRate, notes } = dataset.summary;
  return (
    <Box className={classes.summary}>
      <Text size="xs">
        <b>{formatCount(rows)}</b> rows · <b>{formatCount(features)}</b> features ·{' '}
        <b>{formatPercent(positiveRate)}</b> positive
      </Text>
      <ul className={classes.fields} aria-label="Fields and their number of features">
        {fields.map((field) => (
          <li key={field.name}>
            {field.name} <b>{formatCount(field.features)}</b>
          </li>
        ))}
      </ul>
      {notes.length > 0 && (
        <ul className={classes.notes} aria-label="What to know of it">
          {notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
    </Box>
  );
});
