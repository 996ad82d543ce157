/** "Know your data": what the loaded set holds, who is popular in it, and what cannot teach a model anything. */
import { Alert, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useMemo } from 'react';
import { shortFingerprint } from '../../../data/fingerprint';
import { describeOrigin } from '../../../data/origin';
import { type DatasetProfile, type FieldProfile, SELDOM_ROWS } from '../../../data/profile';
import { stringAt } from '../../../data/strings';
import { fullDataName } from '../../../experiment/same-data';
import type { LoadedDataset } from '../../../worker/protocol';
import { type Column, DataTable } from '../../charts/DataTable';
import { Dialog } from '../../Dialog';
import { formatCount, formatPercent } from '../../format';
import { PopularityPlot } from './PopularityPlot';

interface KnowYourDataProps {
  readonly dataset: LoadedDataset;
  readonly profile: DatasetProfile;
  readonly onClose: () => void;
}

export function KnowYourData({ dataset, profile, onClose }: KnowYourDataProps) {
  const { name, rows, features, fields, positiveRate, splitRows, fingerprint, origin } = dataset.summary;
  const columns = useMemo(() => fieldColumns(dataset, profile), [dataset, profile]);
  const facts = [
    ['Rows', formatCount(rows)],
    ['Label 1', formatPercent(positiveRate, 2)],
    ['Fields', formatCount(fields.length)],
    ['Features', formatCount(features)],
    ['Training rows', formatCount(splitRows.train)],
    ['Validation rows', formatCount(splitRows.validation)],
    ['Test rows', formatCount(splitRows.test)],
    ['Fingerprint', fingerprint ? shortFingerprint(fingerprint) : '–'],
  ];
  return (
    <Dialog onClose={onClose} size="xl" title={`Know your data: ${name}`}>
      <Stack gap={16}>
        <SimpleGrid component="dl" cols={{ base: 2, sm: 4 }} spacing={10} m={0}>
          {facts.map(([term, value]) => (
            <div key={term}>
              <Text component="dt" size="xs" c="dimmed">
                {term}
              </Text>
              <Text component="dd" m={0} fw={600}>
                {value}
              </Text>
            </div>
          ))}
        </SimpleGrid>
        {origin && (
          <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
            As it was read: {describeOrigin(origin)}. Data sets with the same fingerprint are the same.
          </Text>
        )}
        {profile.warnings.length > 0 && (
          <Alert
            color="yellow"
            variant="light"
            title="Look at this"
            p="xs"
            styles={{ title: { color: 'var(--mantine-color-text)' } }}
          >
            <ul style={{ margin: 0, paddingLeft: 16, fontSize: 12.5 }}>
              {profile.warnings.map((warning) => (
                <li key={warning}>{warning}</li>
              ))}
            </ul>
          </Alert>
        )}
        <section>
          <Title order={3} size="sm">
            Popularity: head and tail
          </Title>
          <Text size="xs" c="dimmed" mb={6}>
            The most popular hundredth of the features fills {formatPercent(profile.headShare)} of all cells;{' '}
            {formatPercent(profile.tailShare)} of the features are in at most {SELDOM_ROWS} rows. Both axes
            are logarithmic.
          </Text>
          <PopularityPlot points={profile.popularity} />
        </section>
        <section>
          <Title order={3} size="sm" mb={6}>
            Fields
          </Title>
          <DataTable
            data={fullDataName(dataset.summary)}
            caption="Fields, their features and their rare values"
            columns={columns}
            rows={profile.fields}
            keyOf={(field) => field.name}
          />
        </section>
      </Stack>
    </Dialog>
  );
}

function fieldColumns(dataset: LoadedDataset, profile: DatasetProfile): Column<FieldProfile>[] {
  const place = new Map(profile.fields.map((field, f) => [field, f]));
  const topValue = (field: FieldProfile) =>
    stringAt(dataset.valueNames[place.get(field) ?? 0], field.topCode);
  return [
    { name: 'Field', read: ({ name }) => name },
    { name: 'Features', read: ({ features }) => features },
    { name: 'Most frequent', read: (field) => topValue(field) || '(empty)' },
    { name: 'in rows', read: ({ topShare }) => formatPercent(topShare) },
    { name: `In at most ${SELDOM_ROWS} rows`, read: ({ seldom }) => seldom },
    { name: 'Values joined as rare', read: ({ rareValues }) => rareValues },
    { name: 'Rows with a rare value', read: ({ rareShare }) => formatPercent(rareShare) },
  ];
}
