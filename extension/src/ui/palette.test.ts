import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { SEVERITY_ORDER } from "../page-state";
import { contrast, over, parseHex } from "./contrast";
import { ACTIVE_OPACITY, SEVERITY_PAINT, SEVERITY_TEXT, SURFACE, TINT_OPACITY } from "./palette";

const css = readFileSync(new URL("./tokens.css", import.meta.url), "utf8");
const [lightCss, darkCss] = css.split("@media") as [string, string];

function token(theme: "light" | "dark", name: string): string {
  const value = new RegExp(`--cl-${name}:\\s*(#[0-9a-f]{6})`).exec(theme === "light" ? lightCss : darkCss);
  if (!value) throw new Error(`${theme} has no --cl-${name}`);
  return value[1]!;
}

describe.each(["light", "dark"] as const)("%s theme", (theme) => {
  const ratio = (text: string, ground: string): number => contrast(parseHex(token(theme, text)), parseHex(token(theme, ground)));

  it("is the same in the style sheet and in code", () => {
    expect(token(theme, "surface")).toBe(SURFACE[theme]);
    for (const severity of SEVERITY_ORDER) expect(token(theme, severity)).toBe(SEVERITY_TEXT[theme][severity]);
  });

  it("keeps AA for text on every ground it stands on", () => {
    for (const ground of ["surface", "surface-raised", "surface-sunken"]) {
      for (const text of ["text", "text-quiet", "accent", ...SEVERITY_ORDER]) {
        expect(ratio(text, ground), `${text} on ${ground}`).toBeGreaterThanOrEqual(4.5);
      }
    }
    for (const severity of SEVERITY_ORDER) expect(ratio(severity, `${severity}-quiet`), severity).toBeGreaterThanOrEqual(4.5);
    for (const pair of ["removed", "added", "warning"]) expect(ratio(`${pair}-text`, pair), pair).toBeGreaterThanOrEqual(4.5);
    expect(ratio("on-accent", "accent")).toBeGreaterThanOrEqual(4.5);
    expect(ratio("accent", "accent-quiet")).toBeGreaterThanOrEqual(4.5);
    expect(ratio("text", "accent-quiet")).toBeGreaterThanOrEqual(4.5);
  });

  it("keeps 3:1 for what tells controls apart", () => {
    for (const ground of ["surface", "surface-raised"]) {
      expect(ratio("border-strong", ground)).toBeGreaterThanOrEqual(3);
      expect(ratio("focus", ground)).toBeGreaterThanOrEqual(3);
    }
  });
});

describe("highlights on a page", () => {
  const grounds = { white: parseHex("#ffffff"), dark: parseHex("#16181c") };

  it("draw lines that can be seen on light and on dark pages", () => {
    for (const severity of SEVERITY_ORDER) {
      const paint = SEVERITY_PAINT[severity];
      for (const ground of Object.values(grounds)) {
        expect(contrast(parseHex(paint.line), over(paint.tint, TINT_OPACITY, ground)), severity).toBeGreaterThanOrEqual(2.6);
        expect(contrast(parseHex(paint.line), ground), severity).toBeGreaterThanOrEqual(3);
      }
    }
  });

  it("leave the page's own text readable", () => {
    for (const severity of SEVERITY_ORDER) {
      for (const opacity of [TINT_OPACITY, ACTIVE_OPACITY]) {
        const { tint } = SEVERITY_PAINT[severity];
        expect(contrast(parseHex("#333333"), over(tint, opacity, grounds.white)), severity).toBeGreaterThanOrEqual(4.5);
        expect(contrast(parseHex("#e6e6e6"), over(tint, opacity, grounds.dark)), severity).toBeGreaterThanOrEqual(4.5);
      }
    }
  });

  it("differ by line style, not by colour alone", () => {
    expect(new Set(SEVERITY_ORDER.map((severity) => SEVERITY_PAINT[severity].style)).size).toBe(SEVERITY_ORDER.length);
  });
});
