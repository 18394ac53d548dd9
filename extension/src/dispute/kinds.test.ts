import { describe, expect, it } from "vitest";
import generated from "../actions/generated/kinds.json";
import { kindsWith } from "./kinds";

const KINDS = [
  { id: "binding-arbitration", title: "Arbitration instead of a court", topic: "Disputes" },
  { id: "data-sale", title: "Personal data may be sold", topic: "Sharing" },
  { id: "location-data", title: "Précise location", topic: "Sharing" },
];

describe("finding a kind of clause by its name", () => {
  it("holds every word, in any order and any case", () => {
    expect(kindsWith(KINDS, "COURT arbi").map(({ id }) => id)).toEqual(["binding-arbitration"]);
    expect(kindsWith(KINDS, "sharing").map(({ id }) => id)).toEqual(["data-sale", "location-data"]);
    expect(kindsWith(KINDS, "precise")).toHaveLength(1);
    expect(kindsWith(KINDS, "court sold")).toEqual([]);
  });

  it("is everything for no word", () => {
    expect(kindsWith(KINDS, " , ")).toEqual(KINDS);
  });

  it("knows the kinds that the server knows", () => {
    expect(generated.kinds.length).toBeGreaterThan(50);
    expect(kindsWith(generated.kinds, "arbitration").map(({ id }) => id)).toContain("binding-arbitration");
  });
});
