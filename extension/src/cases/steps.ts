/** What the reader can do next about a case. Apart from `model.ts`, because it needs the law of requests. */
import { openSteps } from "../actions/case-letters";
import { PLACES, REQUESTS } from "../actions/data";
import type { Day } from "../actions/deadline";
import { placeOf } from "../actions/place";
import type { Case, NextStep } from "../actions/tracker";

/** The best first; no letter that the law of the place does not have. */
export function stepsOf(item: Case, now: Day): NextStep[] {
  return openSteps(item, now, REQUESTS.laws, placeOf(PLACES, item.place));
}
