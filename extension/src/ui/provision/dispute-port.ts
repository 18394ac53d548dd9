/** What the form of a report needs of its surroundings: the card is in a page, the panel beside one. */
import type { DisputeRequest } from "../../contract/types";
import type { ClauseKind } from "../../dispute/kinds";
import type { DisputeFailure } from "../../dispute/model";
import { call } from "../../platform/messaging";

export type DisputeResult = { readonly ok: true } | { readonly ok: false; readonly failure: DisputeFailure };

export interface DisputePort {
  /** Opens the panel, which the page cannot see into; null in the panel itself. */
  readonly openPanel: (() => void) | null;
  send(server: string, request: DisputeRequest): Promise<DisputeResult>;
  /** The kinds of clauses to choose from; none where they cannot be had. */
  kinds(): Promise<readonly ClauseKind[]>;
  hide(provisionId: string, hidden: boolean): Promise<void>;
  check(server: string, provisionId: string): Promise<DisputeResult>;
}

/** The background worker could not be asked: the extension was updated, or the browser stopped it. */
const NOBODY: DisputeResult = { ok: false, failure: { kind: "trouble", detail: "" } };

/** `tabId`: the tab that the panel shows; null for the overlay, which speaks for its own. */
export function disputePort(tabId: number | null, openPanel: (() => void) | null = null): DisputePort {
  return {
    openPanel,
    send: (server, request) => call("dispute.send", { tabId, server, request }).catch(() => NOBODY),
    kinds: async () => (await call("dispute.kinds", {}).catch(() => null)) ?? [],
    hide: async (provisionId, hidden) => {
      await call("dispute.hide", { tabId, provisionId, hidden }).catch(() => undefined);
    },
    check: (server, provisionId) => call("dispute.check", { server, provisionId }).catch(() => NOBODY),
  };
}
