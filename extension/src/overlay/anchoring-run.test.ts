import { describe, expect, it } from "vitest";
import { anchorQuotes, PageIndex } from "../anchoring";
import type { Provision } from "../contract/types";
import { outcomesOf, quotesOf } from "./anchoring-run";

const provision = (id: string, exact: string | null): Provision =>
  ({ id, quote: exact === null ? null : { selector: { exact } } }) as unknown as Provision;

describe("outcomes of a page", () => {
  const text = "Privacy policy\nWe may share your personal data with our advertising partners worldwide.\nContact us.";
  const provisions = [
    provision("CL-P-000004", "Contact us."),
    provision("CL-P-000001", "We may share your personal data with our advertising partners worldwide."),
    provision("CL-P-000002", null),
    provision("CL-P-000003", "You waive any right to a trial by jury and to take part in a class action."),
  ];
  const found = anchorQuotes(new PageIndex(text, [0, 15, 88]), quotesOf(provisions));

  it("name every provision once, with and without a quote, in the order of the page", () => {
    const outcomes = outcomesOf(provisions, new Map(found.map((anchor) => [anchor.id, anchor])), text);
    expect(outcomes.map(({ provisionId, outcome }) => [provisionId, outcome])).toEqual([
      ["CL-P-000001", "found"], ["CL-P-000004", "found"], ["CL-P-000002", "document"], ["CL-P-000003", "gone"],
    ]);
    expect(outcomes.every(({ pageText }) => pageText === null)).toBe(true);
  });

  it("carry the page's words for a changed clause, as one line", () => {
    const anchors = new Map([["CL-P-000001", { id: "CL-P-000001", outcome: "changed" as const, start: 8, end: 24, score: 1, margin: 1 }]]);
    expect(outcomesOf(provisions.slice(1, 2), anchors, text)[0]!.pageText).toBe("policy We may sh");
  });
});
