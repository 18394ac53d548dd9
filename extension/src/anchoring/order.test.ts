import { describe, expect, it } from "vitest";
import { expect as expectation, inOrder, surprise, type Fix } from "./order";

const fix = (old: number, now: number, weight = 10): Fix => ({ old, now, weight });

describe("order of the quotes", () => {
  it("leaves out the one that moved", () => {
    expect(inOrder([fix(100, 100), fix(200, 5000), fix(300, 320), fix(400, 420)]).map((f) => f.old)).toEqual([100, 300, 400]);
  });

  it("is least surprised where the neighbours' shift leads", () => {
    const chain = [fix(1000, 1500), fix(9000, 9500)];
    const expected = expectation(chain, 5000, null);
    expect(surprise(expected, 5500)).toBeLessThan(surprise(expected, 5000));
    expect(surprise(expected, 5000)).toBeLessThan(surprise(expected, 7300));
    expect([expected.after, expected.before]).toEqual([1500, 9500]);
  });

  it("does not count a quote's own fix", () => {
    const own = fix(500, 9000);
    expect(expectation([own], 500, own)).toMatchObject({ after: -Infinity, before: Infinity });
  });

  it("stays bounded with thousands of fixes", () => {
    const chain = inOrder(Array.from({ length: 20_000 }, (_, i) => fix(i, i)));
    expect(chain.length).toBeLessThanOrEqual(400);
  });
});
