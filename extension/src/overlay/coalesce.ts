/**
 * When to read the page again: after it has been quiet for a moment, at the latest after a fixed time, and never so
 * often that it costs more than a small share of the processor, however fast the page mutates.
 */

export interface Pace {
  /** The page must have been left alone for this long ... */
  readonly quietMs: number;
  /** ... but a page that never rests is read after this long at the latest. */
  readonly longestMs: number;
}

/** First reading: soon, since people wait for it; policies that render late are caught by the next one. */
export const FIRST_PACE: Pace = { quietMs: 60, longestMs: 800 };
/** Later readings: long enough to let one re-rendering end, short enough to seem immediate. */
export const LATER_PACE: Pace = { quietMs: 250, longestMs: 2_000 };
/** A reading that took n ms is followed by at least this many times n of rest: at most 4 % of the processor. */
export const REST_FACTOR = 24;

export interface Clock {
  now(): number;
  after(ms: number, run: () => void): () => void;
}

export const REAL_CLOCK: Clock = {
  now: () => performance.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

export class Coalescer {
  private cancel: (() => void) | null = null;
  private dirtySince = -1;
  private lastTouch = 0;
  private restUntil = 0;
  private running = false;
  private stopped = false;

  /** `run` is never started while it still runs. */
  constructor(
    private readonly run: () => Promise<void>,
    private pace: Pace,
    private readonly clock: Clock = REAL_CLOCK,
  ) {}

  setPace(pace: Pace): void {
    this.pace = pace;
  }

  /** The page changed. Cheap enough to be called a thousand times a second. */
  touch(): void {
    if (this.stopped) return;
    this.lastTouch = this.clock.now();
    if (this.dirtySince < 0) this.dirtySince = this.lastTouch;
    if (!this.cancel && !this.running) this.arm();
  }

  stop(): void {
    this.stopped = true;
    this.cancel?.();
    this.cancel = null;
  }

  private arm(): void {
    const due = Math.min(this.lastTouch + this.pace.quietMs, this.dirtySince + this.pace.longestMs);
    const at = Math.max(due, this.restUntil);
    this.cancel = this.clock.after(Math.max(0, at - this.clock.now()), () => {
      this.cancel = null;
      if (this.stopped) return;
      const quiet = this.clock.now() - this.lastTouch >= this.pace.quietMs;
      const late = this.clock.now() - this.dirtySince >= this.pace.longestMs;
      if (quiet || late) void this.start();
      else this.arm();
    });
  }

  private async start(): Promise<void> {
    this.running = true;
    this.dirtySince = -1;
    const began = this.clock.now();
    try {
      await this.run();
    } finally {
      this.running = false;
      const ended = this.clock.now();
      this.restUntil = ended + (ended - began) * REST_FACTOR;
      if (this.dirtySince >= 0 && !this.stopped) this.arm();
    }
  }
}
