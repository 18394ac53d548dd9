/** What the letter page is opened for: a clause, or the next step of a case. Told by the part behind the `#`, which no server sees. */
import { REQUEST_KINDS, type RequestKind } from "../actions/types";
import type { Case } from "../actions/tracker";
import { findDraft, type LetterDraft } from "../letter-draft";
import { trackedCases } from "../tracker-store";

export type Source =
  | { readonly kind: "clause"; readonly draft: LetterDraft }
  | { readonly kind: "case"; readonly item: Case; readonly request: RequestKind };

/** Letters that follow an earlier one. */
export type FollowUp = Extract<RequestKind, "reminder" | "answer-to-refusal" | "complaint">;
export const FOLLOW_UPS: readonly FollowUp[] = ["reminder", "answer-to-refusal", "complaint"];

/** Address of the page for the next letter of a case. */
export function followUpPage(caseId: string, request: RequestKind): string {
  return `letter.html#${new URLSearchParams({ case: caseId, request })}`;
}

/** null when what is named is not here. */
export async function sourceOf(hash: string): Promise<Source | null> {
  const name = hash.replace(/^#/, "");
  const parts = new URLSearchParams(name);
  const caseId = parts.get("case");
  if (caseId === null) {
    const draft = name === "" ? null : await findDraft(name);
    return draft && { kind: "clause", draft };
  }
  const request = REQUEST_KINDS.find((kind) => kind === parts.get("request"));
  const item = (await trackedCases()).cases.find(({ id }) => id === caseId);
  return item && request && FOLLOW_UPS.some((one) => one === request) ? { kind: "case", item, request } : null;
}
