import { describe, expect, it } from "vitest";
import { analysedSet } from "../background/testing/fixtures";
import type { Provision, Severity } from "../contract/types";
import type { PageState } from "../page-state";
import { DEFAULT_SETTINGS } from "../settings";
import { summarise } from "./summary";

const set = analysedSet("https://murmurloft.example/privacy");
const [first] = set.provisions;

function provision(id: string, severity: Severity): Provision {
  if (first === undefined) throw new Error("the example has no provision");
  return { ...first, id, severity, title: `Clause ${id}`, categories: ["ai"] };
}

const state: PageState = {
  tabId: 1,
  status: "matched",
  matches: [
    {
      relation: "same",
      set: {
        ...set,
        provisions: [
          provision("CL-P-000001", "low"),
          provision("CL-P-000002", "critical"),
          provision("CL-P-000003", "low"),
          provision("CL-P-000004", "high"),
        ],
      },
    },
  ],
  categories: [],
  outcomes: [{ provisionId: "CL-P-000002", outcome: "gone", pageText: null }],
  painted: true,
  trouble: null,
  fromCache: false,
};

describe("summary of a matched page", () => {
  it("counts by severity and names the worst first, with their place on the page", () => {
    const summary = summarise(state, DEFAULT_SETTINGS);
    expect(summary.total).toBe(4);
    expect(summary.counts).toEqual([
      { severity: "critical", count: 1 },
      { severity: "high", count: 1 },
      { severity: "low", count: 2 },
    ]);
    expect(summary.worst.map(({ provision: { id }, outcome }) => [id, outcome])).toEqual([
      ["CL-P-000002", "gone"],
      ["CL-P-000004", null],
      ["CL-P-000001", null],
    ]);
  });

  it("counts what is worth marking, and the other labels of the classifier apart", () => {
    const [one, ...others] = state.matches[0]!.set.provisions;
    const ordinary = { ...one!, method: "automatic" as const, automatic: { probability: 0.9, words: [], highlight: false } };
    const mixed = { ...state, matches: [{ relation: "same" as const, set: { ...set, provisions: [ordinary, ...others] } }] };
    expect(summarise(mixed, DEFAULT_SETTINGS)).toMatchObject({ total: 3, ordinary: 1, hidden: 0 });
  });

  it("names different kinds of clauses, of equally bad ones the surest first", () => {
    const found = ([["A", 0.7], ["A", 0.9], ["B", 0.8], ["C", 0.6], ["D", 0.5]] as const).map(([title, probability], i) => ({
      ...provision(`CL-A-00000${i}`, "high"),
      title,
      method: "automatic" as const,
      automatic: { probability, words: [], highlight: true },
    }));
    const page = { ...state, matches: [{ relation: "same" as const, set: { ...set, provisions: found } }] };
    expect(summarise(page, DEFAULT_SETTINGS).worst.map(({ provision: { title, automatic } }) => [title, automatic?.probability])).toEqual([
      ["A", 0.9],
      ["B", 0.8],
      ["C", 0.6],
    ]);
  });

  it("leaves out what the user hides, and says how many", () => {
    expect(summarise(state, { ...DEFAULT_SETTINGS, hiddenSeverities: ["low"] })).toMatchObject({ total: 2, hidden: 2 });
    expect(summarise(state, { ...DEFAULT_SETTINGS, hiddenCategories: ["ai"] })).toMatchObject({ total: 0, hidden: 4 });
  });
});
