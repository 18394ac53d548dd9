/**
 * The places that a reader can choose, and what is said for whom. A place is chosen in the options, never found
 * out; without one only what holds everywhere is shown.
 */
import type { PlaceGroup, PlaceList, PlaceMember } from "../contract/types";

/** The choice of those for whom no group stands. */
export const ELSEWHERE = "elsewhere";

export interface Place {
  /** What is stored: `DE`, `US-CO`, `CA-QC`, `elsewhere`. */
  readonly code: string;
  /** Id of its group: `eea`, `us-states`, `elsewhere`. */
  readonly group: string;
  /** Codes of which something is true here, the nearest first: `US-CO`, `US`, `worldwide`. */
  readonly codes: readonly string[];
  /** The place's own name in English where browsers know none (states, provinces). */
  readonly name: string | null;
  /** Its law makes companies heed the browser's opt-out signal. */
  readonly signal: boolean;
}

/** Whom nothing special is known for: someone who chose "elsewhere". */
export function elsewhere(list: PlaceList): Place {
  const group = list.groups.find(({ id }) => id === ELSEWHERE);
  return { code: ELSEWHERE, group: group?.id ?? ELSEWHERE, codes: ["worldwide"], name: null, signal: false };
}

/** All places in the order in which one is asked, by group; the last is "elsewhere". */
export function allPlaces(list: PlaceList): { group: PlaceGroup; places: Place[] }[] {
  return list.groups.map((group) => ({
    group,
    places: group.members.length === 0 ? [elsewhere(list)] : group.members.map((member) => placeIn(group, member)),
  }));
}

/** The place of a stored code; null for none chosen, or one that is not in the list (any more). */
export function placeOf(list: PlaceList, code: string | null | undefined): Place | null {
  if (!code) return null;
  if (code === ELSEWHERE) return elsewhere(list);
  for (const group of list.groups) {
    const member = group.members.find((candidate) => candidate.code === code);
    if (member) return placeIn(group, member);
  }
  return null;
}

/** Whether something that is said for these jurisdictions is true for people in the place; null: none is chosen. */
export function appliesTo(jurisdictions: readonly string[], place: Place | null): boolean {
  const codes = place?.codes ?? ["worldwide"];
  return jurisdictions.some((code) => codes.includes(code));
}

/** How near a statement is: 0 for the place's own code, more for its group, most for everywhere; null: not here. */
export function nearness(jurisdictions: readonly string[], place: Place | null): number | null {
  const codes = place?.codes ?? ["worldwide"];
  const found = codes.findIndex((code) => jurisdictions.includes(code));
  return found < 0 ? null : found;
}

function placeIn(group: PlaceGroup, member: PlaceMember): Place {
  const codes = [...new Set([member.code, ...group.codes, "worldwide"])];
  return {
    code: member.code,
    group: group.id,
    codes,
    name: member.name ?? null,
    signal: member.opt_out_signal ?? false,
  };
}
