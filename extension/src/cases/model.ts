/** The list of requests without its looks: their order, their numbers, what one can note of each. */
import type { Day } from "../actions/deadline";
import { stateOf, type Case, type CaseEventKind, type CaseState, type Status } from "../actions/tracker";

export interface Listed {
  readonly item: Case;
  readonly state: CaseState;
}

/** What needs the reader comes first. */
const ORDER: readonly Status[] = ["overdue", "refused", "answered", "waiting", "complained", "closed"];

export function listed(cases: readonly Case[], now: Day): Listed[] {
  return cases
    .map((item) => ({ item, state: stateOf(item, now) }))
    .sort(
      (a, b) =>
        ORDER.indexOf(a.state.status) - ORDER.indexOf(b.state.status) ||
        (a.state.due ?? a.state.sentOn).localeCompare(b.state.due ?? b.state.sentOn) ||
        a.item.id.localeCompare(b.item.id),
    );
}

/** Not closed yet. */
export function openCount(cases: readonly Case[], now: Day): number {
  return cases.filter((item) => stateOf(item, now).status !== "closed").length;
}

/** What can have happened, by where the case stands; the likely first. Letters that one sends are noted on the letter page. */
export function notable(status: Status): readonly CaseEventKind[] {
  switch (status) {
    case "waiting":
    case "overdue":
      return ["answered", "refused", "extended", "confirmed", "received", "note", "closed"];
    case "answered":
      return ["closed", "refused", "note"];
    case "refused":
      return ["answered", "note", "closed"];
    case "complained":
      return ["answered", "refused", "note", "closed"];
    case "closed":
      return ["note"];
  }
}
