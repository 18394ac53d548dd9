/** Why a report was not taken, from what a server answered. */
import type { Problem } from "../contract/types";
import type { DisputeFailure, DisputeFailureKind } from "../dispute/model";
import type { Trouble } from "../page-state";
import { troubleText } from "../trouble-text";

/** Longest sentence of a server that is repeated to people. */
const MAX_DETAIL = 300;

/** The last part of a problem's `type` (the server's `web/problems.py`), and what it means here. */
const BY_TYPE: Readonly<Record<string, DisputeFailureKind>> = {
  "unknown-provision": "unknown",
  "unknown-dispute": "unknown",
  "disputes-busy": "busy",
};

/** For an answer without a problem: a static host, or another program. */
const BY_STATUS: Readonly<Record<number, DisputeFailureKind>> = {
  403: "not-offered",
  404: "not-offered",
  405: "not-offered",
  410: "not-offered",
  429: "busy",
  501: "not-offered",
  503: "busy",
};

export function disputeFailure(trouble: Trouble, problem: Problem | null | undefined, server: string): DisputeFailure {
  if (problem) {
    const type = problem.type.split("/").pop() ?? "";
    const kind = Object.hasOwn(BY_TYPE, type) ? BY_TYPE[type]! : "refused";
    return { kind, detail: (problem.detail ?? problem.title).slice(0, MAX_DETAIL) };
  }
  const status = Number(/^HTTP (\d+)$/.exec(trouble.detail)?.[1] ?? 0);
  const { what, remedy } = troubleText(trouble, server);
  return { kind: BY_STATUS[status] ?? "trouble", detail: `${what} ${remedy}` };
}
