/** A report that a label is wrong, as its form holds it, and exactly what is sent of it. Pure. */
import type { DisputeReason, DisputeRequest, Provision, Severity } from "../contract/types";

/** In the order in which the form shows them: the likeliest first. */
export const REASONS: readonly DisputeReason[] = ["not-in-text", "wrong-kind", "wrong-severity", "outdated", "misleading", "other"];

/** Longest texts that the contract takes, in characters. */
export const MOST_COMMENT = 2_000;
export const MOST_CONTACT = 254;

export interface DisputeForm {
  readonly open: boolean;
  readonly reason: DisputeReason | null;
  readonly severity: Severity | null;
  /** Id of the kind of clause that the user takes it for. */
  readonly kind: string | null;
  readonly comment: string;
  readonly contact: string;
}

export const EMPTY_FORM: DisputeForm = { open: false, reason: null, severity: null, kind: null, comment: "", contact: "" };

/** Why a report was not taken; each has its own sentence. */
export type DisputeFailureKind =
  | "unknown" // the server has no such label (any more)
  | "busy" // too many reports at once
  | "not-offered" // a folder of files, or a server that is too old
  | "other-server" // another server was chosen since the form was opened
  | "refused" // the server says why
  | "trouble"; // it did not answer, or not sensibly

export interface DisputeFailure {
  readonly kind: DisputeFailureKind;
  /** The server's own sentence, or what is the matter with it; shown as text. */
  readonly detail: string;
}

/** Labels that only this browser knows were made by an analysis that nobody kept: there is nobody to report them to. */
export function canBeReported({ id }: Pick<Provision, "id">): boolean {
  return /^CL-P-\d{6}$/.test(id);
}

/** What is sent; null as long as no reason is chosen. Fields that are empty are left out. */
export function requestOf(provisionId: string, form: DisputeForm): DisputeRequest | null {
  const { reason, severity, kind, comment, contact } = form;
  if (reason === null) return null;
  return {
    provision: provisionId,
    reason,
    ...(reason === "wrong-kind" && kind !== null ? { proposed_type: kind } : {}),
    ...(reason === "wrong-severity" && severity !== null ? { proposed_severity: severity } : {}),
    ...(comment.trim() === "" ? {} : { comment: comment.trim().slice(0, MOST_COMMENT) }),
    ...(contact.trim() === "" ? {} : { contact: contact.trim().slice(0, MOST_CONTACT) }),
  };
}
