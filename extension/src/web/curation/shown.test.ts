import { describe, expect, it } from "vitest";
import type { AnnotationSet, Method, Provision } from "../../contract/types";
import { hasIt, lacksIt, nextUnconfirmed, unconfirmed } from "./shown";

const label = (id: string, method: Method, title = id): Provision =>
  ({ id, method, title, severity: "low", clause_type: { id: "data-sale" }, context: {} }) as unknown as Provision;

describe("labels that wait for a person", () => {
  const labels = [label("a", "automatic"), label("b", "curated"), label("c", "automatic")];

  it("come one after the other, round the end", () => {
    expect(unconfirmed(labels).map(({ id }) => id)).toEqual(["a", "c"]);
    expect([nextUnconfirmed(labels, null), nextUnconfirmed(labels, "a"), nextUnconfirmed(labels, "c")]).toEqual(["a", "c", "a"]);
    expect(nextUnconfirmed([label("b", "curated")], null)).toBeNull();
  });
});

describe("what is published", () => {
  const set = (...provisions: Provision[]): AnnotationSet => ({ provisions }) as unknown as AnnotationSet;

  it("has a saved label once its words are there, whatever is counted around it", () => {
    const saved = label("a", "curated", "New");
    expect(hasIt(set(label("a", "curated", "Old")), saved)).toBe(false);
    expect(hasIt(set({ ...saved, context: { siblings: [] } } as unknown as Provision), saved)).toBe(true);
    expect([lacksIt(set(saved), "a"), lacksIt(set(), "a")]).toEqual([false, true]);
  });
});
