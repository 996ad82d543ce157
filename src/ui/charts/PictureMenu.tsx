/** Saves the picture of a figure. */
import { ActionIcon, Menu } from '@mantine/core';
import { IconPhotoDown } from '@tabler/icons-react';
import type { RefObject } from 'react';
import type { Picture } from '../../export/picture';
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

/** The chart of a figure with its title and legend; null where it has none. */
export async function figurePicture(figure: Element | null): Promise<Picture | null> {
  const chart = figure?.querySelector<SVGSVGElement>('svg.recharts-surface');
  if (!figure || !chart) return null;
  const { pictureOf } = await importPictures();
  const style = getComputedStyle(figure);
  return pictureOf(chart, {
    title: figure.querySelector('h2')?.textContent ?? '',
    data: figure.getAttribute('data-set') ?? '',
    legend: [...figure.querySelectorAll('[data-legend] > span')].map((entry) => ({
      label: entry.textContent,
      color: getComputedStyle(entry.firstElementChild ?? entry).color,
    })),
    background: style.backgroundColor,
    textColor: style.color,
    fontFamily: style.fontFamily,
  });
}

async function saveSvg(figure: HTMLElement | null, title: string): Promise<void> {
  const picture = await figurePicture(figure);
  if (picture) saveFile(fileName(title, 'svg'), 'image/svg+xml', picture.svg);
}

async function savePng(figure: HTMLElement | null, title: string): Promise<void> {
  const picture = await figurePicture(figure);
  if (!picture) return;
  const { pngOf } = await importPictures();
  saveFile(fileName(title, 'png'), 'image/png', await pngOf(picture));
}
