/** Every chart in its notable states, from seeded data, at the widths that it has on the page: for the eye, and for the tests. */
import { Group, SegmentedControl, Text, Title, useMantineColorScheme } from '@mantine/core';
import type { ReactNode } from 'react';
import type { ExampleSet } from './example';
import { EXAMPLE_SETS } from './examples';
import classes from './Gallery.module.css';

const SCHEMES = [
  { value: 'auto', label: 'As the system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
] as const;

export function Gallery() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <main className={classes.gallery}>
      <Group justify="space-between" mb={8}>
        <Title order={1} fz={20}>
          Gallery of charts
        </Title>
        <SegmentedControl
          size="xs"
          aria-label="Colours"
          value={colorScheme}
          data={[...SCHEMES]}
          onChange={setColorScheme}
        />
      </Group>
      {EXAMPLE_SETS.map((set) => (
        <SetOfExamples key={set.title} {...set} />
      ))}
    </main>
  );
}

function SetOfExamples({ title, isWide = false, pictures, words = {} }: ExampleSet) {
  return (
    <section aria-label={title}>
      <Title order={2} fz={16} mt={28} mb={8}>
        {title}
      </Title>
      <div className={isWide ? classes.wide : classes.pairs}>
        {Object.entries(pictures).map(([name, draw]) => (
          <Shown key={name} example={`${title}: ${name}`} shows="picture" name={name}>
            {draw()}
          </Shown>
        ))}
        {Object.entries(words).map(([name, draw]) => (
          <Shown key={name} example={`${title}: ${name}`} shows="words" name={name}>
            {draw()}
          </Shown>
        ))}
      </div>
    </section>
  );
}

interface ShownProps {
  /** What the tests call it. */
  readonly example: string;
  readonly shows: 'picture' | 'words';
  readonly name: string;
  readonly children: ReactNode;
}

function Shown({ example, shows, name, children }: ShownProps) {
  return (
    <article data-example={example} data-shows={shows}>
      <Text size="xs" c="dimmed" mb={4}>
        {name}
      </Text>
      <div>{children}</div>
    </article>
  );
}
