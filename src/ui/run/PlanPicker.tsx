/** What a full experiment includes: how tickets are retrained, and which controls stand beside them. */
import { ActionIcon, Checkbox, Popover, Stack, Text } from '@mantine/core';
import { IconAdjustmentsHorizontal } from '@tabler/icons-react';
import {
  CONTROLS,
  type ControlId,
  RETRAIN_MODES,
  type RetrainMode,
  RUN_KINDS,
} from '../../experiment/run-kinds';
import { playground, usePlayground } from '../../store/use-playground';

export function PlanPicker() {
  return (
    <Popover position="bottom-end" width={330} shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <ActionIcon variant="default" size={30} aria-label="What a full experiment includes">
          <IconAdjustmentsHorizontal size={16} stroke={1.7} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown>
        <PlanChoice />
      </Popover.Dropdown>
    </Popover>
  );
}

export function PlanChoice() {
  const plan = usePlayground((state) => state.plan);
  const { choosePlan } = playground.getState();
  return (
    <Stack gap={12}>
      <Group
        title="Each ticket is retrained as"
        ids={RETRAIN_MODES}
        chosen={plan.retrain}
        onChange={(retrain) => choosePlan({ ...plan, retrain })}
      />
      <Group
        title="Controls of each ticket’s size"
        ids={CONTROLS}
        chosen={plan.controls}
        onChange={(controls) => choosePlan({ ...plan, controls })}
      />
    </Stack>
  );
}

interface GroupProps<Id extends RetrainMode | ControlId> {
  readonly title: string;
  readonly ids: readonly Id[];
  readonly chosen: readonly Id[];
  onChange(chosen: Id[]): void;
}

function Group<Id extends RetrainMode | ControlId>({ title, ids, chosen, onChange }: GroupProps<Id>) {
  const toggled = (id: Id, isOn: boolean) =>
    ids.filter((each) => (each === id ? isOn : chosen.includes(each)));
  return (
    <Stack gap={6} component="fieldset" style={{ border: 0, margin: 0, padding: 0 }}>
      <Text component="legend" size="xs" fw={600} p={0} mb={2}>
        {title}
      </Text>
      {ids.map((id) => (
        <Checkbox
          key={id}
          label={RUN_KINDS[id].label}
          description={RUN_KINDS[id].help}
          checked={chosen.includes(id)}
          onChange={(event) => onChange(toggled(id, event.currentTarget.checked))}
        />
      ))}
    </Stack>
  );
}
