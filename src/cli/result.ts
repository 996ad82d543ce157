/** The JSON document that an experiment leaves: gathered from its events. */
import type { ExperimentEvent, RunResult, TicketSummary } from '../experiment/events';

interface TrajectoryPoint {
  readonly step: number;
  readonly epoch: number;
  readonly parameters: number;
  /** Null for schemes without thresholds. */
  readonly meanG: number | null;
  /** Mean since the previous point; null at step 0. */
  readonly trainLoss: number | null;
  /** Of the latest evaluation at or before this step. */
  validAuc: number | null;
}

export class ResultDocument {
  private started: Extract<ExperimentEvent, { type: 'run-started' }> | null = null;
  private readonly trajectory: TrajectoryPoint[] = [];
  private readonly tickets: TicketSummary[] = [];
  private readonly results: RunResult[] = [];
  private validAuc: number | null = null;
  private msPerStep: number | null = null;
  private ended: string | null = null;

  add(event: ExperimentEvent): void {
    switch (event.type) {
      case 'run-started':
        this.started = event;
        break;
      case 'stats': {
        const { step, epoch, parameters, threshold, trainLoss } = event.stats;
        this.trajectory.push({
          step,
          epoch,
          parameters,
          meanG: threshold?.mean ?? null,
          trainLoss: Number.isNaN(trainLoss) ? null : trainLoss,
          validAuc: this.validAuc,
        });
        break;
      }
      case 'evaluation': {
        this.validAuc = event.metrics.auc;
        const last = this.trajectory.at(-1);
        if (last?.step === event.step) last.validAuc = event.metrics.auc;
        break;
      }
      case 'ticket':
        this.tickets.push(event.ticket);
        break;
      case 'run-finished':
        this.ended = event.reason;
        this.msPerStep = event.msPerStep;
        if (event.result) this.results.push(event.result);
        break;
      case 'failed':
        this.ended = event.message;
        break;
      case 'progress':
        this.msPerStep = event.msPerStep;
        break;
      default:
        event satisfies never;
    }
  }

  toJSON() {
    if (!this.started) throw new Error('No run has started');
    const { version, config, backend, dataset, tableSize, stepsPerEpoch, otherParameters } = this.started;
    return {
      version,
      config,
      backend,
      dataset: {
        name: dataset.name,
        rows: dataset.rows,
        splitRows: dataset.splitRows,
        fields: dataset.fields.map(({ name, features }) => ({ name, features })),
        features: dataset.features,
        positiveRate: dataset.positiveRate,
        notes: dataset.notes,
      },
      search: {
        tableSize,
        otherParameters,
        stepsPerEpoch,
        trajectory: this.trajectory,
        tickets: this.tickets,
        msPerStep: this.msPerStep,
        ended: this.ended,
      },
      results: this.results,
    };
  }
}
