/** How the rows are cut into those that train, validate and test. */
import { Select } from '@mantine/core';
import { SPLITS, type SplitKind } from '../../experiment/settings';
import { usePlayground } from '../../store/use-playground';

const splitIds = Object.keys(SPLITS) as SplitKind[];

export function SplitField({ error }: { readonly error: string | undefined }) {
  const split = usePlayground((state) => state.draft.split);
  const edit = usePlayground((state) => state.edit);
  return (
    <Select
      label="Split"
      description={SPLITS[split].help}
      mt={8}
      value={split}
      error={error}
      data={splitIds.map((id) => ({ value: id, label: SPLITS[id].label }))}
      onChange={(id) => id && edit({ split: id })}
    />
  );
}
