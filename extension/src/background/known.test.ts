import { describe, expect, it } from "vitest";
import { allowedCanonical, bucketOf, documentKey, matchesIn, siteBucketOf, siteSetsIn } from "./known";
import { decodeIndex } from "./index-state";
import { analysedSet, bucketOf as makeBucket, indexOf, knownSet } from "./testing/fixtures";

const POLICY = "https://www.murmurloft.example/en/privacy";

function index(...urls: string[]) {
  const decoded = decodeIndex(indexOf(urls));
  if (!decoded.ok) throw new Error(decoded.detail);
  return decoded.index;
}

describe("the local index", () => {
  it("names the bucket of a known page, whatever its decoration", () => {
    const known = index(POLICY);
    const prefix = bucketOf(known, POLICY);
    expect(prefix).toMatch(/^[0-9a-f]{2}$/);
    expect(bucketOf(known, `${POLICY}/?utm_source=mail#choices`)).toBe(prefix);
    expect(bucketOf(known, "https://www.murmurloft.example/de/privacy")).toBe(prefix);
  });

  it("knows nothing of other pages, and of addresses that are no web pages", () => {
    const known = index(POLICY);
    for (const url of ["https://www.murmurloft.example/", "chrome://extensions", "file:///etc/passwd", "", "nonsense"]) {
      expect(bucketOf(known, url), url).toBeNull();
    }
    expect(documentKey("about:blank")).toBeNull();
  });

  it("is refused when made by other rules, or damaged", () => {
    expect(decodeIndex(indexOf([POLICY], { canonicalisation: 2 }))).toMatchObject({ ok: false, fault: "contract" });
    expect(decodeIndex(indexOf([POLICY], { count: 7 }))).toMatchObject({ ok: false, fault: "shape" });
    expect(decodeIndex(indexOf([POLICY], { data: "A" }))).toMatchObject({ ok: false, fault: "shape" });
  });
});

describe("the sets of a bucket", () => {
  it("are those at the page's address", () => {
    const bucket = makeBucket("0f", [analysedSet(POLICY), knownSet("https://other.example/terms")]);
    expect(matchesIn(bucket, POLICY).map(({ relation, set }) => [relation, set.document.id])).toEqual([
      ["same", bucket.sets[0]?.document.id],
    ]);
    expect(matchesIn(bucket, "https://third.example/")).toEqual([]);
  });

  it("are other languages only when there is nothing at the address itself", () => {
    const bucket = makeBucket("0f", [analysedSet(POLICY)]);
    expect(matchesIn(bucket, "https://www.murmurloft.example/fr/privacy")[0]?.relation).toBe("other-language");
    const both = makeBucket("0f", [analysedSet(POLICY), knownSet("https://www.murmurloft.example/fr/privacy")]);
    expect(matchesIn(both, "https://www.murmurloft.example/fr/privacy").map((match) => match.relation)).toEqual(["same"]);
  });
});

describe("a site", () => {
  it("is known by its registrable domain, for every page of it", () => {
    const known = index(POLICY);
    expect(siteBucketOf(known, "https://shop.murmurloft.example/cart?item=7")).toMatch(/^[0-9a-f]{2}$/);
    for (const url of ["https://other.example/", "http://127.0.0.1:8787/", "chrome://extensions", "nonsense"]) {
      expect(siteBucketOf(known, url), url).toBeNull();
    }
  });

  it("has the documents of its own domain, and none of its neighbours in the bucket", () => {
    const own = knownSet("https://legal.murmurloft.example/terms");
    const bucket = makeBucket("0f", [analysedSet("https://other.example/privacy"), own]);
    expect(siteSetsIn(bucket, "https://shop.murmurloft.example/")).toEqual([own]);
  });
});

describe("a canonical link", () => {
  it("speaks only for its own site", () => {
    expect(allowedCanonical("https://help.murmurloft.example/x", POLICY)).toBe(POLICY);
    expect(allowedCanonical("https://evil.example/x", POLICY)).toBeNull();
    expect(allowedCanonical(POLICY, null)).toBeNull();
  });
});
