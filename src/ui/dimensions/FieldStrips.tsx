/** Per field, how its features are spread over 0…d dimensions kept: the stronger the colour, the more features. */
import { memo, useMemo } from 'react';
import { formatCount } from '../format';
import { uniqueKeys } from '../uniqueKeys';
import classes from './FieldStrips.module.css';
import type { FieldDistribution } from './fieldDistributions';
import type { Ramp } from './maskImage';
import { PixelCanvas } from './PixelCanvas';

interface FieldStripsProps {
  readonly distributions: readonly FieldDistribution[];
  readonly dimension: number;
  readonly ramp: Ramp;
}

export const FieldStrips = memo(function FieldStrips({ distributions, dimension, ramp }: FieldStripsProps) {
  const hasPlanted = distributions.some(({ meanPlantedRank }) => meanPlantedRank !== null);
  const keys = uniqueKeys(distributions.map(({ name }) => name));
  return (
    <div className={classes.strips} data-planted={hasPlanted || undefined}>
      <div className={classes.head}>
        <span>Field</span>
        <span className={classes.scale}>
          <span>0</span>
          <span>dimensions kept</span>
          <span>{dimension}</span>
        </span>
        <span>Mean</span>
        {hasPlanted && <span className={classes.truth}>Planted</span>}
      </div>
      {distributions.map((distribution, f) => (
        <Strip key={keys[f]} distribution={distribution} dimension={dimension} ramp={ramp} />
      ))}
    </div>
  );
});

interface StripProps {
  readonly distribution: FieldDistribution;
  readonly dimension: number;
  readonly ramp: Ramp;
}

function Strip({ distribution, dimension, ramp }: StripProps) {
  const { name, features, shares, mean, meanPlantedRank } = distribution;
  // The square root keeps small shares visible.
  const pixels = useMemo(() => Uint32Array.from(shares, (share) => ramp[shadeOf(share)]), [shares, ramp]);
  // Cell k of the d + 1 cells has its middle at k + ½; a true rank may be above d.
  const place = (value: number) => `${(100 * (Math.min(value, dimension) + 0.5)) / (dimension + 1)}%`;
  return (
    <div className={classes.strip}>
      <span className={classes.name} title={`${name}: ${formatCount(features)} features`}>
        {name} <small>{formatCount(features)}</small>
      </span>
      <span className={classes.cells}>
        <PixelCanvas pixels={pixels} width={pixels.length} style={{ height: '100%' }} />
        {meanPlantedRank !== null && (
          <i className={classes.planted} style={{ left: place(meanPlantedRank) }} />
        )}
        <i className={classes.mean} style={{ left: place(mean) }} />
      </span>
      <b>{mean.toFixed(1)}</b>
      {meanPlantedRank !== null && <span className={classes.truth}>{meanPlantedRank.toFixed(1)}</span>}
    </div>
  );
}

function shadeOf(share: number): number {
  return Math.min(255, Math.round(Math.sqrt(share) * 255));
}
