import { describe, expect, it } from "vitest";
import type { Provision, Severity } from "../contract/types";
import type { OutcomeReport, PageState } from "../page-state";
import { countCategories, countSeverities, entriesOf, filterEntries, groupEntries, NO_FILTER } from "./model";

function provision(id: string, severity: Severity, categories: string[], quote: string | null, title = id): Provision {
  return {
    id, title, severity, categories, clause_type: { title: "Type" },
    explanation: { what_it_is: "It is.", how_it_affects_you: "It affects." },
    quote: quote === null ? null : { selector: { exact: quote } },
  } as unknown as Provision;
}

const PROVISIONS = [
  provision("a", "low", ["sharing"], "We share data.", "Résumé of sharing"),
  provision("b", "critical", ["ai", "content"], "We train models."),
  provision("c", "high", ["sharing"], null),
  provision("d", "high", ["tracking"], "We track you."),
];
const report = (provisionId: string, outcome: OutcomeReport["outcome"], pageText: string | null = null): OutcomeReport =>
  ({ provisionId, outcome, pageText });

function state(outcomes: OutcomeReport[], matches = 1): PageState {
  const match = { relation: "same", set: { provisions: PROVISIONS } };
  return { matches: Array.from({ length: matches }, () => match), outcomes } as unknown as PageState;
}

const ids = (entries: readonly { provision: { id: string } }[]): string[] => entries.map((entry) => entry.provision.id);

describe("entries of the panel", () => {
  it("list every provision once, also before the page has been read", () => {
    expect(entriesOf(state([], 2)).map(({ provision: { id }, outcome }) => [id, outcome])).toEqual([
      ["a", "pending"], ["b", "pending"], ["c", "document"], ["d", "pending"],
    ]);
  });

  it("come worst first, and within a severity as on the page", () => {
    const groups = groupEntries(entriesOf(state([report("d", "found"), report("a", "found"), report("b", "moved"), report("c", "document")])), "severity");
    expect(groups.map(({ key, entries }) => [key, ids(entries)])).toEqual([["critical", ["b"]], ["high", ["d", "c"]], ["low", ["a"]]]);
  });

  it("come as on the page, with what is gone or has no place at the end", () => {
    const groups = groupEntries(entriesOf(state([report("b", "changed", "We now train."), report("a", "found"), report("d", "gone"), report("c", "document")])), "place");
    expect(groups.map(({ key, entries }) => [key, ids(entries)])).toEqual([["page", ["b", "a"]], ["gone", ["d"]], ["document", ["c"]]]);
  });
});

describe("filters", () => {
  const entries = entriesOf(state([report("b", "changed", "Brand new wording")]));

  it("find words anywhere in title, explanation, recorded and present words", () => {
    expect(ids(filterEntries(entries, { ...NO_FILTER, query: "  RESUME sharing " }))).toEqual(["a"]);
    expect(ids(filterEntries(entries, { ...NO_FILTER, query: "track" }))).toEqual(["d"]);
    expect(ids(filterEntries(entries, { ...NO_FILTER, query: "brand wording" }))).toEqual(["b"]);
    expect(ids(filterEntries(entries, { ...NO_FILTER, query: "unheard of" }))).toEqual([]);
  });

  it("combine severity and category, and count what each choice would show", () => {
    const filter = { ...NO_FILTER, severities: ["high" as const], category: "sharing" as const };
    expect(ids(filterEntries(entries, filter))).toEqual(["c"]);
    expect(Object.fromEntries(countSeverities(entries, filter))).toEqual({ low: 1, high: 1 });
    expect(Object.fromEntries(countCategories(entries, filter))).toEqual({ sharing: 1, tracking: 1 });
  });
});
