/**
 * The only place from which the extension talks to the network: three GETs to the server that the user chose.
 * They carry no cookie, no referrer and nothing about the user or the page, only the name of a bucket.
 */
import { judgeBucket, judgeServerInfo, judgeUrlIndex, type Judge } from "../contract/validate";
import type { Bucket, ServerInfo, UrlIndex } from "../contract/types";
import type { Trouble } from "../page-state";
import { hasSites, sitePattern } from "../platform/permissions";
import { parseServerAddress } from "../server-address";
import { MAX_BUCKET_BYTES, MAX_INDEX_BYTES, MAX_INFO_BYTES, REQUEST_TIMEOUT_MS } from "./limits";
import { trouble, verdictTrouble } from "./trouble";

export type Answer<T> =
  | { readonly kind: "fresh"; readonly value: T; readonly etag: string | null; readonly bytes: number }
  | { readonly kind: "unchanged" }
  | { readonly kind: "trouble"; readonly trouble: Trouble };

export interface Condition {
  /** ETag of the copy that is held; the server may answer "unchanged". */
  readonly etag: string | null;
  readonly timeoutMs?: number;
}

const UNCONDITIONAL: Condition = { etag: null };

export function fetchInfo(address: string): Promise<Answer<ServerInfo>> {
  return get(address, "/v1/info", judgeServerInfo, MAX_INFO_BYTES, UNCONDITIONAL);
}

export function fetchIndex(address: string, condition: Condition): Promise<Answer<UrlIndex>> {
  return get(address, "/v1/index", judgeUrlIndex, MAX_INDEX_BYTES, condition);
}

/** `prefix` is the name of a bucket: hexadecimal digits, made here and not by a page. */
export function fetchBucket(address: string, prefix: string, condition: Condition): Promise<Answer<Bucket>> {
  return get(address, `/v1/buckets/${prefix}`, judgeBucket, MAX_BUCKET_BYTES, condition);
}

async function get<T>(
  address: string,
  path: string,
  judge: Judge<T>,
  maxBytes: number,
  condition: Condition,
): Promise<Answer<T>> {
  const server = parseServerAddress(address);
  if (!server.ok) return failed(trouble("server-unreachable", server.fault));
  const pattern = sitePattern(server.origin);
  if (pattern === null || !(await hasSites([pattern]))) return failed(trouble("server-not-allowed", server.origin));

  let text: string;
  let etag: string | null;
  try {
    const response = await fetch(server.origin + path, {
      headers: { Accept: "application/json", ...(condition.etag === null ? {} : { "If-None-Match": condition.etag }) },
      credentials: "omit",
      referrerPolicy: "no-referrer",
      cache: "no-store",
      redirect: "manual", // a server that moved is to be named by its new address, by a person
      signal: AbortSignal.timeout(condition.timeoutMs ?? REQUEST_TIMEOUT_MS),
    });
    if (response.status === 304 && condition.etag !== null) return { kind: "unchanged" };
    if (response.type === "opaqueredirect") return failed(trouble("server-error", "redirect"));
    if (!response.ok) return failed(trouble("server-error", `HTTP ${response.status}`));
    const type = response.headers.get("content-type") ?? "";
    if (!/^application\/json\s*(;|$)/i.test(type)) return failed(trouble("server-garbage", type.slice(0, 60)));
    const body = await readText(response, maxBytes);
    if (body === null) return failed(trouble("server-garbage", `> ${maxBytes} B`));
    text = body;
    etag = response.headers.get("etag");
  } catch (error) {
    const timeout = error instanceof DOMException && error.name === "TimeoutError";
    return failed(trouble("server-unreachable", timeout ? "timeout" : String(error).slice(0, 120)));
  }

  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return failed(trouble("server-garbage", "JSON"));
  }
  const verdict = judge(data);
  if (!verdict.ok) return failed(verdictTrouble(verdict));
  return { kind: "fresh", value: verdict.value, etag, bytes: text.length };
}

function failed<T>(what: Trouble): Answer<T> {
  return { kind: "trouble", trouble: what };
}

/** The body as text, or null as soon as it is longer than allowed. */
async function readText(response: Response, maxBytes: number): Promise<string | null> {
  if (response.body === null) return "";
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    bytes += value.byteLength;
    if (bytes > maxBytes) {
      await reader.cancel();
      return null;
    }
    text += decoder.decode(value, { stream: true });
  }
}
