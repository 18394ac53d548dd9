import { expect, it } from "vitest";
import type { Case } from "../actions/tracker";
import { stepsOf } from "./steps";

const refused = (place: string): Case => ({
  id: "1", request: "access", law: "us-states", place, right: "yes", article: null, language: "en", deadline: null,
  entity: { id: "e", name: "E" }, document: null, provision: null, recipient: null, authority: null,
  events: [{ kind: "sent", on: "2026-11-01", way: "email" }, { kind: "refused", on: "2026-11-20" }],
});

it("offers no letter that the law of the place does not have", () => {
  expect(stepsOf(refused("US-VA"), "2026-11-23")).toEqual(["answer-refusal", "complain"]);
  expect(stepsOf(refused("US-UT"), "2026-11-23"), "no appeal there").toEqual(["complain"]);
  expect(stepsOf(refused("nowhere"), "2026-11-23"), "no authority known").toEqual(["answer-refusal"]);
});
