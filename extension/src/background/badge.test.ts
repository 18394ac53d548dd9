import { beforeAll, expect, it } from "vitest";
import { useEnglishTexts } from "../platform/testing/catalogue";
import { DEFAULT_SETTINGS } from "../settings";
import { badgeOf } from "./badge";
import { emptyState, stateOf } from "./tab-record";
import { analysedSet } from "./testing/fixtures";

beforeAll(useEnglishTexts);

const set = analysedSet("https://murmurloft.example/privacy");
const matched = (severities: readonly ("critical" | "low")[]) =>
  stateOf(1, {
    kind: "known",
    matches: [
      {
        relation: "same",
        set: {
          ...set,
          provisions: severities.flatMap((severity) => set.provisions.slice(0, 1).map((provision) => ({ ...provision, severity }))),
        },
      },
    ],
    categories: [],
    fromCache: false,
    trouble: null,
  });

it("says number and worst severity, in text too", () => {
  expect(badgeOf(matched(["low", "critical", "low"]), DEFAULT_SETTINGS)).toMatchObject({
    text: "3",
    background: "#a8123a",
    title: "Clauselight: 3 clauses on this page, the worst is critical",
  });
  expect(badgeOf(matched(["low"]), DEFAULT_SETTINGS).title).toBe("Clauselight: 1 clause on this page, low");
});

it("counts only what the user wants to see", () => {
  expect(badgeOf(matched(["low", "critical"]), { ...DEFAULT_SETTINGS, hiddenSeverities: ["critical"] })).toMatchObject({
    text: "1",
    background: "#1f54a8",
  });
  expect(badgeOf(matched([]), DEFAULT_SETTINGS).text).toBe("0");
});

it("is silent on a page that is no policy", () => {
  expect(badgeOf(emptyState(1, "not-policy"), DEFAULT_SETTINGS)).toMatchObject({ text: "", title: "Clauselight" });
  expect(badgeOf(emptyState(1, "trouble"), DEFAULT_SETTINGS).text).toBe("!");
});

it("marks a page that changed since it was read last", () => {
  const changedSince = [{ documentId: "CL-D-000001", readAt: 0, clauses: [] }];
  const badge = badgeOf({ ...matched(["critical"]), changedSince }, DEFAULT_SETTINGS);
  expect(badge.text).toBe("1\u2022");
  expect(badge.title).toBe("Clauselight: 1 clause on this page, critical. Changed since you last read it.");
});
