/** From a page's address to what is known of it: local index, then bucket, then the sets that concern the page. */
import type { CategoryInfo } from "../contract/types";
import type { PageMatch, Trouble } from "../page-state";
import { readSettings } from "../settings-store";
import { cachedBucket, keepBucket, type CachedBucket } from "./bucket-cache";
import { ensureIndex, heldIndex } from "./index-sync";
import { bucketOf, matchesIn } from "./known";
import { REQUEST_TIMEOUT_MS, REVALIDATION_TIMEOUT_MS } from "./limits";
import { fetchBucket } from "./server";

export type Knowledge =
  | { readonly kind: "not-policy" }
  | { readonly kind: "trouble"; readonly trouble: Trouble }
  | {
      readonly kind: "known";
      readonly matches: readonly PageMatch[];
      readonly categories: readonly CategoryInfo[];
      /** The server did not confirm it; `trouble` says why. */
      readonly fromCache: boolean;
      readonly trouble: Trouble | null;
    };

/** Whether a page may be a known document, by what is held here alone; null when no index is held. */
export async function looksKnown(url: string): Promise<boolean | null> {
  const held = await heldIndex();
  return held === null ? null : bucketOf(held.index, url) !== null;
}

export async function knowledgeOf(url: string): Promise<Knowledge> {
  const index = await ensureIndex();
  if (!index.ok) return { kind: "trouble", trouble: index.trouble };
  const prefix = bucketOf(index.held.index, url);
  if (prefix === null) return { kind: "not-policy" };
  const { serverAddress } = await readSettings();
  const got = await getBucket(serverAddress, prefix);
  if ("problem" in got) return { kind: "trouble", trouble: got.problem };
  const matches = matchesIn(got.bucket, url);
  if (matches.length === 0) return { kind: "not-policy" };
  return { kind: "known", matches, categories: got.bucket.categories, fromCache: got.trouble !== null, trouble: got.trouble };
}

type Got = { readonly bucket: CachedBucket["bucket"]; readonly trouble: Trouble | null } | { readonly problem: Trouble };

/** Two tabs that ask for one bucket at a time share the request. */
const running = new Map<string, Promise<Got>>();

function getBucket(address: string, prefix: string): Promise<Got> {
  const name = `${address} ${prefix}`;
  const known = running.get(name);
  if (known !== undefined) return known;
  const work = loadBucket(address, prefix).finally(() => running.delete(name));
  running.set(name, work);
  return work;
}

async function loadBucket(address: string, prefix: string): Promise<Got> {
  const cached = await cachedBucket(address, prefix);
  const timeoutMs = cached === null ? REQUEST_TIMEOUT_MS : REVALIDATION_TIMEOUT_MS;
  const answer = await fetchBucket(address, prefix, { etag: cached?.etag ?? null, timeoutMs });
  if (answer.kind === "fresh" && answer.value.prefix === prefix) {
    const { value: bucket, etag, bytes } = answer;
    await keepBucket(address, { bucket, etag, bytes }).catch((error: unknown) => {
      console.warn("Clauselight: a bucket could not be kept", error); // storage is full: works, only not offline
    });
    return { bucket, trouble: null };
  }
  if (answer.kind === "unchanged" && cached !== null) return { bucket: cached.bucket, trouble: null };
  const problem: Trouble =
    answer.kind === "trouble" ? answer.trouble : { kind: "server-garbage", detail: "/prefix: const" };
  return cached === null ? { problem } : { bucket: cached.bucket, trouble: problem };
}
