/** Where the words above a target's line lie so that the falling line of parameters does not cross them. Pure. */

interface Point {
  readonly step: number;
  readonly parameters: number;
}

export type LabelSide = 'left' | 'right';

/** Shares of the axes that the words take on a narrow screen, with some air. */
const WIDTH = 0.38;
const HEIGHT = 0.1;

/**
 * The side on which there is room above the line of a target. One that is met has it on the right, where the
 * parameters have fallen below it; one that is open on the left, where they are far above. Null: on neither.
 */
export function labelSide(points: readonly Point[], target: number, tableSize: number): LabelSide | null {
  const lastStep = points[points.length - 1].step;
  const isFree = (side: LabelSide) => {
    const isLeft = side === 'left';
    const [from, to] = isLeft ? [0, WIDTH * lastStep] : [(1 - WIDTH) * lastStep, lastStep];
    const [lowest, highest] = rangeBetween(points, from, to);
    return highest < target || lowest > target + HEIGHT * tableSize;
  };
  const isMet = points[points.length - 1].parameters <= target;
  const sides: LabelSide[] = isMet ? ['right', 'left'] : ['left', 'right'];
  return sides.find(isFree) ?? null;
}

/** Least and most parameters that the line through the points has from one step to another. */
function rangeBetween(points: readonly Point[], from: number, to: number): [number, number] {
  let [lowest, highest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const take = (value: number) => {
    lowest = Math.min(lowest, value);
    highest = Math.max(highest, value);
  };
  for (let i = 0; i < points.length; i++) {
    const { step, parameters } = points[i];
    if (step >= from && step <= to) take(parameters);
    if (i === 0) continue;
    const before = points[i - 1];
    for (const edge of [from, to]) {
      if (before.step >= edge || edge >= step) continue;
      const share = (edge - before.step) / (step - before.step);
      take(before.parameters + share * (parameters - before.parameters));
    }
  }
  return [lowest, highest];
}
