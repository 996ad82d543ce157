/** How retrained models are selected and reported. */
import { Select } from '@mantine/core';
import { PROTOCOLS, type Protocol } from '../../experiment/settings';
import { usePlayground } from '../../store/use-playground';

const protocolIds = Object.keys(PROTOCOLS) as Protocol[];

export function ProtocolField() {
  const protocol = usePlayground((state) => state.draft.protocol);
  const edit = usePlayground((state) => state.edit);
  return (
    <Select
      label="Protocol"
      description={PROTOCOLS[protocol].help}
      mt={8}
      value={protocol}
      data={protocolIds.map((id) => ({ value: id, label: PROTOCOLS[id].label }))}
      onChange={(id) => id && edit({ protocol: id })}
    />
  );
}
