import { describe, expect, it } from "vitest";
import type { ClauseTypeChoice } from "../../contract/types";
import { kindsOf, matchingKinds } from "./kinds";

const choice = (id: string, title: string, category: string, definition: string): ClauseTypeChoice =>
  ({ id, title, category, definition, severity: "low", severity_reason: "." }) as ClauseTypeChoice;

const KINDS = kindsOf(
  [
    choice("marketing-use", "Marketing messages", "tracking", "Uses contact data for promotions."),
    choice("data-sale", "Personal data may be sold", "sharing", "The service sells data to marketing companies."),
    choice("resume-training", "Résumé training", "ai", "Models learn."),
  ],
  [{ id: "sharing", title: "Sharing of data" }],
);
const found = (typed: string): string[] => matchingKinds(KINDS, typed).map(({ id }) => id);

describe("kinds of clauses", () => {
  it("are all there before anything is typed", () => {
    expect(found(" ")).toEqual(["marketing-use", "data-sale", "resume-training"]);
  });

  it("are found by words of title, id, topic and definition, titles first", () => {
    expect(found("marketing")).toEqual(["marketing-use", "data-sale"]);
    expect(found("sale data")).toEqual(["data-sale"]);
    expect(found("Sharing sells")).toEqual(["data-sale"]);
    expect(found("data-sale")).toEqual(["data-sale"]);
    expect(found("nothing")).toEqual([]);
  });

  it("are found without accents and in any case", () => {
    expect(found("RESUME")).toEqual(["resume-training"]);
  });

  it("of a topic without a name keep its id", () => {
    expect(KINDS.map(({ topic }) => topic)).toEqual(["tracking", "Sharing of data", "ai"]);
  });
});
