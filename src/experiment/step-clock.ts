/** Recent time of a training step: mean over the last slices, so that a slow start is soon forgotten. */
const SLICES = 20;

export class StepClock {
  private readonly slices: { readonly ms: number; readonly steps: number }[] = [];

  add(ms: number, steps: number): void {
    if (steps === 0) return;
    this.slices.push({ ms, steps });
    if (this.slices.length > SLICES) this.slices.shift();
  }

  /** 0 before the first step. */
  get msPerStep(): number {
    const steps = this.slices.reduce((sum, slice) => sum + slice.steps, 0);
    return steps === 0 ? 0 : this.slices.reduce((sum, slice) => sum + slice.ms, 0) / steps;
  }
}
