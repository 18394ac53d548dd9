import { describe, expect, it } from "vitest";
import type { AuditEntry, ChangeRecord, CuratedProvision } from "../../contract/types";
import { happenedSince, mergeForms, type Loaded } from "./conflict";
import { newForm, PARTS, TEXTS, valueOf, withPart, type Form, type Part } from "./form";

const BASE = newForm({ exact: "Words.", prefix: "", suffix: "" });
const FILLED: Form = {
  clauseType: "data-sale",
  severity: "high",
  confidence: "low",
  basis: "inferred_from_context",
  texts: Object.fromEntries(TEXTS.map((name) => [name, `their ${name}`])) as Form["texts"],
  quote: { exact: "Other words.", prefix: "", suffix: "" },
  actions: [],
  summary: "",
};
const OWN: Form = {
  ...FILLED,
  clauseType: "marketing-use",
  severity: "low",
  confidence: "medium",
  texts: Object.fromEntries(TEXTS.map((name) => [name, `my ${name}`])) as Form["texts"],
  quote: { exact: "My words.", prefix: "", suffix: "" },
};

/** BASE with some parts of another form. */
const given = (parts: readonly Part[], from: Form): Form => parts.reduce((form, part) => withPart(form, part, from), BASE);

describe("two people at once", () => {
  it("lose nothing of what either wrote, whichever parts they changed", () => {
    for (const theirs of PARTS) {
      for (const mine of PARTS) {
        const merged = mergeForms(BASE, given([theirs], FILLED), given([mine], OWN));
        expect(valueOf(merged.form, mine), `${theirs} ${mine}`).toEqual(valueOf(OWN, mine));
        if (theirs !== mine) {
          expect(valueOf(merged.form, theirs)).toEqual(valueOf(FILLED, theirs));
          expect(merged).toMatchObject({ taken: [theirs], both: [] });
        } else expect(merged.taken).toEqual([]);
      }
    }
  });

  it("are asked about what both changed, unless both wrote the same", () => {
    const merged = mergeForms(BASE, given(["title", "severity"], FILLED), given(["title"], OWN));
    expect(merged).toMatchObject({ taken: ["severity"], both: ["title"] });
    expect(mergeForms(BASE, given(["title"], FILLED), given(["title"], FILLED)).both).toEqual([]);
  });
});

describe("what happened meanwhile", () => {
  const line = (id: number): AuditEntry => ({ id, at: "2026-11-23T09:00:00Z", who: "Ben", act: "edit", subject: "CL-P-000900", body: {} });
  const change = (summary: string): ChangeRecord => ({ date: "2026-11-23", kind: "modified", summary, severity_to: "high" });
  const curated = (...changes: ChangeRecord[]): CuratedProvision =>
    ({ record: { history: { changes } } }) as unknown as CuratedProvision;
  const before: Loaded = { curated: curated(change("First seen.")), lastAct: 4 };

  it("are the acts since the newest one that was known", () => {
    expect(happenedSince(before, curated(change("First seen.")), [line(6), line(5), line(4)]).acts.map(({ id }) => id)).toEqual([6, 5]);
  });

  it("is what the history says, where nobody acted", () => {
    const now = curated(change("First seen."), change("Moved."));
    expect(happenedSince(before, now, [line(4)])).toEqual({ acts: [], changes: [change("Moved.")] });
  });
});
