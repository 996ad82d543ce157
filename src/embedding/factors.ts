/** Which fields of a table are made of quotient and remainder rows, and how many rows that takes (Shi et al. 2019). */
import { type FactorField, factorRows } from '../export/factor-table';
import type { FactorSettings } from './settings';
import type { SizeRequest, TableSize } from './size';

/** Fields of more features than the threshold, unless two kinds of rows would be no fewer than one for each feature. */
export function factorFields(
  fieldSizes: readonly number[],
  { collisions, wholeUpTo }: FactorSettings,
): FactorField[] {
  return fieldSizes.map((features) => ({
    features,
    isWhole: features <= wholeUpTo || Math.ceil(features / collisions) + collisions >= features,
  }));
}

/** P = Σ (⌈n/c⌉ + c)·w over the fields of two rows + Σ n·d over the whole ones; w is d, or d/2 for a concatenation. */
export function factorSize({ fieldSizes, dimension }: SizeRequest, settings: FactorSettings): TableSize {
  const { collisions, combination } = settings;
  const { whole, quotients, remainders } = factorRows(factorFields(fieldSizes, settings), collisions);
  // An odd d is refused before anything is built: see factorObstacle.
  const width = combination === 'concatenation' ? Math.floor(dimension / 2) : dimension;
  return {
    arrays: [
      { symbol: 'V', name: 'whole rows', rows: whole, columns: dimension },
      { symbol: 'Q', name: 'quotient rows', rows: quotients, columns: width },
      { symbol: 'R', name: 'remainder rows', rows: remainders, columns: width },
    ].filter(({ rows }) => rows > 0),
    trainingOnly: [],
    indexBytes: 0,
  };
}

/** Why a table of these settings cannot be built, as a sentence; null where it can. */
export function factorObstacle({ dimension }: SizeRequest, { combination }: FactorSettings): string | null {
  if (combination !== 'concatenation' || dimension % 2 === 0) return null;
  return `Two rows of one width cannot make ${dimension} numbers: choose an even embedding dimension, or another way to combine them.`;
}

/** Why the table would be a plain one, as a sentence; null where it is not. */
export function factorWarning({ fieldSizes }: SizeRequest, settings: FactorSettings): string | null {
  if (factorFields(fieldSizes, settings).some(({ isWhole }) => !isWhole)) return null;
  return (
    `No field is made of shared rows: each has at most ${settings.wholeUpTo} features, or would need no fewer rows. ` +
    'This run is that of a plain table. Lower the field size above which rows are shared.'
  );
}
