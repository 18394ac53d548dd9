import { describe, expect, it } from "vitest";
import { diffWords } from "./diff";

const show = (before: string, after: string): string =>
  diffWords(before, after).map(({ kind, text }) => (kind === "same" ? text : kind === "removed" ? `[-${text}-]` : `[+${text}+]`)).join("");

describe("diffWords", () => {
  it("shows which words went and which came", () => {
    expect(show("We may share your data with partners.", "We may sell your data to partners.")).toBe("We may [-share -][+sell +]your data [-with -][+to +]partners.");
  });

  it("does not call a rendering difference a change", () => {
    expect(diffWords("It\u2019s  \u201cours\u201d \u2013 all", 'it\'s "ours" - all').every((p) => p.kind === "same")).toBe(true);
  });

  it("splits Chinese by characters", () => {
    expect(show("我们共享数据", "我们出售数据")).toBe("我们[-共享-][+出售+]数据");
  });

  it("gives the page's words back verbatim, and bounded work for huge texts", () => {
    const a = Array.from({ length: 5000 }, (_, i) => `a${i}`).join(" ");
    const b = Array.from({ length: 5000 }, (_, i) => `b${i}`).join(" ");
    const parts = diffWords(`same ${a} end`, `same ${b} end`);
    expect(parts.filter((p) => p.kind !== "removed").map((p) => p.text).join("")).toBe(`same ${b} end`);
    expect(parts).toHaveLength(4);
  });
});
