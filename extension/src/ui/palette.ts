/**
 * The severity colours, in one place for code: highlights on the page cannot read custom properties of our
 * shadow root, so `overlay/paint.ts` needs the values themselves. `tokens.css` repeats them for style sheets;
 * `palette.test.ts` keeps both alike and holds every pair to WCAG 2.2 contrast.
 */
import type { Severity } from "../contract/types";

export type LineStyle = "double" | "solid" | "dashed" | "dotted" | "wavy";

export interface SeverityPaint {
  /** Line under the clause. Its luminance lies between 0.12 and 0.28: at least 3:1 on white and on near-black. */
  readonly line: string;
  /** Red, green, blue of the tint behind the clause. */
  readonly tint: readonly [number, number, number];
  readonly style: LineStyle;
  /** Thickness of the line in CSS pixels. */
  readonly thickness: number;
}

/** Opacity of the tint behind a clause: low enough that black text on white and white on black keep AA. */
export const TINT_OPACITY = 0.16;
/** The clause whose card is open, or that was just jumped to. */
export const ACTIVE_OPACITY = 0.34;

export const SEVERITY_PAINT: Readonly<Record<Severity, SeverityPaint>> = {
  critical: { line: "#d42e45", tint: [212, 46, 69], style: "double", thickness: 2 },
  high: { line: "#c9560c", tint: [229, 107, 22], style: "solid", thickness: 3 },
  medium: { line: "#9c7600", tint: [214, 168, 0], style: "dashed", thickness: 2 },
  low: { line: "#3b77d8", tint: [59, 119, 216], style: "dotted", thickness: 3 },
  protective: { line: "#1c8c55", tint: [28, 140, 85], style: "wavy", thickness: 2 },
};

/** Text colours on the surface of card and panel, as in `tokens.css`. */
export const SEVERITY_TEXT: Readonly<Record<"light" | "dark", Readonly<Record<Severity, string>>>> = {
  light: { critical: "#a8123a", high: "#a34200", medium: "#755600", low: "#1f54a8", protective: "#11693d" },
  dark: { critical: "#ff8fa3", high: "#ffa35c", medium: "#f0c53f", low: "#93bbff", protective: "#6fd69f" },
};

export const SURFACE: Readonly<Record<"light" | "dark", string>> = { light: "#ffffff", dark: "#1a1c20" };
