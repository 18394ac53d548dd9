/** Why an analysis failed, in the words of `PageState`. */
import type { Problem } from "../contract/types";
import type { AnalysisFailure, AnalysisFailureKind, Trouble } from "../page-state";

/** Longest sentence of a server that is repeated to people. */
const MAX_DETAIL = 300;
const MAX_REASON = 40;

/** The last part of a problem's `type` (the server's `web/problems.py`), and what it means here. */
const BY_TYPE: Readonly<Record<string, AnalysisFailureKind>> = {
  "not-a-policy": "refused",
  "unknown-language": "unknown-language",
  "request-too-large": "too-large",
  "request-timeout": "timeout",
  "analysis-too-large": "too-large",
  "analysis-timeout": "timeout",
  "analysis-busy": "busy",
  "analysis-failed": "failed",
  "not-offered": "not-offered",
  "archive-full": "archive-full",
};

/** For a server whose types are others: what the status alone says. */
const BY_STATUS: Readonly<Record<number, AnalysisFailureKind>> = {
  404: "server-too-old",
  405: "server-too-old",
  410: "server-too-old",
  413: "too-large",
  429: "busy",
  501: "server-too-old",
  503: "busy",
  504: "timeout",
};

export function failure(kind: AnalysisFailureKind, detail = "", reason: string | null = null): AnalysisFailure {
  return { kind, reason, detail, trouble: null };
}

export function troubleFailure(trouble: Trouble): AnalysisFailure {
  return { kind: "trouble", reason: null, detail: "", trouble };
}

/** From what a server answered: its own problem if it named one, else the trouble with it. */
export function failureOf(trouble: Trouble, problem: Problem | null | undefined): AnalysisFailure {
  if (trouble.kind === "server-unreachable" && trouble.detail === "timeout") return failure("timeout");
  const status = Number(/^HTTP (\d+)$/.exec(trouble.detail)?.[1] ?? 0);
  const type = problem?.type.split("/").pop() ?? "";
  const kind = (Object.hasOwn(BY_TYPE, type) ? BY_TYPE[type] : undefined) ?? BY_STATUS[status];
  if (kind === undefined) return troubleFailure(trouble);
  return failure(kind, (problem?.detail ?? "").slice(0, MAX_DETAIL), problem?.reason?.slice(0, MAX_REASON) ?? null);
}
