/** What decides a base model's shape besides the data set, and how its parameters are counted. */

export interface ModelSettings {
  /** Widths of the MLP's hidden layers. */
  readonly mlpWidths: readonly number[];
  /** Dropout after each of them, in 0…1. */
  readonly dropout: number;
  /** Of AutoInt's attention layers. */
  readonly attentionWidth: number;
  readonly attentionLayers: number;
  readonly attentionHeads: number;
  /** Dropout of the attention weights, in 0…1. */
  readonly attentionDropout: number;
}

/** AutoInt's attention as in the official code. */
export const OFFICIAL_ATTENTION = { attentionWidth: 64, attentionLayers: 3, attentionHeads: 2 } as const;

/** A part of a model as the page counts it. */
export interface ModelComponent {
  readonly name: string;
  /** Number of parameters. */
  readonly count: number;
}
