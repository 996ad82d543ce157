/** An example is a drawing of a chart in one of its states: a pure function, the same at every call. */
import type { ReactNode } from 'react';

/** By what they show. */
type Examples = Readonly<Record<string, () => ReactNode>>;

/** Those of one chart. */
export interface ExampleSet {
  readonly title: string;
  /** Alone in its row, as on the page; else two stand side by side. */
  readonly isWide?: boolean;
  /** States in which something is drawn. */
  readonly pictures: Examples;
  /** States in which a sentence stands in its place, and parts of the page that are words alone. */
  readonly words?: Examples;
}
