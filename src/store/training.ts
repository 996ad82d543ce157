/** The buttons that act on the training: each in terms of the queue of jobs (job-queue.ts) and the state (training-state.ts). */
import type { ExperimentPlan } from '../experiment/plan';
import { mayBeSame } from '../experiment/same-data';
import { SETTING_NAMES, settingOf } from '../experiment/setting-table';
import { type RunConfig, runConfigSchema } from '../experiment/settings';
import { knownSettings } from '../experiment/unsaid-settings';
import { JobQueue, quietly } from './job-queue';
import { type Job, searchJob } from './jobs';
import { isActive, type RunView } from './run';
import { newId } from './saved-run';
import { NO_TRAINING, type TrainingContext } from './training-state';

export interface TrainingActions {
  train(): Promise<void>;
  choosePlan(plan: ExperimentPlan): void;
  /** The search and what the chosen plan says after it. */
  trainFully(): Promise<void>;
  /** What `plan` says for saved tickets of a run, without the search. */
  retrain(runId: string, targets: readonly number[], plan: ExperimentPlan): Promise<void>;
  /** One experiment for each config. */
  sweep(configs: readonly RunConfig[]): Promise<void>;
  pause(): Promise<void>;
  resume(): Promise<void>;
  /** One step; on an idle page of a run that is paused from its start. */
  step(): Promise<void>;
  /** Ends the run under way and what waits behind it, and keeps what was recorded. */
  stop(): Promise<void>;
  /** Ends the run and clears the charts; the settings and the recorded runs stay. */
  reset(): Promise<void>;
  /** Shows a recorded run in the charts; null: the run under way. */
  show(id: string | null): void;
}

export function createTraining(context: TrainingContext) {
  const { get, set, recorder } = context;
  const queue = new JobQueue(context);

  const actions: TrainingActions = {
    async train() {
      const config = context.config();
      if (config) await queue.run([searchJob(config, newId())], false);
    },
    choosePlan(plan) {
      set({ plan });
    },
    async trainFully() {
      const config = context.config();
      const { plan } = get();
      if (config) await queue.run([{ kind: 'experiment', experiment: newId(), config, plan }], false);
    },
    async retrain(id, targets, plan) {
      const { runs, dataset } = get();
      const run = runs.find((each) => each.id === id);
      const origin = run?.view.start;
      if (!run || !origin || !dataset || !mayBeSame(origin.dataset, dataset.summary)) return;
      // How long and by which protocol is today's choice; everything else belongs to the ticket.
      const today = context.config() ?? origin.config;
      const chosen = SETTING_NAMES.filter((name) => settingOf(name).isOfRetraining);
      const changes = Object.fromEntries(chosen.map((name) => [name, today[name]]));
      const config = runConfigSchema.parse({ ...knownSettings(origin.config), ...changes });
      const tickets = run.view.tickets.filter(({ target }) => targets.includes(target));
      await queue.run([{ kind: 'retraining', experiment: run.experiment, config, tickets, plan }], false);
    },
    async sweep(configs) {
      const { plan } = get();
      const jobs = configs.map((config): Job => ({ kind: 'experiment', experiment: newId(), config, plan }));
      await queue.run(jobs, false);
    },
    async pause() {
      const { run, runId } = get();
      if (run.status !== 'running') return;
      const paused: RunView = { ...run, status: 'paused' };
      set({ run: paused });
      if (runId && run.start) recorder.record(runId, paused);
      await queue.ask((trainer) => trainer.pause());
    },
    async resume() {
      const { run } = get();
      if (run.status !== 'paused') return;
      set({ run: { ...run, status: 'running' } });
      await queue.ask((trainer) => trainer.resume());
    },
    async step() {
      const config = context.config();
      if (get().run.status === 'idle' && config) await queue.run([searchJob(config, newId())], true);
      if (get().run.status === 'paused') await queue.ask((trainer) => trainer.step());
    },
    async stop() {
      if (!isActive(get().run.status)) return;
      set({ isStopping: true });
      await quietly(() => queue.cancel());
    },
    async reset() {
      const { run, runId } = get();
      const wasActive = isActive(run.status);
      queue.forget();
      // What the worker says from now on is not heard: this is the run's last state.
      if (wasActive && runId && run.start) {
        recorder.record(runId, {
          ...run,
          status: 'finished',
          msLeft: null,
          finish: { reason: 'cancelled', result: null },
        });
      }
      set(NO_TRAINING);
      if (wasActive) await quietly(() => queue.cancel());
    },
    show(id) {
      set({ shownId: id });
    },
  };
  return { actions, queue };
}
