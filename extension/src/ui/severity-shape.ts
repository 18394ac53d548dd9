/** One shape per severity, so that it is told without colour; drawn by hand on a grid of 16. */
import type { Severity } from "../contract/types";

interface Shape {
  readonly outline: string;
  /** The sign inside, in the colour of the ground. */
  readonly sign: string;
}

export const SHAPES: Readonly<Record<Severity, Shape>> = {
  critical: { outline: "M5 1h6l4 4v6l-4 4H5l-4-4V5z", sign: "M7 4h2v5H7zM7 10.5h2v2H7z" },
  high: { outline: "M8 1.2 15.4 14.5H.6z", sign: "M7.1 5.8h1.8v4.4H7.1zM7.1 11.2h1.8V13H7.1z" },
  medium: { outline: "M8 .8 15.2 8 8 15.2.8 8z", sign: "M7.1 4.4h1.8v4.4H7.1zM7.1 9.8h1.8v1.8H7.1z" },
  low: { outline: "M8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1z", sign: "M7.1 4h1.8v1.8H7.1zM7.1 7h1.8v5H7.1z" },
  protective: {
    outline: "M8 .8 14.2 3v4.6c0 3.6-2.5 6.3-6.2 7.6C4.3 13.9 1.8 11.2 1.8 7.600V3z",
    sign: "M7.2 11 4.300 8.100l1.200-1.200 1.700 1.700 3.500-3.500 1.200 1.200z",
  },
};

const SVG = "http://www.w3.org/2000/svg";

/** The icon as a node, for places without Preact; its words must stand beside it or in a label. */
export function severityIconNode(document: Document, severity: Severity): SVGSVGElement {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("class", "severity-icon");
  svg.setAttribute("aria-hidden", "true");
  for (const [name, path] of Object.entries(SHAPES[severity])) {
    const part = document.createElementNS(SVG, "path");
    part.setAttribute("class", name);
    part.setAttribute("d", path as string);
    svg.append(part);
  }
  return svg;
}
