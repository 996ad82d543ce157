/** What a full experiment includes: how tickets are retrained, and which controls stand beside them. */
import { ActionIcon, Checkbox, Popover, Stack, Text } from '@mantine/core';
import { IconAdjustmentsHorizontal } from '@tabler/icons-react';
import { CONTROLS, type ControlId, RETRAIN_MODES } from '../../experiment/plan';
import { playground, usePlayground } from '../../store/usePlayground';
import type { RetrainMode } from '../../worker/protocol';

export const MODE_IDS = Object.keys(RETRAIN_MODES) as RetrainMode[];
export const CONTROL_IDS = Object.keys(CONTROLS) as ControlId[];

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
        ids={MODE_IDS}
        texts={RETRAIN_MODES}
        chosen={plan.retrain}
        onChange={(retrain) => choosePlan({ ...plan, retrain })}
      />
      <Group
        title="Controls of each ticket’s size"
        ids={CONTROL_IDS}
        texts={CONTROLS}
        chosen={plan.controls}
        onChange={(controls) => choosePlan({ ...plan, controls })}
      />
    </Stack>
  );
}

interface GroupProps<Id extends string> {
  readonly title: string;
  readonly ids: readonly Id[];
  readonly texts: Readonly<Record<Id, { readonly label: string; readonly help: string }>>;
  readonly chosen: readonly Id[];
  onChange(chosen: Id[]): void;
}

function Group<Id extends string>({ title, ids, texts, chosen, onChange }: GroupProps<Id>) {
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
          label={texts[id].label}
          description={texts[id].help}
          checked={chosen.includes(id)}
          onChange={(event) => onChange(toggled(id, event.currentTarget.checked))}
        />
      ))}
    </Stack>
  );
}
