/** One line on standard error that says how far a run is. */
import { shortFingerprint } from '../data/fingerprint';
import type { ExperimentEvent } from '../experiment/events';
import { formatMetric } from '../experiment/unmeasured';

const REFRESH_MS = 200;
const BAR_WIDTH = 24;

export class ProgressLine {
  private totalSteps = 0;
  private tableSize = 0;
  private shownAt = 0;
  private validAuc: number | null = null;
  private readonly isTerminal = process.stderr.isTTY === true;

  constructor(private readonly quiet: boolean) {}

  show(event: ExperimentEvent): void {
    if (this.quiet) return;
    switch (event.type) {
      case 'run-started':
        this.totalSteps = event.totalSteps;
        this.tableSize = event.tableSize;
        this.print(
          `${event.run.label}: ${event.dataset.name}, ${event.dataset.rows} rows, ${event.dataset.features} features, fingerprint ${shortFingerprint(event.dataset.fingerprint ?? '')}; ` +
            `${event.tableSize} parameters, ${event.totalSteps} steps; ${event.backend.label}, ${event.backend.adapter}`,
        );
        break;
      case 'evaluation':
        this.validAuc = event.metrics.auc;
        break;
      case 'ticket':
        this.print(
          `Ticket: ${event.ticket.parameters} parameters (target ${event.ticket.target}) at step ${event.ticket.step}`,
        );
        break;
      case 'progress':
        this.bar(event);
        break;
      case 'run-finished':
        if (event.result) {
          const { parameters, validAuc, testAuc, testLogloss, notes = [] } = event.result;
          this.print(
            `${parameters} parameters; validation AUC ${formatMetric(validAuc)}, test AUC ${formatMetric(testAuc)}, ` +
              `test logloss ${formatMetric(testLogloss)}`,
          );
          for (const note of notes) this.print(note);
        }
        break;
      case 'experiment-finished':
        for (const { run, reason } of event.skipped) this.print(`Skipped: ${run.label}. ${reason}`);
        break;
      case 'experiment-started':
      case 'stats':
      case 'table':
      case 'failed':
        break;
      default:
        event satisfies never;
    }
  }

  announce(line: string): void {
    if (!this.quiet) this.print(line);
  }

  end(): void {
    if (!this.quiet && this.isTerminal) process.stderr.write('\r\x1b[K');
  }

  private bar(event: Extract<ExperimentEvent, { type: 'progress' }>): void {
    const now = performance.now();
    if (!this.isTerminal || now - this.shownAt < REFRESH_MS) return;
    this.shownAt = now;
    const done = event.step / this.totalSteps;
    const filled = Math.round(done * BAR_WIDTH);
    const pruned = 100 * (1 - event.parameters / this.tableSize);
    const left = event.msLeft === null ? '' : `, ${Math.ceil(event.msLeft / 1000)} s left`;
    process.stderr.write(
      `\r\x1b[K${'█'.repeat(filled)}${'░'.repeat(BAR_WIDTH - filled)} step ${event.step}/${this.totalSteps}, ` +
        `${pruned.toFixed(1)} % pruned, AUC ${formatMetric(this.validAuc)}, ${event.msPerStep.toFixed(2)} ms/step${left}`,
    );
  }

  private print(line: string): void {
    process.stderr.write(`${this.isTerminal ? '\r\x1b[K' : ''}${line}\n`);
  }
}
