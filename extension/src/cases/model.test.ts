import { expect, it } from "vitest";
import type { Case, CaseEventKind } from "../actions/tracker";
import { listed, notable, openCount } from "./model";

function made(id: string, sent: string, ...kinds: [CaseEventKind, string][]): Case {
  return {
    id, request: "access", law: "gdpr", place: "DE", right: "yes", article: null, language: "en",
    deadline: { value: 1, unit: "months", basis: "law", phrase: { en: "a", de: "b", fr: "c" } },
    entity: { id: "e", name: "E" }, document: null, provision: null, recipient: null, authority: null,
    events: [{ kind: "sent", on: sent, way: "email" }, ...kinds.map(([kind, on]) => ({ kind, on }))],
  };
}

it("lists what needs the reader first, the closed last", () => {
  const cases = [
    made("closed", "2026-01-01", ["closed", "2026-01-02"]),
    made("waiting", "2026-11-20"),
    made("refused", "2026-10-01", ["refused", "2026-10-05"]),
    made("late", "2026-10-01"),
    made("later", "2026-08-01"),
    made("answered", "2026-11-01", ["answered", "2026-11-02"]),
  ];
  expect(listed(cases, "2026-11-23").map(({ item }) => item.id)).toEqual(["later", "late", "refused", "answered", "waiting", "closed"]);
  expect(openCount(cases, "2026-11-23")).toBe(5);
});

it("lets what happened be noted wherever a case stands", () => {
  for (const status of ["waiting", "overdue", "answered", "refused", "complained", "closed"] as const) {
    expect(notable(status)).toContain("note");
    expect(notable(status)).not.toContain("sent");
  }
});
