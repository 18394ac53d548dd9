/** For tests only: answers of a server, made of the examples that the contract publishes. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { AnalysisAnswer, AnnotationSet, Bucket, UrlIndex as EncodedUrlIndex, UrlIndexDelta } from "../../contract/types";
import { CANONICALISATION_VERSION, pageKey, siteKey } from "../../match/canonical-url";
import { checksum, pack, unpack } from "../../match/rice";
import { topBits } from "../../match/url-key";

const examples = join(import.meta.dirname, "..", "..", "..", "..", "shared_schema", "examples", "valid");

function example<T>(name: string): T {
  return JSON.parse(readFileSync(join(examples, `${name}.json`), "utf8")) as T;
}

export const HASH_BITS = 40;
export const BUCKET_BITS = 8;

/** The index of a server that knows documents at these addresses, and their sites. */
export function indexOf(urls: readonly string[], changes: Partial<EncodedUrlIndex> = {}, bucketBits = BUCKET_BITS): EncodedUrlIndex {
  const keys = urls.flatMap((url) => [pageKey(url), ...[siteKey(url)].filter((key) => key !== null)]);
  const values = Float64Array.from(new Set(keys.map((key) => topBits(key, HASH_BITS)))).sort();
  const { riceParameter, data } = pack(values);
  const header = `${CANONICALISATION_VERSION}/${HASH_BITS}/${riceParameter}/${bucketBits}/`;
  return {
    contract_version: "1",
    canonicalisation: CANONICALISATION_VERSION,
    state: createHash("sha256").update(header).update(data).digest("hex").slice(0, 16),
    generated_at: "2026-11-01T00:00:00Z",
    count: values.length,
    hash_bits: HASH_BITS,
    rice_parameter: riceParameter,
    bucket_bits: bucketBits,
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

/** What a server found in a page that it did, or did not, keep. */
export function analysisAnswer(name: "kept" | "not-kept" | "nothing-found"): AnalysisAnswer {
  return example<AnalysisAnswer>(`analysis_answer--${name}`);
}

export function bucketOf(prefix: string, sets: readonly AnnotationSet[]): Bucket {
  return { ...example<Bucket>("bucket--empty"), prefix, sets: [...sets] };
}

/** What leads from one index to another: the gaps are listed as the server lists them. */
export function deltaOf(from: EncodedUrlIndex, to: EncodedUrlIndex, changes: Partial<UrlIndexDelta> = {}): UrlIndexDelta {
  const [old, next] = [valuesOf(from), valuesOf(to)];
  const removed = pack(Float64Array.from([...old.keys()].filter((place) => !next.includes(old[place] ?? -1))));
  const added = pack(next.filter((value) => !old.includes(value)));
  return {
    contract_version: "1",
    canonicalisation: CANONICALISATION_VERSION,
    from_state: from.state,
    to_state: to.state,
    sequence: 1,
    generated_at: "2026-11-02T00:00:00Z",
    hash_bits: HASH_BITS,
    bucket_bits: BUCKET_BITS,
    old_count: old.length,
    old_checksum: checksum(old),
    new_count: next.length,
    new_checksum: checksum(next),
    removed_count: old.filter((value) => !next.includes(value)).length,
    removed_rice_parameter: removed.riceParameter,
    removed: btoa(String.fromCharCode(...removed.data)),
    added_count: next.filter((value) => !old.includes(value)).length,
    added_rice_parameter: added.riceParameter,
    added: btoa(String.fromCharCode(...added.data)),
    ...changes,
  };
}

function valuesOf({ count, rice_parameter: k, hash_bits: bits, data }: EncodedUrlIndex): Float64Array {
  return unpack(Uint8Array.from(atob(data), (character) => character.charCodeAt(0)), count, k, 2 ** bits);
}
