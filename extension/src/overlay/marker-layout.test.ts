import { describe, expect, it } from "vitest";
import { groupMarkers, MARKER_PITCH, MARKER_SIZE, type MarkerPlace } from "./marker-layout";

const place = (id: string, top: number, severity: MarkerPlace["severity"] = "low"): MarkerPlace => ({ id, top, severity });

describe("margin markers", () => {
  it("stand at their clauses when there is room", () => {
    expect(groupMarkers([place("b", 300), place("a", 100)]).map(({ top, ids }) => [top, ids])).toEqual([[100, ["a"]], [300, ["b"]]]);
  });

  it("share one place when they would overlap, and show the worst of it", () => {
    const groups = groupMarkers([place("a", 100), place("b", 110, "critical"), place("c", 124, "high"), place("d", 160)]);
    expect(groups.map(({ ids, severity }) => [ids, severity])).toEqual([[["a", "b", "c"], "critical"], [["d"], "low"]]);
  });

  it("never overlap and lose no clause, however many there are", () => {
    const places = Array.from({ length: 500 }, (_, i) => place(String(i), (i * 7919) % 3000));
    const groups = groupMarkers(places, 3000);
    expect(groups.flatMap(({ ids }) => ids).sort()).toEqual(places.map(({ id }) => id).sort());
    for (let i = 1; i < groups.length; i++) expect(groups[i]!.top - groups[i - 1]!.top).toBeGreaterThanOrEqual(MARKER_PITCH);
    expect(Math.max(...groups.map(({ top }) => top))).toBeLessThanOrEqual(3000 - MARKER_SIZE);
  });
});
