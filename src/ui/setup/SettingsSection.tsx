/** The numbers of a run: the ones that tell the story in view, the others one click away. */
import { Collapse, Group, Stack, Text, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconChevronRight } from '@tabler/icons-react';
import { useId } from 'react';
import { isRead } from '../../experiment/read-settings';
import { useParsedDraft, usePlayground } from '../../store/use-playground';
import { Section } from './Section';
import { SettingGroup } from './SettingGroup';
import { shownSettings } from './settingGroups';

export function SettingsSection() {
  const draft = usePlayground((state) => state.draft);
  const { errors } = useParsedDraft();
  const [isOpen, more] = useDisclosure(false);
  const moreId = useId();
  // A field that is refused must be seen.
  const isOpenOrRefused = isOpen || shownSettings('more', draft).some((name) => errors[name] !== undefined);
  const decays = isRead('thresholdWeightDecay', draft)
    ? `weight decay ${draft.weightDecay} (model), ${draft.thresholdWeightDecay} (s)`
    : `weight decay ${draft.weightDecay}`;

  return (
    <Section title="Settings">
      <SettingGroup group="main" />
      <SettingGroup group="model" />
      <SettingGroup group="tickets" />
      <div>
        <UnstyledButton onClick={more.toggle} aria-expanded={isOpenOrRefused} aria-controls={moreId}>
          <Group gap={4} wrap="nowrap">
            <IconChevronRight
              size={14}
              style={{ transform: isOpenOrRefused ? 'rotate(90deg)' : 'none', transition: 'transform 120ms' }}
            />
            <Text size="xs" fw={550}>
              More settings
            </Text>
          </Group>
        </UnstyledButton>
        {!isOpenOrRefused && (
          <Text size="xs" c="dimmed" pl={18}>
            {decays}, seed {draft.seed}
            {draft.split === 'stratified' && ', stratified split'}
          </Text>
        )}
        <Collapse expanded={isOpenOrRefused} id={moreId}>
          <Stack gap={8} pt={8}>
            <SettingGroup group="more" />
          </Stack>
        </Collapse>
      </div>
    </Section>
  );
}
