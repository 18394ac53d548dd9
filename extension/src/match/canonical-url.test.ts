import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  CANONICALISATION_VERSION,
  canonicalise,
  canonicalLinkAllowed,
  closestVersion,
  lookupKeys,
  MAX_URL_LENGTH,
  pageKey,
  relation,
  siteKey,
  UrlRefused,
} from "./canonical-url";
import { keyHex, urlKey } from "./url-key";

interface Vectors {
  canonicalisation: number;
  cases: {
    class: string;
    url: string;
    key?: string;
    language?: string | null;
    neutral_key?: string;
    refused?: string;
  }[];
  keys: { text: string; key: string }[];
  links: [string, string, boolean][];
  versions: {
    page: string;
    documents: string[];
    closest: number;
    relations: (string | null)[];
  }[];
}

const file = new URL("../../../shared_schema/parity/canonical_url.json", import.meta.url);
const vectors = JSON.parse(readFileSync(file, "utf-8")) as Vectors;

function outcome(url: string): object {
  try {
    const { key, language, neutralKey } = canonicalise(url);
    return { key, language, neutral_key: neutralKey };
  } catch (error) {
    if (!(error instanceof UrlRefused)) throw error;
    return { refused: error.reason };
  }
}

describe("the vectors that the server passes too", () => {
  it("are of this version", () => {
    expect(vectors.canonicalisation).toBe(CANONICALISATION_VERSION);
  });
  const classes = new Map<string, Vectors["cases"]>();
  for (const entry of vectors.cases) {
    classes.set(entry.class, [...(classes.get(entry.class) ?? []), entry]);
  }
  for (const [name, cases] of classes) {
    it(`canonical forms: ${name}`, () => {
      for (const { class: _, url, ...expected } of cases) {
        expect({ url, ...outcome(url) }).toEqual({ url, ...expected });
      }
    });
  }
  it("keys", () => {
    for (const { text, key } of vectors.keys) expect(keyHex(urlKey(text))).toBe(key);
  });
  it("canonical links", () => {
    for (const [page, link, allowed] of vectors.links) {
      expect([page, link, canonicalLinkAllowed(page, link)]).toEqual([page, link, allowed]);
    }
  });
  it("closest versions and relations", () => {
    for (const { page, documents, closest, relations } of vectors.versions) {
      expect(closestVersion(page, documents)).toBe(closest);
      expect(documents.map((url) => relation(page, url))).toEqual(relations);
    }
  });
});

describe("canonicalise", () => {
  it("gives the same key for its own key", () => {
    for (const { key, neutral_key: neutral } of vectors.cases) {
      if (key === undefined || neutral === undefined) continue;
      expect(canonicalise(`https://${key}`).key).toBe(key);
      expect(canonicalise(`https://${key}`).neutralKey).toBe(neutral);
    }
  });

  it("answers or refuses whatever it gets, quickly", () => {
    const strange = [
      "https://example.com/" + "x".repeat(100_000),
      "https://example.com/?" + "a=1&".repeat(25_000),
      "https://example.com/" + "%".repeat(8000),
      "https://example.com/" + "/".repeat(8000),
      "https://example.com/" + "../".repeat(2700),
      "https://" + "@".repeat(8000),
      "https://" + "a.".repeat(4000) + "com",
      "https://www.google.com" + "/amp/s/google.com".repeat(480),
      "https://example.com/\ud800?\udfff#/\ud83d",
      "https://\ud800.example/",
      "\0".repeat(8000),
      "https://example.com/" + "a-".repeat(4000),
      "https://example.com/" + "en/".repeat(2700),
    ];
    for (const url of strange) {
      const before = performance.now();
      outcome(url);
      expect(performance.now() - before).toBeLessThan(200);
    }
    expect(() => canonicalise("https://a.example/" + "b".repeat(MAX_URL_LENGTH))).toThrow(UrlRefused);
  });
});

describe("keys", () => {
  it("finds language versions under one page key", () => {
    const known = keyHex(pageKey("https://www.example.com/en/terms/"));
    expect(keyHex(pageKey("http://example.com/terms?hl=de&utm_source=x#part"))).toBe(known);
    expect(keyHex(pageKey("https://example.com/privacy"))).not.toBe(known);
  });
  it("looks up another language only under keys of another language", () => {
    expect(lookupKeys("https://example.com/terms").map((entry) => entry.relation)).toEqual([
      "same",
      "other-language",
    ]);
    expect(lookupKeys("https://example.com/de/terms")).toHaveLength(3);
  });
  it("has one site key for all hosts of an owner", () => {
    const site = siteKey("https://example.co.uk/");
    expect(site).not.toBeNull();
    expect(siteKey("https://legal.example.co.uk:8443/a?b#/c")).toEqual(site);
    expect(siteKey("https://other.co.uk/")).not.toEqual(site);
    expect(siteKey("http://127.0.0.1/")).toBeNull();
  });
});
