/** The data set in use: its size, its fields and what the reader must know of it. */
import { Box, Button, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { memo, useMemo } from 'react';
import { profileDataset } from '../../../data/profile';
import type { LoadedDataset } from '../../../worker/protocol';
import { formatCount, formatPercent } from '../../format';
import { lazyPart } from '../../lazyPart';
import classes from './DatasetSummaryView.module.css';

/** Click logs have 39 fields: more than this many are in the panel only. */
const SHOWN_FIELDS = 16;

const KnowYourData = lazyPart(async () => (await import('./KnowYourData')).KnowYourData);

export const DatasetSummaryView = memo(function DatasetSummaryView({
  dataset,
}: {
  readonly dataset: LoadedDataset;
}) {
  const { rows, features, fields, positiveRate, notes } = dataset.summary;
  const profile = useMemo(() => profileDataset({ ...dataset.summary, ...dataset }), [dataset]);
  const { leakWarnings, warnings } = profile;
  const others = warnings.slice(leakWarnings.length);
  const [isOpen, panel] = useDisclosure(false);
  const hidden = fields.length - SHOWN_FIELDS;
  return (
    <Box className={classes.summary}>
      <Text size="xs">
        <b>{formatCount(rows)}</b> rows · <b>{formatCount(features)}</b> features ·{' '}
        <b>{formatPercent(positiveRate)}</b> positive
      </Text>
      <ul className={classes.fields} aria-label="Fields and their number of features">
        {fields.slice(0, SHOWN_FIELDS).map((field) => (
          <li key={field.name}>
            {field.name} <b>{formatCount(field.features)}</b>
          </li>
        ))}
        {hidden > 0 && <li>and {hidden} more</li>}
      </ul>
      {notes.length > 0 && (
        <ul className={classes.notes} aria-label="What to know of it">
          {notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
      {leakWarnings.map((warning) => (
        <Text key={warning} size="xs" mt={6} c="var(--page-warning)" style={{ overflowWrap: 'anywhere' }}>
          {warning}
        </Text>
      ))}
      {others.length > 0 && (
        <Text size="xs" mt={6} c="var(--page-warning)">
          {others.length === 1
            ? others[0]
            : `${others.length}${leakWarnings.length > 0 ? ' more' : ''} things to look at in this data.`}
        </Text>
      )}
      <Button size="compact-xs" variant="light" mt={8} onClick={panel.open}>
        Know your data
      </Button>
      {isOpen && <KnowYourData dataset={dataset} profile={profile} onClose={panel.close} />}
    </Box>
  );
});
