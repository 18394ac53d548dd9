import { describe, expect, it } from "vitest";
import type { AnnotationSet, DecidedDispute, Provision } from "./contract/types";
import { isHiddenByReport, reportsAbout, withOutcome, type OwnReport } from "./own-reports";

const SERVER = "http://127.0.0.1:8787";
const REPORT: OwnReport = {
  server: SERVER,
  provisionId: "CL-P-000005",
  documentId: "CL-D-000001",
  title: "Private photos train AI models",
  entity: "Larkspur",
  severity: "critical",
  reason: "wrong-severity",
  sentAt: Date.UTC(2026, 10, 23),
  token: "x".repeat(43),
  url: `${SERVER}/disputes/${"x".repeat(43)}`,
  moderation: null,
  decidedBefore: 1,
  hidden: true,
  state: "open",
  decision: null,
  seen: false,
};
const UPHELD: DecidedDispute = { date: "2026-11-23", reason: "wrong-severity", state: "upheld", act: "severity", text: "It is optional." };
const OLD: DecidedDispute = { ...UPHELD, date: "2026-01-01", state: "rejected", act: "keep", text: "It says so." };

function setWith(...provisions: Partial<Provision>[]): AnnotationSet {
  return { document: { id: REPORT.documentId }, provisions } as unknown as AnnotationSet;
}

const label = (upheld: number, rejected: number, ...decisions: DecidedDispute[]): Partial<Provision> => ({
  id: REPORT.provisionId,
  disputes: { open: 0, upheld, rejected },
  decisions,
});

describe("the outcome of a report", () => {
  it("is read from the public record, and an upheld label is shown again", () => {
    const after = withOutcome(REPORT, setWith(label(1, 1, UPHELD, OLD)));
    expect(after).toMatchObject({ state: "upheld", hidden: false, decision: { text: "It is optional." } });
  });

  it("leaves a rejected label hidden for whoever hid it", () => {
    const rejected = { ...UPHELD, state: "rejected", act: "keep" } as const;
    expect(withOutcome(REPORT, setWith(label(0, 2, rejected, OLD)))).toMatchObject({ state: "rejected", hidden: true });
  });

  it("is not what was decided before, nor what others reported", () => {
    expect(withOutcome(REPORT, setWith(label(0, 1, OLD)))).toBe(REPORT);
    expect(withOutcome(REPORT, setWith(label(1, 1, { ...UPHELD, reason: "outdated" }, OLD)))).toBe(REPORT);
  });

  it("is not what was decided before it was sent, though the page was read before that", () => {
    expect(withOutcome({ ...REPORT, decidedBefore: 0 }, setWith(label(0, 1, OLD)))).toMatchObject({ state: "open" });
    const same = { ...OLD, reason: REPORT.reason, date: "2026-11-22" } as const;
    expect(withOutcome({ ...REPORT, decidedBefore: 0 }, setWith(label(0, 1, same)))).toMatchObject({ state: "open" });
  });

  it("is that the label is gone when its document has it no more", () => {
    expect(withOutcome(REPORT, setWith())).toMatchObject({ state: "gone", hidden: false });
    const elsewhere = { ...setWith(), document: { id: "CL-D-000002" } } as unknown as AnnotationSet;
    expect(withOutcome(REPORT, elsewhere)).toBe(REPORT);
  });

  it("is not asked for twice", () => {
    const decided = { ...REPORT, state: "upheld" } as const;
    expect(withOutcome(decided, setWith())).toBe(decided);
  });
});

describe("the user's own view", () => {
  it("knows reports by server and document", () => {
    const match = { relation: "same", set: setWith() } as const;
    expect(reportsAbout([REPORT], [match], SERVER)).toEqual([REPORT]);
    expect(reportsAbout([REPORT], [match], "https://other.example")).toEqual([]);
  });

  it("hides only what the user hid", () => {
    expect(isHiddenByReport([REPORT], REPORT.provisionId)).toBe(true);
    expect(isHiddenByReport([{ ...REPORT, hidden: false }], REPORT.provisionId)).toBe(false);
    expect(isHiddenByReport(undefined, REPORT.provisionId)).toBe(false);
  });
});
