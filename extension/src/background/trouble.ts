/** What went wrong, in the words of `PageState`. */
import type { Verdict } from "../contract/validate";
import type { Trouble, TroubleKind } from "../page-state";

export function trouble(kind: TroubleKind, detail = ""): Trouble {
  return { kind, detail };
}

/** An answer that the contract refuses. */
export function verdictTrouble(verdict: Extract<Verdict<unknown>, { ok: false }>): Trouble {
  return trouble(verdict.fault === "contract" ? "contract-mismatch" : "server-garbage", verdict.detail);
}

/** The browser did not run the overlay: either access is missing, or no extension may touch such a page. */
export function injectionTrouble(error: unknown, accessGranted: boolean): Trouble {
  const detail = error instanceof Error ? error.message : String(error);
  return trouble(accessGranted ? "page-forbidden" : "no-permission", detail);
}
