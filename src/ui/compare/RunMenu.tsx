/** What can be done with one run: show it, repeat it, take it away. */
import { ActionIcon, Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import type { SavedRun } from '../../store/saved-run';
import { RunDownloads } from '../run/RunDownloads';

interface RunMenuProps {
  readonly run: SavedRun;
  onProblem(words: string): void;
  onShow(id: string): void;
}

export function RunMenu({ run, onProblem, onShow }: RunMenuProps) {
  return (
    <Menu position="bottom-start" shadow="md" width={230}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size={22} aria-label={`More for ${run.name}`}>
          <IconDots size={14} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => onShow(run.id)}>Show in the live charts</Menu.Item>
        <Menu.Divider />
        <RunDownloads run={run} onProblem={onProblem} />
      </Menu.Dropdown>
    </Menu>
  );
}
