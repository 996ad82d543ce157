/** Saves the picture of a figure. */
import { ActionIcon, Menu } from '@mantine/core';
import { IconPhotoDown } from '@tabler/icons-react';
import type { RefObject } from 'react';
import { fileName, saveFile } from '../saveFile';

interface PictureMenuProps {
  readonly title: string;
  readonly figure: RefObject<HTMLElement | null>;
}

const importPictures = () => import('../../export/picture');

export function PictureMenu({ title, figure }: PictureMenuProps) {
  return (
    <Menu position="bottom-end" shadow="md">
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size={22} aria-label={`Save the picture: ${title}`}>
          <IconPhotoDown size={15} stroke={1.7} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => void saveSvg(figure.current, title)}>SVG</Menu.Item>
        <Menu.Item onClick={() => void savePng(figure.current, title)}>PNG</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** The chart of a figure as SVG text; null where it has none. */
export async function figureSvg(figure: Element | null): Promise<string | null> {
  const chart = figure?.querySelector<SVGSVGElement>('svg.recharts-surface');
  if (!chart) return null;
  const { svgText } = await importPictures();
  return svgText(chart, getComputedStyle(document.body).getPropertyValue('--page-surface'));
}

async function saveSvg(figure: HTMLElement | null, title: string): Promise<void> {
  const svg = await figureSvg(figure);
  if (svg) saveFile(fileName(title, 'svg'), 'image/svg+xml', svg);
}

async function savePng(figure: HTMLElement | null, title: string): Promise<void> {
  const svg = await figureSvg(figure);
  const box = figure?.querySelector('svg.recharts-surface')?.getBoundingClientRect();
  if (!svg || !box) return;
  const { pngOf } = await importPictures();
  saveFile(fileName(title, 'png'), 'image/png', await pngOf(svg, box.width, box.height));
}
