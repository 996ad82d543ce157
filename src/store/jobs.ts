/** What the worker is asked to do, one thing after the other, and how far that is. Pure. */
import {
  type ExperimentPlan,
  followingRuns,
  plannedRuns,
  type SavedTicket,
  SEARCH_ONLY,
} from '../experiment/plan';
import { planSearch } from '../experiment/search';
import type { RunConfig } from '../experiment/settings';

export type Job =
  | {
      readonly kind: 'experiment';
      readonly experiment: string;
      readonly config: RunConfig;
      readonly plan: ExperimentPlan;
    }
  | {
      readonly kind: 'retraining';
      readonly experiment: string;
      readonly config: RunConfig;
      readonly tickets: readonly SavedTicket[];
      readonly plan: ExperimentPlan;
    };

/** Progress of everything that was asked for together. */
export interface Queue {
  /** Planned runs, also those that turn out impossible. */
  readonly total: number;
  /** Runs that have started, the one under way included. */
  readonly started: number;
  /** Planned runs that could not be made, with the reason. */
  readonly skipped: readonly string[];
}

export function queueOf(jobs: readonly Job[]): Queue {
  const total = jobs.reduce((sum, job) => sum + plannedCount(job), 0);
  return { total, started: 0, skipped: [] };
}

export function isLast({ total, started, skipped }: Queue): boolean {
  return started + skipped.length >= total;
}

export function searchJob(config: RunConfig, experiment: string): Job {
  return { kind: 'experiment', experiment, config, plan: SEARCH_ONLY };
}

export function plannedCount(job: Job): number {
  switch (job.kind) {
    case 'experiment':
      return plannedRuns(job.config, job.plan, planSearch(job.config).description).length;
    case 'retraining':
      return followingRuns(
        job.config,
        job.plan,
        job.tickets.map(({ target }) => target),
      ).length;
    default:
      return job satisfies never;
  }
}
