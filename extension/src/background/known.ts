/** Is this address a known document? Asked of the local index; nothing leaves the computer. */
import type { AnnotationSet, Bucket } from "../contract/types";
import {
  canonicalise,
  canonicalLinkAllowed,
  pageKey,
  relation,
  siteKey,
  UrlRefused,
  type Relation,
} from "../match/canonical-url";
import type { UrlIndex } from "../match/url-index";
import type { PageMatch } from "../page-state";

/** The name of the bucket that may hold a page's document; null for a page that is in no index. */
export function bucketOf(index: UrlIndex, url: string): string | null {
  try {
    const key = pageKey(url);
    return index.has(key) ? index.bucketPrefix(key) : null;
  } catch (error) {
    if (error instanceof UrlRefused) return null; // chrome:, file:, over-long: no document lives there
    throw error;
  }
}

/** The name of the bucket that may hold the documents of a page's site; null for a site that is in no index. */
export function siteBucketOf(index: UrlIndex, url: string): string | null {
  try {
    const key = siteKey(url);
    return key !== null && index.has(key) ? index.bucketPrefix(key) : null;
  } catch (error) {
    if (error instanceof UrlRefused) return null;
    throw error;
  }
}

/** The documents of a bucket that belong to a page's site. */
export function siteSetsIn(bucket: Bucket, url: string): AnnotationSet[] {
  return bucket.sets.filter((set) => set.addresses.some((address) => canonicalLinkAllowed(url, address)));
}

/** What two addresses have in common when they show the same document; null when it cannot be one. */
export function documentKey(url: string): string | null {
  try {
    return canonicalise(url).key;
  } catch (error) {
    if (error instanceof UrlRefused) return null;
    throw error;
  }
}

/** The documents of a bucket that a page shows: those at its address, else other languages of it. */
export function matchesIn(bucket: Bucket, url: string): PageMatch[] {
  const matches = bucket.sets.flatMap((set) => {
    const best = bestRelation(url, set);
    return best === null ? [] : [{ relation: best, set }];
  });
  const same = matches.filter((match) => match.relation === "same");
  return same.length > 0 ? same : matches;
}

function bestRelation(url: string, set: AnnotationSet): Relation | null {
  let best: Relation | null = null;
  for (const address of set.addresses) {
    try {
      const found = relation(url, address);
      if (found === "same") return "same";
      best ??= found;
    } catch (error) {
      if (!(error instanceof UrlRefused)) throw error; // one odd address does not spoil the others
    }
  }
  return best;
}

/** The address that a page claims as its canonical one, if it may speak for it: within its own site only. */
export function allowedCanonical(pageUrl: string, link: string | null): string | null {
  return link !== null && canonicalLinkAllowed(pageUrl, link) ? link : null;
}
