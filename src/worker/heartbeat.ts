/**
 * Whether the worker still answers, for the page: an endless loop reports no death. Counts pings that go out on time and are not
 * answered rather than seconds, so that a page that was asleep, or whose timers a hidden tab slows down, takes nobody for dead.
 */
const BEAT_MS = 1_000;
/**
 * A run answers between two slices, every few milliseconds, and also while a device computes; the longest work without a
 * pause, the generation of the sample, takes a second or two on a busy machine.
 */
const MOST_MISSED = 5;

export class Heartbeat {
  private timer: ReturnType<typeof setInterval> | undefined;
  private isAwaited = false;
  private missed = 0;
  private isSilent = false;

  /** `onChange` hears when the worker falls silent, and when it answers again after all. */
  constructor(
    private readonly ping: () => Promise<unknown>,
    private readonly onChange: (isSilent: boolean) => void,
  ) {}

  start(): void {
    this.timer ??= setInterval(() => this.beat(), BEAT_MS);
  }

  stop(): void {
    clearInterval(this.timer);
    this.timer = undefined;
    this.report(0);
  }

  private beat(): void {
    if (this.isAwaited) {
      this.report(this.missed + 1);
      return;
    }
    this.isAwaited = true;
    this.ping().then(
      () => {
        this.isAwaited = false;
        this.report(0);
      },
      // The worker is gone, which is reported elsewhere.
      () => {},
    );
  }

  private report(missed: number): void {
    this.missed = missed;
    const isSilent = missed >= MOST_MISSED;
    if (isSilent === this.isSilent) return;
    this.isSilent = isSilent;
    this.onChange(isSilent);
  }
}
