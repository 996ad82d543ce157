/** Everything that decides a run: data, model, scheme, settings, backend. */
import { Stack } from '@mantine/core';
import { BackendSection } from './BackendSection';
import { DatasetSection } from './data/DatasetSection';
import { Forecast } from './Forecast';
import { MethodSection } from './MethodSection';
import { SettingsSection } from './SettingsSection';

export function SetupPanel() {
  return (
    <Stack gap={16}>
      <DatasetSection />
      <MethodSection />
      <SettingsSection />
      <BackendSection />
      <Forecast />
    </Stack>
  );
}
