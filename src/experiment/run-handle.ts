/** Pause, resume, single step and cancel, asked for from outside and obeyed between two steps. */
export class RunHandle {
  private paused: boolean;
  /** Single steps asked for and not yet taken. */
  private singleSteps = 0;
  private isCancelled = false;
  private wake: (() => void) | null = null;

  constructor(paused: boolean) {
    this.paused = paused;
  }

  pause(): void {
    this.paused = true;
    this.singleSteps = 0;
  }

  resume(): void {
    this.paused = false;
    this.singleSteps = 0;
    this.wake?.();
  }

  /** One step, then pause. */
  step(): void {
    this.paused = true;
    this.singleSteps++;
    this.wake?.();
  }

  cancel(): void {
    this.isCancelled = true;
    this.wake?.();
  }

  get cancelled(): boolean {
    return this.isCancelled;
  }

  get isPaused(): boolean {
    return this.paused && this.singleSteps === 0 && !this.isCancelled;
  }

  /** Resolves when there may be something to do: at once unless paused. */
  async untilAwake(): Promise<void> {
    while (this.isPaused) {
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
      this.wake = null;
    }
  }

  /** How many steps may be taken now before asking again. */
  takeAllowance(limit: number): number {
    if (this.isCancelled) return 0;
    if (!this.paused) return limit;
    const steps = Math.min(1, this.singleSteps);
    this.singleSteps -= steps;
    return steps;
  }
}
