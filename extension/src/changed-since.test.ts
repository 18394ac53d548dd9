import { describe, expect, it } from "vitest";
import { afterReading, changedSince, ONE_READING_MS, type ReadBefore } from "./changed-since";
import { analysedSet } from "./background/testing/fixtures";
import type { AnnotationSet, ChangeRecord } from "./contract/types";

const day = (text: string): number => Date.parse(`${text}T12:00:00Z`);
const change = (over: Partial<ChangeRecord>): ChangeRecord => ({
  date: "2026-11-03",
  kind: "modified",
  summary: "More is shared.",
  severity_to: "high",
  ...over,
});

function withChanges(changes: ChangeRecord[], document: Partial<AnnotationSet["document"]> = {}): AnnotationSet {
  const set = analysedSet("https://a.example/privacy");
  const [first] = set.provisions;
  if (first === undefined) throw new Error("the fixture has a provision");
  const added = change({ date: "2026-01-01", kind: "added" });
  const provision = { ...first, history: { ...first.history, changes: [added, ...changes] } };
  return { ...set, document: { ...set.document, ...document }, provisions: [provision] };
}

const readOn = (text: string, version: number | null = null): ReadBefore => ({
  before: { at: day(text), version },
  latest: { at: day("2026-11-20"), version },
});

describe("what changed since the last reading", () => {
  it("says nothing on the first visit", () => {
    expect(changedSince(withChanges([change({})]), null)).toBeNull();
    expect(changedSince(withChanges([change({})]), afterReading(null, { at: day("2026-11-20"), version: 3 }))).toBeNull();
  });

  it("names the latest change of each clause that came after", () => {
    const set = withChanges([change({}), change({ date: "2026-11-05", summary: "Even more." })]);
    expect(changedSince(set, readOn("2026-11-02"))).toMatchObject({
      readAt: day("2026-11-02"),
      clauses: [{ change: { summary: "Even more." } }],
    });
    expect(changedSince(set, readOn("2026-11-06"))).toBeNull();
  });

  it("goes by versions where there are any, since a day is too coarse", () => {
    const set = withChanges([change({ version_to: 4 })], { version: 4, last_changed: "2026-11-03T08:00:00Z" });
    expect(changedSince(set, readOn("2026-11-03", 3))?.clauses).toHaveLength(1);
    expect(changedSince(set, readOn("2026-11-03", 4))).toBeNull();
  });

  it.each(["moved", "verified"] as const)("takes %s for no news", (kind) => {
    expect(changedSince(withChanges([change({ kind })]), readOn("2026-11-02"))).toBeNull();
  });

  it("tells that the text changed when the clauses that did are gone", () => {
    const set = withChanges([], { version: 5, last_changed: "2026-11-03T08:00:00Z" });
    expect(changedSince(set, readOn("2026-11-02", 4))).toEqual({
      documentId: set.document.id,
      readAt: day("2026-11-02"),
      clauses: [],
    });
  });
});

describe("readings", () => {
  const first = { at: day("2026-11-01"), version: 1 };

  it("near each other are one", () => {
    const again = { at: first.at + ONE_READING_MS - 1, version: 1 };
    const later = { at: again.at + ONE_READING_MS, version: 2 };
    const once = afterReading(null, first);
    const twice = afterReading(once, again);
    expect(twice.before).toBeNull();
    expect(afterReading(twice, later)).toEqual({ before: again, latest: later });
    expect(afterReading(afterReading(twice, later), { ...later, at: later.at + 1 }).before).toEqual(again);
  });

  it("survive a clock that was set back", () => {
    const kept = afterReading(null, first);
    expect(afterReading(kept, { at: first.at - 1_000, version: 1 }).before).toBeNull();
  });
});
