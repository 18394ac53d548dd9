/**
 * Judges what a server answered before anything else looks at it. A wrong contract version is told apart from
 * an answer that is wrong in itself: the first is cured by an update, the second is not.
 */
import {
  validateAnalysisAnswer,
  validateBucket,
  validateDisputeAnswer,
  validateDisputeStatus,
  validateProblem,
  validateServerInfo,
  validateUrlIndex,
  validateUrlIndexDelta,
  type Validator,
} from "./generated/validators.js";
import type {
  AnalysisAnswer,
  Bucket,
  DisputeAnswer,
  DisputeStatus,
  Problem,
  ServerInfo,
  UrlIndex,
  UrlIndexDelta,
} from "./types";
import { CONTRACT_VERSION } from "./version";

export type Verdict<T> =
  | { readonly ok: true; readonly value: T }
  /** `contract`: another version of the contract; `shape`: not what was asked for. `detail` is plain text. */
  | { readonly ok: false; readonly fault: "contract" | "shape"; readonly detail: string };

export type Judge<T> = (data: unknown) => Verdict<T>;

/** Version names are shown to people, so only a short one from a hostile server is repeated. */
const LONGEST_SHOWN = 20;

function contractVersion(data: unknown): string | null {
  if (typeof data !== "object" || data === null || !("contract_version" in data)) return null;
  const version = data.contract_version;
  return typeof version === "string" ? version.slice(0, LONGEST_SHOWN) : null;
}

function judge<T>(validator: Validator): Judge<T> {
  return (data) => {
    const version = contractVersion(data);
    if (version !== null && version !== CONTRACT_VERSION) return { ok: false, fault: "contract", detail: version };
    if (validator(data)) return { ok: true, value: data as T };
    const error = validator.errors?.[0];
    return { ok: false, fault: "shape", detail: `${error?.instancePath || "/"}: ${error?.keyword ?? "invalid"}` };
  };
}

export const judgeBucket = judge<Bucket>(validateBucket);
export const judgeUrlIndex = judge<UrlIndex>(validateUrlIndex);
export const judgeUrlIndexDelta = judge<UrlIndexDelta>(validateUrlIndexDelta);
export const judgeServerInfo = judge<ServerInfo>(validateServerInfo);
export const judgeAnalysisAnswer = judge<AnalysisAnswer>(validateAnalysisAnswer);
export const judgeDisputeAnswer = judge<DisputeAnswer>(validateDisputeAnswer);
export const judgeDisputeStatus = judge<DisputeStatus>(validateDisputeStatus);
export const judgeProblem = judge<Problem>(validateProblem);
