/** What a letter is about: a clause or a company, or the next step of a case. */
import type { Case } from "../actions/tracker";
import type { RequestKind } from "../actions/types";
import type { LetterDraft } from "../letter-draft";

export type Source =
  | { readonly kind: "draft"; readonly draft: LetterDraft }
  | { readonly kind: "case"; readonly item: Case; readonly request: RequestKind };

/** Letters that follow an earlier one. */
export type FollowUp = Extract<RequestKind, "reminder" | "answer-to-refusal" | "complaint">;
export const FOLLOW_UPS: readonly FollowUp[] = ["reminder", "answer-to-refusal", "complaint"];

/** Address of the page for the next letter of a case. */
export function followUpPage(caseId: string, request: RequestKind): string {
  return `letter.html#${new URLSearchParams({ case: caseId, request })}`;
}

export function entityOf(source: Source): { readonly id: string; readonly name: string } {
  return source.kind === "case" ? source.item.entity : source.draft.entity;
}
