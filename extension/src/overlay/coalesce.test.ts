import { describe, expect, it } from "vitest";
import { Coalescer, LATER_PACE, REST_FACTOR, type Clock } from "./coalesce";

class FakeClock implements Clock {
  time = 0;
  private timers: { at: number; run: () => void }[] = [];
  now(): number {
    return this.time;
  }
  after(ms: number, run: () => void): () => void {
    const timer = { at: this.time + ms, run };
    this.timers.push(timer);
    return () => {
      this.timers = this.timers.filter((other) => other !== timer);
    };
  }
  async advance(ms: number, everyMs: (() => void) | null = null): Promise<void> {
    for (let i = 0; i < ms; i++) {
      this.time++;
      everyMs?.();
      for (const timer of this.timers.filter(({ at }) => at <= this.time)) {
        this.timers = this.timers.filter((other) => other !== timer);
        timer.run();
        await Promise.resolve();
        await Promise.resolve();
      }
    }
  }
}

function setUp(costMs = 0): { clock: FakeClock; runs: number[]; coalescer: Coalescer } {
  const clock = new FakeClock();
  const runs: number[] = [];
  const coalescer = new Coalescer(
    () => {
      runs.push(clock.time);
      clock.time += costMs;
      return Promise.resolve();
    },
    LATER_PACE,
    clock,
  );
  return { clock, runs, coalescer };
}

describe("reading the page again", () => {
  it("happens once after a burst of changes has ended", async () => {
    const { clock, runs, coalescer } = setUp();
    await clock.advance(100, () => coalescer.touch());
    await clock.advance(2000);
    expect(runs).toHaveLength(1);
    expect(runs[0]! - 100).toBeGreaterThanOrEqual(LATER_PACE.quietMs);
    expect(runs[0]! - 100).toBeLessThanOrEqual(LATER_PACE.quietMs * 2);
  });

  it("happens within the upper bound on a page that changes 1,000 times a second", async () => {
    const { clock, runs, coalescer } = setUp();
    await clock.advance(10_000, () => coalescer.touch());
    expect(runs.length).toBeGreaterThanOrEqual(4);
    expect(runs.length).toBeLessThanOrEqual(6);
  });

  it("rests in proportion to what a reading costs", async () => {
    const { clock, runs, coalescer } = setUp(200);
    await clock.advance(20_000, () => coalescer.touch());
    for (let i = 1; i < runs.length; i++) expect(runs[i]! - runs[i - 1]!).toBeGreaterThanOrEqual(200 * REST_FACTOR);
  });

  it("does not happen on a page that does not change, nor after the end", async () => {
    const { clock, runs, coalescer } = setUp();
    await clock.advance(5000);
    coalescer.touch();
    coalescer.stop();
    coalescer.touch();
    await clock.advance(5000);
    expect(runs).toEqual([]);
  });
});
