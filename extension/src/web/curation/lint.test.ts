import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Latest, PAUSE_MS } from "./lint";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("the newest question", () => {
  it("is asked once, when typing pauses", async () => {
    const ask = vi.fn(async (question: string) => `${question}!`);
    const tell = vi.fn();
    const latest = new Latest(ask, tell);
    for (const typed of ["a", "ab", "abc"]) {
      latest.touch(typed);
      await vi.advanceTimersByTimeAsync(PAUSE_MS / 2);
    }
    await vi.advanceTimersByTimeAsync(PAUSE_MS);
    expect(ask.mock.calls).toEqual([["abc"]]);
    expect(tell.mock.calls).toEqual([["abc!", "abc"]]);
  });

  it("is the only one whose answer is told, however late an older one comes", async () => {
    const answers: ((answer: string) => void)[] = [];
    const tell = vi.fn();
    const latest = new Latest(() => new Promise<string>((resolve) => answers.push(resolve)), tell, 1);
    latest.touch("old");
    await vi.advanceTimersByTimeAsync(2);
    latest.touch("new");
    await vi.advanceTimersByTimeAsync(2);
    answers[1]!("of new");
    answers[0]!("of old");
    await vi.advanceTimersByTimeAsync(2);
    expect(tell.mock.calls).toEqual([["of new", "new"]]);
  });

  it("is not told any more after a stop", async () => {
    const tell = vi.fn();
    const latest = new Latest(async () => "answer", tell, 1);
    latest.touch("question");
    latest.stop();
    await vi.advanceTimersByTimeAsync(5);
    expect(tell).not.toHaveBeenCalled();
  });
});
