/** A grid over settings: which ones, which values, how many experiments that makes. */
import { Alert, Button, Group, Select, Stack, Text, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { SCHEMES } from '../../embedding/catalogue';
import type { TrainingSize } from '../../experiment/checks';
import type { ExperimentPlan } from '../../experiment/plan';
import { type SettingName, settingOf } from '../../experiment/setting-table';
import type { RunConfig } from '../../experiment/settings';
import { expandGrid } from '../../experiment/sweep';
import { plannedCount } from '../../store/jobs';
import { trainingSize } from '../../store/playground';
import { playground, useParsedDraft, usePlayground } from '../../store/use-playground';
import { Dialog } from '../Dialog';
import { formatCount } from '../format';
import { PlanChoice } from './PlanPicker';
import { type Axis, gridOf, newAxis, unusedSettings } from './sweepAxes';

/** The page keeps and draws every run; more of them are work for the command line. */
const MAX_RUNS = 1_000;
const FIRST_AXES: readonly Axis[] = [{ setting: 'seed', values: '1 2 3' }];

export function SweepDialog({ onClose }: { onClose(): void }) {
  const { config } = useParsedDraft();
  const plan = usePlayground((state) => state.plan);
  const [axes, setAxes] = useState(FIRST_AXES);
  const dataset = usePlayground((state) => state.dataset);
  // The labels of the page's own split say nothing of other seeds: each experiment looks at its own.
  const outcome = expand(config, dataset && trainingSize(dataset, null), axes, plan);
  const change = (index: number, edit: Partial<Axis>) =>
    setAxes(axes.map((axis, i) => (i === index ? { ...axis, ...edit } : axis)));
  const draft = usePlayground((state) => state.draft);
  const unused = unusedSettings(axes, draft);
  const option = (name: SettingName) => ({ value: name, label: settingOf(name).label });

  function start(configs: readonly RunConfig[]): void {
    onClose();
    void playground.getState().sweep(configs);
  }

  return (
    <Dialog onClose={onClose} title="Sweep" size={520} styles={{ title: { fontWeight: 620 } }}>
      <Stack gap={12}>
        <Text size="sm" c="dimmed">
          Every combination of these values is one experiment; all other settings are those of the page.
          Several seeds give mean ± standard deviation in Compare.
        </Text>
        {axes.map((axis, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows are told apart by their place alone.
          <Group key={index} gap={8} wrap="nowrap" align="flex-end">
            <Select
              label="Setting"
              flex={1}
              searchable
              value={axis.setting}
              data={unusedSettings(axes, draft, axis.setting).map(option)}
              onChange={(setting) => setting && change(index, newAxis(setting))}
            />
            <TextInput
              label="Values"
              flex={1}
              value={axis.values}
              spellCheck={false}
              autoComplete="off"
              onChange={(event) => change(index, { values: event.currentTarget.value })}
            />
            <Button
              size="xs"
              variant="subtle"
              color="gray"
              px={6}
              aria-label={`Remove ${settingOf(axis.setting).label}`}
              disabled={axes.length === 1}
              onClick={() => setAxes(axes.filter((_, i) => i !== index))}
            >
              <IconX size={15} />
            </Button>
          </Group>
        ))}
        {unused.length > 0 && (
          <Button
            size="xs"
            variant="subtle"
            w="fit-content"
            leftSection={<IconPlus size={14} />}
            onClick={() => setAxes([...axes, newAxis(unused[0])])}
          >
            Add a setting
          </Button>
        )}
        {(config === null || SCHEMES[config.scheme].savesTickets) && <PlanChoice />}
        {typeof outcome === 'string' ? (
          <Alert color="red" variant="light" p="xs">
            <Text size="sm">{outcome}</Text>
          </Alert>
        ) : (
          <Text size="sm">{describe(outcome, plan)}</Text>
        )}
        <Group justify="flex-end">
          <Button
            size="xs"
            disabled={typeof outcome === 'string'}
            onClick={() => typeof outcome !== 'string' && start(outcome)}
          >
            Start the sweep
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}

/** The experiments of the grid, or what is wrong with it. */
function expand(
  config: RunConfig | null,
  size: TrainingSize | null,
  axes: readonly Axis[],
  plan: ExperimentPlan,
): RunConfig[] | string {
  if (!config || !size) return 'The settings of the page are refused: mend them first.';
  try {
    const configs = expandGrid(config, gridOf(axes), size);
    const runs = runsOf(configs, plan);
    if (runs <= MAX_RUNS) return configs;
    return (
      `${formatCount(runs)} runs are too many for a page; at most ${formatCount(MAX_RUNS)}. Use fewer values or ` +
      'controls, or the command line: its --sweep can be spread over several machines, and the page opens what it writes.'
    );
  } catch (error) {
    return (error as Error).message;
  }
}

/** What follows a search depends on its tickets: targets that it does not reach, controls that are too small. */
function describe(configs: readonly RunConfig[], plan: ExperimentPlan): string {
  const runs = runsOf(configs, plan);
  const most = runs > configs.length ? 'up to ' : '';
  const experiments = `${formatCount(configs.length)} experiment${configs.length === 1 ? '' : 's'}`;
  return `${experiments}, ${most}${formatCount(runs)} run${runs === 1 ? '' : 's'}.`;
}

function runsOf(configs: readonly RunConfig[], plan: ExperimentPlan): number {
  const counts = configs.map((config) => plannedCount({ kind: 'experiment', experiment: '', config, plan }));
  return counts.reduce((sum, count) => sum + count, 0);
}
