import { describe, expect, it } from "vitest";
import type { Provision } from "../contract/types";
import type { PageMatch } from "../page-state";
import { isWanted, provisionsOf, sameOutcomes } from "./clauses";

const provision = (id: string): Provision => ({ id }) as unknown as Provision;
const match = (relation: PageMatch["relation"], ...ids: string[]): PageMatch =>
  ({ relation, set: { provisions: ids.map(provision) } }) as unknown as PageMatch;

describe("clauses of a page", () => {
  it("come once each, those of this page first", () => {
    const provisions = provisionsOf([match("other-language", "b", "c"), match("same", "a", "b")]);
    expect(provisions.map(({ id }) => id)).toEqual(["a", "b", "c"]);
  });

  it("are hidden by severity, or when all of their categories are hidden", () => {
    const clause = { severity: "low" as const, categories: ["ai", "sharing"] };
    expect(isWanted(clause, { hiddenSeverities: [], hiddenCategories: [] })).toBe(true);
    expect(isWanted(clause, { hiddenSeverities: ["low"], hiddenCategories: [] })).toBe(false);
    expect(isWanted(clause, { hiddenSeverities: [], hiddenCategories: ["ai"] })).toBe(true);
    expect(isWanted(clause, { hiddenSeverities: [], hiddenCategories: ["ai", "sharing"] })).toBe(false);
  });

  it("are reported again only when something about them differs", () => {
    const one = { provisionId: "a", outcome: "changed" as const, pageText: "new words" };
    expect(sameOutcomes([one], [{ ...one }])).toBe(true);
    expect(sameOutcomes([one], [{ ...one, pageText: "newer words" }])).toBe(false);
    expect(sameOutcomes([one], [])).toBe(false);
  });
});
