/** The frame of every chart: title, what to look for, the picture or why there is none, and the numbers behind it. */
import { Button, Group, Paper, Text, Title } from '@mantine/core';
import { type ReactNode, useId, useRef, useState } from 'react';
import { uniqueKeys } from '../uniqueKeys';
import classes from './ChartFigure.module.css';
import { PictureMenu } from './PictureMenu';

export interface LegendEntry {
  readonly label: string;
  readonly color: string;
  readonly shape: 'line' | 'dashes' | 'band' | 'dot' | 'stroke' | 'swatch';
  /** Dash pattern of a stroke. */
  readonly dash?: string;
  /** What a swatch is filled with, for a texture of the chart. */
  readonly fill?: string;
}

interface ChartFigureProps {
  /** Also the figure's accessible name. */
  readonly title: string;
  /** One line: what to look for; '' where there will be nothing. */
  readonly caption: string;
  /** What is drawn is about to change. */
  readonly isBehind?: boolean;
  readonly legend?: readonly LegendEntry[];
  readonly controls?: ReactNode;
  /** What data is drawn, for a saved picture: fullDataName. */
  readonly data: string;
  /** In words, why there is nothing to see; null when there is. */
  readonly emptyText: string | null;
  /** Called only while the table is open. */
  readonly renderData: () => ReactNode;
  readonly footer?: ReactNode;
  /** False where the picture is no SVG. */
  readonly canBeSaved?: boolean;
  readonly children: ReactNode;
}

export function ChartFigure(props: ChartFigureProps) {
  const { title, caption, data, legend = [], controls, emptyText, renderData, footer, children } = props;
  const { canBeSaved = true, isBehind = false } = props;
  const figure = useRef<HTMLElement>(null);
  const titleId = useId();
  const dataId = useId();
  const [isOpen, setIsOpen] = useState(false);

  return (
    <Paper
      component="figure"
      withBorder
      ref={figure}
      aria-labelledby={titleId}
      aria-busy={isBehind}
      data-set={data}
      className={classes.figure}
    >
      <div className={classes.head}>
        <Title order={2} id={titleId} className={classes.title}>
          {title}
        </Title>
        <Group gap={4}>
          {controls}
          {canBeSaved && emptyText === null && <PictureMenu title={title} figure={figure} />}
          <Button
            size="compact-xs"
            variant={isOpen ? 'light' : 'subtle'}
            color="gray"
            aria-expanded={isOpen}
            aria-controls={dataId}
            onClick={() => setIsOpen(!isOpen)}
          >
            Show data
          </Button>
        </Group>
      </div>
      {caption && (
        <Text component="figcaption" className={classes.caption}>
          {caption}
        </Text>
      )}
      {emptyText === null ? (
        <>
          {legend.length > 0 && <Legend entries={legend} />}
          {children}
          {footer}
        </>
      ) : (
        <Text className={classes.empty}>{emptyText}</Text>
      )}
      <div id={dataId} className={classes.data} hidden={!isOpen}>
        {isOpen && renderData()}
      </div>
    </Paper>
  );
}

function Legend({ entries }: { readonly entries: readonly LegendEntry[] }) {
  const keys = uniqueKeys(entries.map(({ label }) => label));
  return (
    <div className={classes.legend} data-legend>
      {entries.map((entry, i) => (
        <span key={keys[i]}>
          <i className={classes[entry.shape]} style={{ color: entry.color }}>
            <Sample {...entry} />
          </i>
          {entry.label}
        </span>
      ))}
    </div>
  );
}

/** Of what is drawn, where a style sheet cannot draw it. */
function Sample({ shape, dash, fill }: LegendEntry) {
  if (shape === 'stroke') {
    return (
      <svg width={30} height={4} aria-hidden>
        <line x2={30} y1={2} y2={2} stroke="currentColor" strokeWidth={2} strokeDasharray={dash} />
      </svg>
    );
  }
  if (shape === 'swatch') {
    return (
      <svg width={18} height={11} aria-hidden>
        <rect x={0.5} y={0.5} width={17} height={10} fill={fill} stroke="currentColor" />
      </svg>
    );
  }
  return null;
}
