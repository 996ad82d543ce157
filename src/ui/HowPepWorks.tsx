/** The method in short sentences, for a reader who has never heard of it. */
import { Anchor, Code, Drawer, Stack, Text, Title } from '@mantine/core';
import { SCHEMES } from '../embedding/catalogue';

const FORMULA = SCHEMES.pep.formula.join('\n');

interface HowPepWorksProps {
  readonly opened: boolean;
  onClose(): void;
}

export function HowPepWorks({ opened, onClose }: HowPepWorksProps) {
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      position="right"
      size={460}
      title="How PEP works"
      closeButtonProps={{ 'aria-label': 'Close' }}
      styles={{ title: { fontWeight: 620, fontSize: 17 } }}
    >
      <Stack gap="md" pb="xl">
        <Part title="The table">
          A recommender turns every user, film, age group or genre into a short list of numbers, its
          embedding. One such value is a <em>feature</em>. The table V holds one row of d numbers for each of
          the N features, so it has N × d numbers: nearly the whole model.
        </Part>
        <Part title="The question">
          A popular film may need many numbers, a rare one few, and a useless one none. Which row needs how
          many? Plug-in Embedding Pruning (PEP) lets training decide.
        </Part>
        <Part title="The threshold">
          The model never sees V itself, but V with its small numbers set to zero:
          <Code block my={8}>
            {FORMULA}
          </Code>
          A number smaller than the threshold g(s) becomes exactly zero: it is pruned. The others are pulled
          towards zero by g(s). The threshold s is trained by gradient descent, like V. There can be one s for
          the whole table or one for every single number: that is the granularity.
        </Part>
        <Part title="The clock">
          At the start s is so low that the data cannot move it. Weight decay can: it pulls s towards 0, and
          because Adam scales every gradient to the same size, s rises by about its learning rate a step. So
          s₀ and the learning rate of s set a clock. Only when g(s) reaches the size of |V| do the data and
          the thresholds meet, and pruning begins. Watch this in “Threshold evolution”.
        </Part>
        <Part title="Tickets">
          Each time the numbers that are left fall to a target, the pattern of zeros is saved as a{' '}
          <em>ticket</em>. Trained again from the start with just the numbers that it keeps, a small table can
          come close to the full one. It need not be the best table of that size: compare it with the same
          ticket re-initialised and with the controls.
        </Part>
        <Part title="What is kept">
          Usefulness alone does not decide. Weight decay shrinks the numbers of a feature that is seldom seen,
          so rare features are pruned first. A feature that is seen in many rows can keep numbers even if it
          says nothing about the label.
        </Part>
        <Part title="The bill">
          Zeros scattered over a table save nothing while it is stored in full. They save bytes once it is
          stored as a sparse matrix (CSR) or as a bit mask with the values that are left. “Parameter savings”
          shows all three.
        </Part>
        <Text size="xs" c="dimmed">
          Liu, Gao, Chen, Jin, Li:{' '}
          <Anchor href="https://arxiv.org/abs/2101.07577" target="_blank" rel="noreferrer" size="xs">
            Learnable Embedding Sizes for Recommender Systems
          </Anchor>
          , ICLR 2021.
        </Text>
      </Stack>
    </Drawer>
  );
}

function Part({ title, children }: { readonly title: string; readonly children: React.ReactNode }) {
  return (
    <section>
      <Title order={3} size="h6" mb={2}>
        {title}
      </Title>
      <Text component="div" size="sm" lh={1.55}>
        {children}
      </Text>
    </section>
  );
}
