/** The part of a step that tfjs computes on one of its backends: what is made in it is freed at its end. */
import { engine, setBackend } from '@tensorflow/tfjs-core';
import type { TensorBridge } from './contract';

/** `open` and `close` of a bridge. The backend is running already. */
export function tensorScope(backendName: string): Pick<TensorBridge, 'open' | 'close'> {
  let isOpen = false;
  const close = () => {
    if (isOpen) engine().endScope();
    isOpen = false;
  };
  const open = () => {
    close();
    // At once, as the backend is running: another engine may have used tfjs since.
    if (engine().backendName !== backendName) void setBackend(backendName);
    engine().startScope();
    isOpen = true;
  };
  return { open, close };
}
