/** The choice of a data set: generated, opened before, kept by the browser, beside the page, or a new file or folder. */
import { Button, Group, Select } from '@mantine/core';
import { IconFolderOpen } from '@tabler/icons-react';
import { useRef } from 'react';
import { type DataState, SAMPLE_NAME } from '../../../store/data';
import { playground, usePlayground } from '../../../store/use-playground';
import { formatBytes } from '../../format';
import { useFocusKept } from './useFocusKept';

const SAMPLE = 'sample';
const OPEN_FILE = 'open file';
const OPEN_FOLDER = 'open folder';

interface DatasetSelectProps {
  readonly isBusy: boolean;
  /** A dialog asks what is in the file. */
  readonly isAsked: boolean;
}

export function DatasetSelect({ isBusy, isAsked }: DatasetSelectProps) {
  const source = usePlayground((state) => state.source);
  const hasSource = usePlayground((state) => state.dataset !== null || state.loading !== null);
  const opened = usePlayground((state) => state.opened);
  const stored = usePlayground((state) => state.stored);
  const published = usePlayground((state) => state.published);
  const fileInput = useRef<HTMLInputElement>(null);
  const folderInput = useRef<HTMLInputElement>(null);
  const controls = useFocusKept<HTMLDivElement>(isBusy || isAsked);
  const actions = playground.getState();

  function choose(value: string | null): void {
    const again = opened.find(({ name }) => value === fileValue(name));
    const kept = stored.find(({ id }) => value === storedValue(id));
    const offered = published.find(({ name }) => value === publicValue(name));
    if (value === OPEN_FILE) fileInput.current?.click();
    else if (value === OPEN_FOLDER) folderInput.current?.click();
    else if (value === SAMPLE) void actions.loadSample();
    else if (again) void actions.reopen(again);
    else if (kept) void actions.loadStored(kept.id);
    else if (offered) void actions.loadPublic(offered);
  }

  return (
    <Group ref={controls} gap={8} align="flex-end" wrap="nowrap">
      <Select
        label="Dataset"
        flex={1}
        value={hasSource ? optionOf(source) : null}
        onChange={choose}
        disabled={isBusy}
        data={[
          { value: SAMPLE, label: SAMPLE_NAME },
          ...opened.map(({ name }) => ({ value: fileValue(name), label: name })),
          ...(stored.length > 0
            ? [
                {
                  group: 'Kept in this browser',
                  items: stored.map(({ id, name, remark, bytes }) => ({
                    value: storedValue(id),
                    label: [name, ...(remark ? [remark] : []), formatBytes(bytes)].join(' · '),
                  })),
                },
              ]
            : []),
          ...(published.length > 0
            ? [
                {
                  group: 'In public/data',
                  items: published.map(({ name, bytes }) => ({
                    value: publicValue(name),
                    label: `${name} · ${formatBytes(bytes)} file`,
                  })),
                },
              ]
            : []),
          {
            group: 'Your own',
            items: [
              { value: OPEN_FILE, label: 'Open a file…' },
              { value: OPEN_FOLDER, label: 'Open a folder…' },
            ],
          },
        ]}
      />
      <Button
        variant="default"
        size="xs"
        leftSection={<IconFolderOpen size={15} stroke={1.7} />}
        disabled={isBusy}
        onClick={() => fileInput.current?.click()}
      >
        Open file…
      </Button>
      <FileInput inputRef={fileInput} label="Data file" isFolder={false} />
      <FileInput inputRef={folderInput} label="Data folder" isFolder />
    </Group>
  );
}

interface FileInputProps {
  readonly inputRef: React.RefObject<HTMLInputElement | null>;
  readonly label: string;
  readonly isFolder: boolean;
}

function FileInput({ inputRef, label, isFolder }: FileInputProps) {
  return (
    <input
      ref={inputRef}
      type="file"
      multiple
      hidden
      aria-label={label}
      {...(isFolder ? { webkitdirectory: '' } : {})}
      onChange={(event) => {
        const files = [...(event.currentTarget.files ?? [])];
        // Cleared, so that the same file can be chosen again after it was mended.
        event.currentTarget.value = '';
        if (files.length > 0) void playground.getState().openFiles(files);
      }}
    />
  );
}

function optionOf(source: DataState['source']): string {
  switch (source.kind) {
    case 'sample':
      return SAMPLE;
    case 'files':
      return fileValue(source.name);
    case 'stored':
      return storedValue(source.id);
    default:
      return source satisfies never;
  }
}

function fileValue(name: string): string {
  return `file:${name}`;
}

function storedValue(id: string): string {
  return `stored:${id}`;
}

function publicValue(name: string): string {
  return `public:${name}`;
}
