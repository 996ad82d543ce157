/**
 * Every number of the table as a picture: features across, dimensions down, strong colour where it is left. Pointer, touch and
 * arrow keys move a marker; the line below says what it stands on.
 */
import { Select, Text } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { type KeyboardEvent, memo, type PointerEvent, useMemo, useState } from 'react';
import type { LoadedDataset } from '../../worker/protocol';
import { describeColumn } from './describeColumn';
import classes from './MaskPicture.module.css';
import { maskPixels, type Ramp } from './maskImage';
import { layoutMask, popularityOrder } from './maskLayout';
import { PixelCanvas } from './PixelCanvas';

interface MaskPictureProps {
  readonly dataset: LoadedDataset;
  /** See TableSummary. */
  readonly mask: Uint32Array;
  readonly dimensions: Uint8Array;
  readonly dimension: number;
  readonly ramp: Ramp;
}

const PICTURE_HEIGHT = 148;
const ALL_FIELDS = 'all';
/** A name needs this many columns to be readable above its field. */
const LEAST_NAME_WIDTH = 30;

export const MaskPicture = memo(function MaskPicture(props: MaskPictureProps) {
  const { dataset, mask, dimensions, dimension, ramp } = props;
  const { fields } = dataset.summary;
  const { ref, width } = useElementSize();
  const [shown, setShown] = useState(ALL_FIELDS);
  const [chosenColumn, setColumn] = useState<number | null>(null);
  const order = useMemo(() => popularityOrder(fields, dataset.frequencies), [fields, dataset]);
  const layout = useMemo(() => {
    const shownFields = fields.filter((field) => shown === ALL_FIELDS || field.name === shown);
    return layoutMask(shownFields, order, Math.floor(width));
  }, [fields, shown, order, width]);
  const pixels = useMemo(() => maskPixels(layout, mask, dimension, ramp), [layout, mask, dimension, ramp]);

  const columns = layout.starts.length;
  const column = chosenColumn === null ? null : Math.min(chosenColumn, columns - 1);
  const words =
    column === null
      ? 'Point at the picture, or use the arrow keys on it, to see a feature.'
      : describeColumn(layout, column, dataset, dimensions, dimension);
  const percent = (place: number) => `${(100 * place) / columns}%`;

  function pointAt(event: PointerEvent<HTMLElement>): void {
    const box = event.currentTarget.getBoundingClientRect();
    const share = (event.clientX - box.left) / box.width;
    setColumn(Math.max(0, Math.min(columns - 1, Math.floor(share * columns))));
  }

  function moveByKey(event: KeyboardEvent<HTMLElement>): void {
    const from = column ?? 0;
    const page = Math.max(1, Math.round(columns / 20));
    const targets: Record<string, number> = {
      ArrowLeft: from - 1,
      ArrowDown: from - 1,
      ArrowRight: from + 1,
      ArrowUp: from + 1,
      PageDown: from - page,
      PageUp: from + page,
      Home: 0,
      End: columns - 1,
    };
    const target = targets[event.key];
    if (target === undefined) return;
    event.preventDefault();
    setColumn(Math.max(0, Math.min(columns - 1, target)));
  }

  return (
    <div className={classes.picture}>
      <div ref={ref}>
        <div className={classes.names} aria-hidden>
          {layout.spans.map(({ field, from, to }) => (
            <span key={field.name} style={{ left: percent(from), width: percent(to - from) }}>
              {to - from >= LEAST_NAME_WIDTH ? field.name : ''}
            </span>
          ))}
        </div>
        <div
          className={classes.mask}
          role="slider"
          tabIndex={0}
          aria-label="Feature in the mask picture"
          aria-valuemin={1}
          aria-valuemax={columns}
          aria-valuenow={(column ?? 0) + 1}
          aria-valuetext={words}
          onPointerMove={pointAt}
          onPointerDown={pointAt}
          onPointerLeave={() => setColumn(null)}
          onFocus={() => setColumn((current) => current ?? 0)}
          onKeyDown={moveByKey}
        >
          <PixelCanvas pixels={pixels} width={columns} style={{ height: PICTURE_HEIGHT }} />
          {layout.spans.slice(1).map(({ field, from }) => (
            <i key={field.name} className={classes.boundary} style={{ left: percent(from) }} />
          ))}
          {column !== null && <i className={classes.marker} style={{ left: percent(column + 0.5) }} />}
        </div>
      </div>
      <Text className={classes.words} aria-hidden>
        {words}
      </Text>
      <Select
        label="Field shown"
        value={shown}
        data={[
          { value: ALL_FIELDS, label: 'All fields' },
          ...fields.map(({ name }) => ({ value: name, label: name })),
        ]}
        classNames={{ root: classes.select, label: classes.selectLabel }}
        onChange={(name) => name && setShown(name)}
      />
    </div>
  );
});
