import { describe, expect, it } from "vitest";
import { SEVERITY_ORDER } from "../page-state";
import { highlightCss } from "./paint";

describe("highlight styles", () => {
  const css = highlightCss();

  it("give every severity a line of its own, also where colours are forced", () => {
    for (const severity of SEVERITY_ORDER) {
      expect(css.split(`::highlight(clauselight-${severity})`)).toHaveLength(3);
    }
    for (const line of ["double", "solid", "dashed", "dotted", "wavy"]) expect(css.split(`underline ${line} `)).toHaveLength(3);
  });

  it("leave prints alone", () => {
    expect(css).not.toMatch(/@media (print|all)/);
    expect(css.startsWith("@media screen{")).toBe(true);
  });
});
