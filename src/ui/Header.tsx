/** Name, one sentence, the explanation and the colour scheme. */
import {
  ActionIcon,
  Button,
  Group,
  Text,
  Title,
  useComputedColorScheme,
  useMantineColorScheme,
} from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconMoon, IconSun } from '@tabler/icons-react';
import classes from './Header.module.css';
import { HowPepWorks } from './HowPepWorks';

export function Header() {
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme('light');
  const [isOpen, explanation] = useDisclosure(false);
  const other = scheme === 'dark' ? 'light' : 'dark';

  return (
    <header className={classes.header}>
      <div className={classes.name}>
        <img src={`${import.meta.env.BASE_URL}favicon.svg`} alt="" width={26} height={26} />
        <Title order={1} className={classes.title}>
          PEP playground
        </Title>
        <Text className={classes.subtitle}>
          Watch an embedding table learn which of its numbers it can do without.
        </Text>
      </div>
      <Group gap={6} wrap="nowrap">
        <Button variant="subtle" size="compact-sm" onClick={explanation.open}>
          How PEP works
        </Button>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={`Use the ${other} colours`}
          onClick={() => setColorScheme(other)}
        >
          {scheme === 'dark' ? <IconSun size={18} stroke={1.7} /> : <IconMoon size={18} stroke={1.7} />}
        </ActionIcon>
      </Group>
      <HowPepWorks opened={isOpen} onClose={explanation.close} />
    </header>
  );
}
