/** From a page's address to what is known of it or of its site: local index, then bucket, then the sets concerned. */
import type { AnnotationSet, CategoryInfo } from "../contract/types";
import type { UrlIndex } from "../match/url-index";
import type { PageMatch, Trouble } from "../page-state";
import type { RequestReason } from "../request-ledger";
import { getBucket, type Got } from "./buckets";
import { ensureIndex, heldIndex, refreshIndex, type HeldIndex } from "./index-sync";
import { bucketOf, matchesIn, siteBucketOf, siteSetsIn } from "./known";
import { currentSource } from "./source";

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

export type SiteKnowledge =
  | { readonly kind: "trouble"; readonly trouble: Trouble }
  | { readonly kind: "known"; readonly sets: readonly AnnotationSet[] };

/** Whether a page may be a known document, by what is held here alone; null when no index is held. */
export async function looksKnown(url: string): Promise<boolean | null> {
  const held = await heldIndex();
  return held === null ? null : bucketOf(held.index, url) !== null;
}

export async function knowledgeOf(url: string, why: RequestReason): Promise<Knowledge> {
  const index = await ensureIndex();
  if (!index.ok) return { kind: "trouble", trouble: index.trouble };
  const got = await bucketBy(index.held, (held) => bucketOf(held, url), why);
  if (got === null) return { kind: "not-policy" };
  if ("problem" in got) return { kind: "trouble", trouble: got.problem };
  const matches = matchesIn(got.bucket, url);
  if (matches.length === 0) return { kind: "not-policy" };
  return { kind: "known", matches, categories: got.bucket.categories, fromCache: got.trouble !== null, trouble: got.trouble };
}

/**
 * The documents of the site that a page belongs to; none for a site that is in no index, and without an index: a list
 * is not fetched for that. Called only when the user opened the popup, never while browsing.
 */
export async function siteKnowledgeOf(url: string): Promise<SiteKnowledge> {
  const held = await heldIndex();
  const got = held === null ? null : await bucketBy(held, (index) => siteBucketOf(index, url), "site");
  if (got === null) return { kind: "known", sets: [] };
  if ("problem" in got) return { kind: "trouble", trouble: got.problem };
  return { kind: "known", sets: siteSetsIn(got.bucket, url) };
}

/** Least age of an index before a missing bucket is a reason to ask for a newer one. */
const RENEW_AFTER_MS = 60_000;

/**
 * The bucket that an index names; null when it names none. A server that has no such bucket was published anew with
 * buckets of another size, and the list of yesterday leads nowhere: it is renewed, once.
 */
async function bucketBy(
  held: HeldIndex,
  prefixIn: (index: UrlIndex) => string | null,
  why: RequestReason,
): Promise<Got | null> {
  const source = await currentSource();
  const prefix = prefixIn(held.index);
  if (prefix === null) return null;
  const got = await getBucket(source, prefix, why);
  const moved = "problem" in got && got.missing && Date.now() - held.checkedAt > RENEW_AFTER_MS;
  if (!moved) return got;
  const renewed = await refreshIndex("moved-group");
  if (!renewed.ok) return got;
  const next = prefixIn(renewed.held.index);
  if (next === null) return null;
  return next === prefix ? got : getBucket(source, next, why);
}
