/** A group of settings as the table has it: what is typed in two columns, and all else below. */
import { SimpleGrid } from '@mantine/core';
import type { ComponentType } from 'react';
import { type FormGroup, isTyped } from '../../experiment/setting-kinds';
import { type SettingName, settingOf } from '../../experiment/setting-table';
import { useParsedDraft, usePlayground } from '../../store/use-playground';
import { SettingField } from './SettingField';
import { shownSettings } from './settingGroups';
import { TargetsField } from './TargetsField';

/** Settings with a field of their own, as wide as the panel. */
const OWN_FIELDS: Partial<Record<SettingName, ComponentType<{ readonly error: string | undefined }>>> = {
  targets: TargetsField,
};

export function SettingGroup({ group }: { readonly group: FormGroup }) {
  const draft = usePlayground((state) => state.draft);
  const { errors } = useParsedDraft();
  const names = shownSettings(group, draft);
  const isNarrow = (name: SettingName) => isTyped(settingOf(name)) && OWN_FIELDS[name] === undefined;
  const field = (name: SettingName) => {
    const Field = OWN_FIELDS[name];
    const error = errors[name];
    return Field ? <Field key={name} error={error} /> : <SettingField key={name} name={name} error={error} />;
  };
  const narrow = names.filter(isNarrow);
  return (
    <>
      {narrow.length > 0 && (
        <SimpleGrid cols={2} spacing={10} verticalSpacing={8}>
          {narrow.map(field)}
        </SimpleGrid>
      )}
      {names.filter((name) => !isNarrow(name)).map(field)}
    </>
  );
}
