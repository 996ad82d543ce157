/** Which run the charts show: the one under way, or any that was recorded. */
import { Select } from '@mantine/core';
import { useMemo, useState } from 'react';
import { playground, usePlayground } from '../../store/use-playground';
import { runGroups } from './runOptions';

const FOLLOW = 'follow';

export function RunSelector() {
  const runs = usePlayground((state) => state.runs);
  const shownId = usePlayground((state) => state.shownId);
  const [hasFocus, setHasFocus] = useState(false);
  const groups = useMemo(() => runGroups(runs), [runs]);
  if (runs.length === 0) return null;

  return (
    <Select
      aria-label="Run shown"
      w={230}
      value={shownId ?? FOLLOW}
      data={[{ value: FOLLOW, label: 'Shown: the latest run' }, ...groups]}
      maxDropdownHeight={420}
      // A list out of use is no part of the page, however many runs there are. Arrow keys need one before it opens.
      comboboxProps={{ width: 300, position: 'bottom-end', keepMounted: hasFocus }}
      onFocus={() => setHasFocus(true)}
      onBlur={() => setHasFocus(false)}
      onChange={(id) => playground.getState().show(id === FOLLOW ? null : id)}
    />
  );
}
