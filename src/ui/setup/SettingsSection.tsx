/** The numbers of a run: the ones that tell the story in view, the others one click away. */
import { Checkbox, Collapse, Group, SimpleGrid, Text, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconChevronRight } from '@tabler/icons-react';
import { useId } from 'react';
import { isRead } from '../../experiment/read-settings';
import type { NumberSettingName, RunConfig } from '../../experiment/settings';
import { useParsedDraft, usePlayground } from '../../store/use-playground';
import { MlpWidthsField } from './MlpWidthsField';
import { NumberSettingField } from './NumberSettingField';
import { ProtocolField } from './ProtocolField';
import { Section } from './Section';
import { SplitField } from './SplitField';
import { TargetsField } from './TargetsField';

const MAIN_SETTINGS: readonly NumberSettingName[] = [
  'dimension',
  'thresholdInit',
  'learningRate',
  'thresholdLearningRate',
  'epochs',
  'batchSize',
];
/** Beside the widths of the MLP. */
const MLP_SETTINGS: readonly NumberSettingName[] = ['dropout', 'attentionDropout'];
const MORE_SETTINGS: readonly NumberSettingName[] = [
  'weightDecay',
  'thresholdWeightDecay',
  'seed',
  'retrainEpochs',
  'patience',
];

export function SettingsSection() {
  const draft = usePlayground((state) => state.draft);
  const edit = usePlayground((state) => state.edit);
  const { errors } = useParsedDraft();
  const [isOpen, more] = useDisclosure(false);
  const moreId = useId();
  const isShown = (name: keyof RunConfig) => isRead(name, draft);
  const fields = (names: readonly NumberSettingName[]) =>
    names.filter(isShown).map((name) => <NumberSettingField key={name} name={name} error={errors[name]} />);
  // A field that is refused must be seen.
  const isRefused =
    errors.split !== undefined || MORE_SETTINGS.some((name) => isShown(name) && errors[name] !== undefined);
  const isOpenOrRefused = isOpen || isRefused;
  const decays = isShown('thresholdWeightDecay')
    ? `weight decay ${draft.weightDecay} (model), ${draft.thresholdWeightDecay} (s)`
    : `weight decay ${draft.weightDecay}`;

  return (
    <Section title="Settings">
      <SimpleGrid cols={2} spacing={10} verticalSpacing={8}>
        {fields(MAIN_SETTINGS)}
      </SimpleGrid>
      {isShown('mlpWidths') && (
        <SimpleGrid cols={2} spacing={10} verticalSpacing={8}>
          <MlpWidthsField error={errors.mlpWidths} />
          {fields(MLP_SETTINGS)}
        </SimpleGrid>
      )}
      {isShown('targets') && <TargetsField error={errors.targets} />}
      {isShown('stopAtLastTarget') && (
        <Checkbox
          label="Stop once every target is met"
          checked={draft.stopAtLastTarget}
          onChange={(event) => edit({ stopAtLastTarget: event.currentTarget.checked })}
        />
      )}
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
          <SimpleGrid cols={2} spacing={10} verticalSpacing={8} pt={8}>
            {fields(MORE_SETTINGS)}
          </SimpleGrid>
          <ProtocolField />
          <SplitField error={errors.split} />
        </Collapse>
      </div>
    </Section>
  );
}
