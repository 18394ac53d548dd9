/** For tests only: answers of a server, made of the examples that the contract publishes. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { AnnotationSet, Bucket, UrlIndex as EncodedUrlIndex } from "../../contract/types";
import { CANONICALISATION_VERSION, pageKey } from "../../match/canonical-url";
import { pack } from "../../match/rice";
import { topBits } from "../../match/url-key";

const examples = join(import.meta.dirname, "..", "..", "..", "..", "shared_schema", "examples", "valid");

function example<T>(name: string): T {
  return JSON.parse(readFileSync(join(examples, `${name}.json`), "utf8")) as T;
}

export const HASH_BITS = 40;
export const BUCKET_BITS = 8;

/** The index of a server that knows these addresses. */
export function indexOf(urls: readonly string[], changes: Partial<EncodedUrlIndex> = {}): EncodedUrlIndex {
  const values = Float64Array.from(urls, (url) => topBits(pageKey(url), HASH_BITS)).sort();
  const { riceParameter, data } = pack(values);
  return {
    contract_version: "1",
    canonicalisation: CANONICALISATION_VERSION,
    state: "0123456789abcdef",
    generated_at: "2026-11-01T00:00:00Z",
    count: values.length,
    hash_bits: HASH_BITS,
    rice_parameter: riceParameter,
    bucket_bits: BUCKET_BITS,
    data: btoa(String.fromCharCode(...data)),
    ...changes,
  };
}

/** An analysed document with provisions, at an address. */
export function analysedSet(url: string): AnnotationSet {
  return { ...example<AnnotationSet>("annotation_set--analysed"), addresses: [url] };
}

/** A document that is known by its address only. */
export function knownSet(url: string): AnnotationSet {
  return { ...example<AnnotationSet>("annotation_set--known-only"), addresses: [url] };
}

export function bucketOf(prefix: string, sets: readonly AnnotationSet[]): Bucket {
  return { ...example<Bucket>("bucket--empty"), prefix, sets: [...sets] };
}
