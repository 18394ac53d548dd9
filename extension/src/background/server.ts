/**
 * The only place from which the extension talks to the network: GETs to the server that the user chose, which may be
 * a folder of files. They carry no cookie, no referrer and nothing about the user or the page, only the name of a
 * bucket or of a state of the index. Of the two POSTs one sends the text of a page that the user wants analysed, the
 * other a report that a label is wrong; both only what the user saw or asked for. Each request is written into the
 * ledger that the popup shows.
 */
import {
  judgeAnalysisAnswer,
  judgeBucket,
  judgeDisputeAnswer,
  judgeDisputeStatus,
  judgeProblem,
  judgeServerInfo,
  judgeUrlIndex,
  judgeUrlIndexDelta,
  type Judge,
} from "../contract/validate";
import type {
  AnalysisAnswer,
  AnalysisRequest,
  Bucket,
  DisputeAnswer,
  DisputeRequest,
  DisputeStatus,
  Problem,
  ServerInfo,
  UrlIndex,
  UrlIndexDelta,
} from "../contract/types";
import type { Trouble } from "../page-state";
import { hasSites, sitePattern } from "../platform/permissions";
import { noteRequest, type RequestOutcome, type RequestReason } from "../request-ledger";
import { parseServerAddress } from "../server-address";
import { sha256Hex } from "./digest";
import {
  ANALYSIS_TIMEOUT_MS,
  MAX_ANALYSIS_BYTES,
  MAX_BUCKET_BYTES,
  MAX_DELTA_BYTES,
  MAX_DISPUTE_BYTES,
  MAX_INDEX_BYTES,
  MAX_INFO_BYTES,
  MAX_PROBLEM_BYTES,
  REQUEST_TIMEOUT_MS,
} from "./limits";
import { acceptSequence, type SequenceName } from "./sequences";
import { checkSignature, type SignedName } from "./signature";
import type { Source } from "./source";
import { trouble, verdictTrouble } from "./trouble";

export type Answer<T> =
  | { readonly kind: "fresh"; readonly value: T; readonly etag: string | null; readonly bytes: number }
  | { readonly kind: "unchanged" }
  /** `missing`: the server has nothing of this name. `problem`: what it says itself, if it says something. */
  | { readonly kind: "trouble"; readonly trouble: Trouble; readonly missing?: boolean; readonly problem?: Problem | null };

export interface Condition {
  readonly why: RequestReason;
  /** ETag of the copy that is held; the server may answer "unchanged". */
  readonly etag?: string | null;
  readonly timeoutMs?: number;
}

/** What is asked for, and how its answer is judged. */
interface Wanted<T> {
  readonly path: string;
  readonly judge: Judge<T>;
  readonly maxBytes: number;
  /** null for what is never signed. */
  readonly signedAs: SignedName | null;
  /** Which field names the answer as it was asked for, or null when it names itself so. */
  readonly misnamed: (value: T) => string | null;
  /** Sent along, as JSON; makes the request a POST. */
  readonly body?: AnalysisRequest | DisputeRequest;
}

export function fetchInfo(source: Source, condition: Condition): Promise<Answer<ServerInfo>> {
  const wanted = { path: "/v1/info.json", judge: judgeServerInfo, maxBytes: MAX_INFO_BYTES };
  return get(source, { ...wanted, signedAs: null, misnamed: () => null }, condition);
}

export function fetchIndex(source: Source, condition: Condition): Promise<Answer<UrlIndex>> {
  const wanted = { path: "/v1/index.json", judge: judgeUrlIndex, maxBytes: MAX_INDEX_BYTES };
  return get(source, { ...wanted, signedAs: { kind: "index", name: "" }, misnamed: () => null }, condition);
}

/** What changed since a state of the index; `state` is the name that the server gave it, checked to be made of its contents. */
export function fetchDelta(source: Source, state: string, condition: Condition): Promise<Answer<UrlIndexDelta>> {
  const wanted = { path: `/v1/deltas/${state}.json`, judge: judgeUrlIndexDelta, maxBytes: MAX_DELTA_BYTES };
  const misnamed = (delta: UrlIndexDelta): string | null => (delta.from_state === state ? null : "/from_state");
  return get(source, { ...wanted, signedAs: { kind: "delta", name: state }, misnamed }, condition);
}

/** `prefix` is the name of a bucket: hexadecimal digits, made here and not by a page. */
export function fetchBucket(source: Source, prefix: string, condition: Condition): Promise<Answer<Bucket>> {
  const wanted = { path: `/v1/buckets/${prefix}.json`, judge: judgeBucket, maxBytes: MAX_BUCKET_BYTES };
  const misnamed = (bucket: Bucket): string | null => (bucket.prefix === prefix ? null : "/prefix");
  return get(source, { ...wanted, signedAs: { kind: "bucket", name: prefix }, misnamed }, condition);
}

/** Sends a page for analysis. Why it was refused is in the answer's `problem`. */
export function postAnalysis(source: Source, request: AnalysisRequest, why: RequestReason): Promise<Answer<AnalysisAnswer>> {
  const wanted = { path: "/v1/analyses", judge: judgeAnalysisAnswer, maxBytes: MAX_ANALYSIS_BYTES };
  const condition = { why, timeoutMs: ANALYSIS_TIMEOUT_MS };
  return get(source, { ...wanted, signedAs: null, misnamed: () => null, body: request }, condition);
}

/** Sends a report that a label is wrong. Why it was refused is in the answer's `problem`. */
export function postDispute(source: Source, request: DisputeRequest): Promise<Answer<DisputeAnswer>> {
  const wanted = { path: "/v1/disputes", judge: judgeDisputeAnswer, maxBytes: MAX_DISPUTE_BYTES };
  return get(source, { ...wanted, signedAs: null, misnamed: () => null, body: request }, { why: "dispute" });
}

/** What became of a report; `token` is the key that the server gave for it, checked by the contract. */
export function fetchDispute(source: Source, token: string): Promise<Answer<DisputeStatus>> {
  const wanted = { path: `/v1/disputes/${token}`, judge: judgeDisputeStatus, maxBytes: MAX_DISPUTE_BYTES };
  return get(source, { ...wanted, signedAs: null, misnamed: () => null }, { why: "dispute-state" });
}

async function get<T>(source: Source, wanted: Wanted<T>, condition: Condition): Promise<Answer<T>> {
  const server = parseServerAddress(source.address);
  if (!server.ok) return failed(trouble("server-unreachable", server.fault));
  const pattern = sitePattern(server.origin);
  if (pattern === null || !(await hasSites([pattern]))) return failed(trouble("server-not-allowed", server.origin));
  const url = server.address + wanted.path;
  const body = wanted.body === undefined ? undefined : JSON.stringify(wanted.body);
  const sent = body === undefined ? undefined : new TextEncoder().encode(body).length;
  const ended = await noteRequest(url, condition.why, Date.now(), sent);
  const answer = await ask(url, source.publicKey, wanted, body, condition);
  await ended(outcomeOf(answer));
  return answer;
}

async function ask<T>(
  url: string,
  publicKey: string | null,
  { judge, maxBytes, signedAs, misnamed }: Wanted<T>,
  sent: string | undefined,
  { etag: held = null, timeoutMs = REQUEST_TIMEOUT_MS }: Condition,
): Promise<Answer<T>> {
  let body: Uint8Array<ArrayBuffer> | null;
  let etag: string | null;
  try {
    const response = await fetch(url, {
      // In the default mode Firefox names the extension's address in `Origin`, which is another in every installation;
      // in this one, and without a referrer, it says `null`. Access to the server lets it through all the same.
      ...(sent === undefined ? {} : { method: "POST", body: sent, mode: "same-origin" }),
      headers: {
        Accept: "application/json",
        "Accept-Language": "*", // the browser's own list of languages would tell readers apart
        ...(held === null ? {} : { "If-None-Match": held }),
        ...(sent === undefined ? {} : { "Content-Type": "application/json" }),
      },
      credentials: "omit",
      referrerPolicy: "no-referrer",
      cache: "no-store",
      redirect: "manual", // a server that moved is to be named by its new address, by a person
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (response.status === 304 && held !== null) return { kind: "unchanged" };
    if (response.type === "opaqueredirect") return failed(trouble("server-error", "redirect"));
    const problem = trouble("server-error", `HTTP ${response.status}`);
    if (!response.ok) {
      const missing = response.status === 404 || response.status === 410;
      return { ...failed(problem), missing, problem: sent === undefined ? null : await readProblem(response) };
    }
    const type = response.headers.get("content-type") ?? "";
    if (!/^application\/json\s*(;|$)/i.test(type)) return failed(trouble("server-garbage", type.slice(0, 60)));
    body = await readBytes(response, maxBytes);
    if (body === null) return failed(trouble("server-garbage", `> ${maxBytes} B`));
    etag = response.headers.get("etag");
  } catch (error) {
    const timeout = error instanceof DOMException && error.name === "TimeoutError";
    return failed(trouble("server-unreachable", timeout ? "timeout" : String(error).slice(0, 120)));
  }

  if (publicKey !== null && signedAs !== null) {
    const verdict = await checkSignature(publicKey, signedAs, body);
    if (verdict === "unsupported") return failed(trouble("signature-unsupported"));
    if (verdict === "refused") return failed(trouble("signature-refused", `${signedAs.kind} ${signedAs.name}`.trim()));
  }
  let data: unknown;
  try {
    data = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
  } catch {
    return failed(trouble("server-garbage", "JSON"));
  }
  const verdict = judge(data);
  if (!verdict.ok) return failed(verdictTrouble(verdict));
  const field = misnamed(verdict.value);
  if (field !== null) return failed(trouble("server-garbage", `${field}: const`));
  if (publicKey !== null && signedAs !== null && !(await isNews(publicKey, signedAs, data as { sequence?: number }))) {
    return failed(trouble("answer-replayed", `${signedAs.kind} ${signedAs.name}`.trim()));
  }
  return { kind: "fresh", value: verdict.value, etag: await ownEtag(etag, body), bytes: body.length };
}

function isNews(publicKey: string, { kind, name }: SignedName, { sequence = 0 }: { sequence?: number }): Promise<boolean> {
  const sequenceName: SequenceName = kind === "bucket" ? `bucket:${name}` : "index";
  return acceptSequence(publicKey, sequenceName, sequence);
}

/**
 * An ETag is sent back to whoever gave it, so one that was made for a single reader would be an identifier. It is used
 * only if it is made of the contents alone, as a Clauselight server makes it; a static host's is forgotten.
 */
async function ownEtag(etag: string | null, body: Uint8Array<ArrayBuffer>): Promise<string | null> {
  if (etag === null) return null;
  const own = `"${(await sha256Hex(body)).slice(0, 16)}"`;
  return etag.replace(/^W\//, "") === own ? own : null;
}

/** What a server says of its refusal; null when it says nothing that the contract knows. */
async function readProblem(response: Response): Promise<Problem | null> {
  if (!/^application\/problem\+json\s*(;|$)/i.test(response.headers.get("content-type") ?? "")) return null;
  const body = await readBytes(response, MAX_PROBLEM_BYTES);
  if (body === null) return null;
  try {
    const verdict = judgeProblem(JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body)));
    return verdict.ok ? verdict.value : null;
  } catch {
    return null;
  }
}

function failed(what: Trouble): Extract<Answer<never>, { kind: "trouble" }> {
  return { kind: "trouble", trouble: what };
}

function outcomeOf(answer: Answer<unknown>): RequestOutcome {
  if (answer.kind === "fresh") return "answered";
  if (answer.kind === "unchanged") return "unchanged";
  return answer.missing === true ? "missing" : "failed";
}

/** The body, or null as soon as it is longer than allowed. */
async function readBytes(response: Response, maxBytes: number): Promise<Uint8Array<ArrayBuffer> | null> {
  if (response.body === null) return new Uint8Array(0);
  const reader = response.body.getReader();
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    bytes += value.byteLength;
    if (bytes > maxBytes) {
      await reader.cancel();
      return null;
    }
    parts.push(value);
  }
  const whole = new Uint8Array(bytes);
  let place = 0;
  for (const part of parts) {
    whole.set(part, place);
    place += part.byteLength;
  }
  return whole;
}
