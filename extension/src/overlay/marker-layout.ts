/** Where the margin markers go, as plain numbers: clauses that stand close together share one marker. */
import { SEVERITY_ORDER } from "../page-state";
import type { Severity } from "../contract/types";

export interface MarkerPlace {
  readonly id: string;
  readonly severity: Severity;
  /** Top of the clause's first line in the layer, in CSS pixels. */
  readonly top: number;
}

export interface MarkerGroup {
  readonly top: number;
  /** The worst of its clauses. */
  readonly severity: Severity;
  /** In reading order. */
  readonly ids: readonly string[];
}

/** Height of a marker: the WCAG 2.2 minimum target size. */
export const MARKER_SIZE = 24;
/** Clauses whose markers would stand closer than this are one group. */
export const MARKER_PITCH = 26;

const worse = (a: Severity, b: Severity): Severity => (SEVERITY_ORDER.indexOf(a) <= SEVERITY_ORDER.indexOf(b) ? a : b);

/** Groups from top to bottom, at least `MARKER_PITCH` apart, none below `bottom`. */
export function groupMarkers(places: readonly MarkerPlace[], bottom = Infinity): MarkerGroup[] {
  const groups: { top: number; severity: Severity; ids: string[] }[] = [];
  for (const place of [...places].sort((a, b) => a.top - b.top)) {
    const top = Math.max(0, Math.min(place.top, bottom - MARKER_SIZE));
    const last = groups[groups.length - 1];
    if (last && top - last.top < MARKER_PITCH) {
      last.severity = worse(last.severity, place.severity);
      last.ids.push(place.id);
    } else groups.push({ top, severity: place.severity, ids: [place.id] });
  }
  return groups;
}
