/** Where the run computes, and why. */
import { Text } from '@mantine/core';
import { MODELS, modelReads } from '../../models/catalogue';
import { chosenBackend } from '../../store/playground';
import { usePlayground } from '../../store/use-playground';
import type { BackendInfo } from '../../worker/protocol';
import { describeBackend } from '../describeBackend';
import { Section } from './Section';
import { ChoiceField } from './SettingField';

const NAMES: Record<BackendInfo['id'], string> = { webgpu: 'WebGPU', cpu: 'CPU' };

export function BackendSection() {
  const capabilities = usePlayground((state) => state.capabilities);
  const draft = usePlayground((state) => state.draft);
  const backends = capabilities?.backends ?? [];
  const inUse = chosenBackend(draft, capabilities);

  return (
    <Section title="Computation">
      <ChoiceField
        name="backend"
        description={null}
        data={[
          { value: 'auto', label: backends[0] ? `Automatic (${NAMES[backends[0].id]})` : 'Automatic' },
          option('webgpu', backends),
          option('cpu', backends),
        ]}
        error={
          capabilities && !inUse ? 'This browser offers no WebGPU here. Choose Automatic or CPU.' : undefined
        }
      />
      <Text size="xs" c="dimmed" mt={-4}>
        {inUse
          ? `In use: ${describeBackend(inUse)}${inUse.software && !capabilities?.note ? ', emulated in software' : ''}. `
          : ''}
        {capabilities ? capabilities.note : 'Looking for what can compute here…'}
      </Text>
      {inUse?.id === 'webgpu' && inUse.software && modelReads(draft.model, 'mlpWidths') && (
        <Text size="xs" c="orange" mt={-4}>
          Emulated, a step of {MODELS[draft.model].label} takes seconds. The CPU is a hundred times faster.
        </Text>
      )}
    </Section>
  );
}

function option(id: BackendInfo['id'], backends: readonly BackendInfo[]) {
  const found = backends.find((backend) => backend.id === id);
  return {
    value: id,
    label: found ? describeBackend(found) : `${NAMES[id]} (not available)`,
    disabled: !found,
  };
}
