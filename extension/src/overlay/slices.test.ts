import { describe, expect, it } from "vitest";
import { inSlices } from "./slices";

/** A clock that advances by a fixed time with every step of the work. */
function clockwork(steps: number, msPerStep: number): { work: Generator<void, string>; now: () => number } {
  let time = 0;
  function* work(): Generator<void, string> {
    for (let i = 0; i < steps; i++) {
      time += msPerStep;
      yield;
    }
    return "done";
  }
  return { work: work(), now: () => time };
}

describe("work in slices", () => {
  it("pauses whenever a slice is used up, and ends with the work's result", async () => {
    const { work, now } = clockwork(100, 1);
    const pausedAt: number[] = [0];
    const result = await inSlices(work, { now, sliceMs: 10, pause: () => Promise.resolve(void pausedAt.push(now())) });
    expect(result).toBe("done");
    const slices = pausedAt.slice(1).map((time, i) => time - pausedAt[i]!);
    expect(slices.length).toBeGreaterThanOrEqual(9);
    expect(Math.max(...slices)).toBeLessThanOrEqual(11);
  });

  it("does not pause when the work is short", async () => {
    const { work, now } = clockwork(5, 1);
    let pauses = 0;
    await inSlices(work, { now, pause: () => Promise.resolve(void pauses++) });
    expect(pauses).toBe(0);
  });

  it("stops when it is called off", async () => {
    const { work, now } = clockwork(1000, 1);
    const stop = new AbortController();
    const run = inSlices(work, { now, signal: stop.signal, pause: () => Promise.resolve(stop.abort(new Error("left"))) });
    await expect(run).rejects.toThrow("left");
    expect(now()).toBeLessThan(30);
  });

  it("passes on what the work throws", async () => {
    function* broken(): Generator<void, string> {
      throw new RangeError("too large");
    }
    await expect(inSlices(broken())).rejects.toThrow("too large");
  });
});
