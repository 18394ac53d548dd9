/** How card and panel ask what one can do: the background worker knows laws and places, they draw. */
import type { ChoiceView } from "../../actions/view";
import { call } from "../../platform/messaging";

export interface ActionsPort {
  /** null when nobody knows; what the record says is shown then. */
  choose(provisionId: string): Promise<ChoiceView | null>;
  setPlace(code: string): Promise<void>;
  /** False when it could not be opened. */
  openLetter(provisionId: string, wayId: string): Promise<boolean>;
}

/** `tabId`: null for the overlay, which always speaks of its own tab. */
export function actionsPort(tabId: number | null): ActionsPort {
  return {
    choose: (provisionId) => call("actions.choose", { tabId, provisionId }).catch(() => null),
    setPlace: async (code) => void (await call("actions.place", { code }).catch(() => null)),
    openLetter: (provisionId, wayId) =>
      call("actions.letter", { tabId, provisionId, wayId }).then(({ opened }) => opened, () => false),
  };
}
