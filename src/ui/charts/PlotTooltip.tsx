/** What a chart says about the step under the pointer. */
import { formatCount } from '../format';
import { uniqueKeys } from '../uniqueKeys';
import classes from './PlotTooltip.module.css';

export interface TooltipEntry {
  readonly label: string;
  readonly value: string;
  readonly color?: string;
}

interface PlotTooltipProps {
  readonly step: number;
  readonly epoch: number;
  readonly entries: readonly TooltipEntry[];
}

export function PlotTooltip({ step, epoch, entries }: PlotTooltipProps) {
  const keys = uniqueKeys(entries.map(({ label }) => label));
  return (
    <div className={classes.card}>
      <p>
        Step {formatCount(step)}, epoch {epoch.toFixed(1)}
      </p>
      <dl>
        {entries.map(({ label, value, color }, i) => (
          <div key={keys[i]}>
            <dt style={{ color }}>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
