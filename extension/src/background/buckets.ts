/**
 * Buckets from here or from the server. How often a bucket is asked for must not tell which of its documents was read,
 * or how often: on a server elsewhere it is asked for once a day at the most, whatever is read in it. On one's own
 * computer there is nobody to hide from, and every page shows the newest.
 */
import type { Trouble } from "../page-state";
import type { Bucket } from "../contract/types";
import type { RequestReason } from "../request-ledger";
import { parseServerAddress } from "../server-address";
import { cachedBucket, confirmBucket, keepBucket } from "./bucket-cache";
import { REQUEST_TIMEOUT_MS, REVALIDATION_TIMEOUT_MS } from "./limits";
import { fetchBucket } from "./server";
import { sourceName, type Source } from "./source";

const HOUR_MS = 60 * 60_000;
/** A label that was corrected is seen a day later at the latest. */
const FRESH_HOURS = 20;
/** So that the second request for a bucket does not come a fixed time after the first. */
const FRESH_JITTER_HOURS = 4;

export type Got =
  | { readonly bucket: Bucket; readonly trouble: Trouble | null }
  | { readonly problem: Trouble; readonly missing: boolean };

/** When to ask again about a bucket that was confirmed `now`, in milliseconds since 1970. `random`: 0 to 1. */
export function askAgainAt({ address }: Source, now: number, random: number): number {
  const server = parseServerAddress(address);
  if (server.ok && server.loopback) return now;
  return now + (FRESH_HOURS + FRESH_JITTER_HOURS * random) * HOUR_MS;
}

/** Two tabs that ask for one bucket at a time share the request. */
const running = new Map<string, Promise<Got>>();

export function getBucket(source: Source, prefix: string, why: RequestReason): Promise<Got> {
  const name = `${sourceName(source)} ${prefix}`;
  const known = running.get(name);
  if (known !== undefined) return known;
  const work = loadBucket(source, prefix, why).finally(() => running.delete(name));
  running.set(name, work);
  return work;
}

async function loadBucket(source: Source, prefix: string, why: RequestReason): Promise<Got> {
  const cached = await cachedBucket(sourceName(source), prefix);
  if (cached?.fresh === true) return { bucket: cached.bucket, trouble: null };
  const timeoutMs = cached === null ? REQUEST_TIMEOUT_MS : REVALIDATION_TIMEOUT_MS;
  const answer = await fetchBucket(source, prefix, { etag: cached?.etag ?? null, timeoutMs, why });
  const again = askAgainAt(source, Date.now(), Math.random());
  if (answer.kind === "fresh") {
    const { value: bucket, etag, bytes } = answer;
    await keepBucket(sourceName(source), { bucket, etag, bytes, askAgainAt: again }).catch((error: unknown) => {
      console.warn("Clauselight: a bucket could not be kept", error); // storage is full: works, only not offline
    });
    return { bucket, trouble: null };
  }
  if (answer.kind === "unchanged" && cached !== null) {
    await confirmBucket(prefix, again);
    return { bucket: cached.bucket, trouble: null };
  }
  const problem: Trouble = answer.kind === "trouble" ? answer.trouble : { kind: "server-error", detail: "HTTP 304" };
  if (cached !== null) return { bucket: cached.bucket, trouble: problem };
  return { problem, missing: answer.kind === "trouble" && answer.missing === true };
}
