/**
 * The page's end of the worker boundary: starts a worker, calls it, and turns its death into rejections. Knows
 * protocol.ts only; what the answers mean is the store's business.
 */
import { proxy, wrap } from 'comlink';
import type { Inspection, TrainerApi } from './protocol';

/** TrainerApi whose calls reject, rather than wait for ever, once the worker is gone. */
export interface TrainerClient extends TrainerApi {
  /** Ends the worker; pending calls reject. */
  terminate(): void;
}

/** Every call on a worker that died rejects with this. */
export class WorkerDeath extends Error {
  override readonly name = 'WorkerDeath';
}

/** Starts a worker. `onDeath` is called at most once, when the worker ends by itself. */
export function startTrainer(onDeath: (death: WorkerDeath) => void): TrainerClient {
  const worker = new Worker(new URL('./trainer.worker.ts', import.meta.url), { type: 'module' });
  const remote = wrap<TrainerApi>(worker);
  let die: (death: WorkerDeath) => void = () => {};
  const died = new Promise<never>((_resolve, reject) => {
    die = reject;
  });
  died.catch(() => {});

  function end(reason: string): WorkerDeath {
    const death = new WorkerDeath(reason);
    worker.onerror = null;
    worker.onmessageerror = null;
    worker.terminate();
    die(death);
    return death;
  }
  worker.onerror = (event) => {
    event.preventDefault();
    onDeath(end(event.message || 'Its script could not be loaded.'));
  };
  worker.onmessageerror = () => onDeath(end('It sent something that the page cannot read.'));

  /** comlink never settles a call to a worker that is gone. */
  const orDeath = <T>(call: Promise<T>): Promise<T> => Promise.race([call, died]);
  return {
    capabilities: () => orDeath(remote.capabilities()),
    loadSample: (seed) => orDeath(remote.loadSample(seed)),
    inspect: (files, shape, file) => orDeath<Inspection>(remote.inspect(files, shape, file)),
    loadFiles: (files, options, onProgress) => orDeath(remote.loadFiles(files, options, proxy(onProgress))),
    cancelLoad: () => orDeath(remote.cancelLoad()),
    storedDatasets: () => orDeath(remote.storedDatasets()),
    keep: (remark) => orDeath(remote.keep(remark)),
    loadStored: (id) => orDeath(remote.loadStored(id)),
    deleteStored: (id) => orDeath(remote.deleteStored(id)),
    train: (config, plan, paused, onEvents) => orDeath(remote.train(config, plan, paused, proxy(onEvents))),
    retrain: (config, tickets, plan, onEvents) =>
      orDeath(remote.retrain(config, tickets, plan, proxy(onEvents))),
    pause: () => orDeath(remote.pause()),
    resume: () => orDeath(remote.resume()),
    step: () => orDeath(remote.step()),
    cancel: () => orDeath(remote.cancel()),
    terminate: () => void end('The page ended it.'),
  };
}
