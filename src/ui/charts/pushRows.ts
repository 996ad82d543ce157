/** The push on the thresholds as chart and table show it. Pure. */
import type { TablePoint } from '../../store/run';

export interface PushRow {
  readonly step: number;
  readonly epoch: number;
  /** Mean |∂L/∂s|. */
  readonly data: number;
  /** Mean |λ·s|. */
  readonly decay: number;
  /** Of the data in both, 0…1; 0 where nothing pushes. */
  readonly share: number;
  /** The same by field, or one number where fields share their thresholds. */
  readonly groupShares: readonly number[];
}

export function pushRows(points: readonly TablePoint[]): PushRow[] {
  return points.flatMap(({ step, epoch, push }) => {
    if (!push) return [];
    const { data, decay, groupData, groupDecay } = push;
    const groupShares = Array.from(groupData, (each, g) => shareOf(each, groupDecay[g]));
    return [{ step, epoch, data, decay, share: shareOf(data, decay), groupShares }];
  });
}

function shareOf(data: number, decay: number): number {
  const both = data + decay;
  return both > 0 ? data / both : 0;
}
