import { describe, expect, it } from "vitest";
import { FEWEST_WORDS, judgeLikeness, mayBePolicy, type Signals } from "./likeness";
import { OTHER_PAGES } from "./testing/other-pages";
import { POLICIES } from "./testing/policies";

const nowhere = (page: Signals): Signals => ({ ...page, url: "https://app.example/p/93812" });

describe("a policy", () => {
  it.each(POLICIES.map((page) => [page.title, page] as const))("is recognised: %s", (_title, page) => {
    expect(judgeLikeness(page)).toMatchObject({ likely: true });
    expect(mayBePolicy(page.url, page.title)).toBe(true);
  });

  it("is recognised at an address that says nothing, and by its words and headings alone", () => {
    for (const page of POLICIES) expect(judgeLikeness(nowhere(page)).likely, page.title).toBe(true);
    const [first] = POLICIES;
    expect(judgeLikeness({ ...nowhere(first!), title: "Murmurloft" }).likely).toBe(true);
  });

  it("is nothing that has hardly any text", () => {
    const [page] = POLICIES;
    const few = page!.text.split(/\s+/).slice(0, FEWEST_WORDS - 20).join(" ");
    expect(judgeLikeness({ ...page!, text: few })).toEqual({ likely: false, points: 0 });
  });
});

describe("any other page", () => {
  it("is none of more than sixty, many of them about policies", () => {
    expect(OTHER_PAGES.length).toBeGreaterThanOrEqual(60);
    const taken = OTHER_PAGES.filter((page) => judgeLikeness(page).likely);
    expect(taken.map(({ title }) => title)).toEqual([]);
  });

  it("has enough text to be judged by it", () => {
    for (const { text, url } of OTHER_PAGES) expect(text.split(/\s+/).length, url).toBeGreaterThan(FEWEST_WORDS);
  });
});

describe("before a page is looked into", () => {
  it.each([
    ["https://example.com/legal/privacy", ""],
    ["https://example.com/datenschutz", "Willkommen"],
    ["https://privacy.example.com/", "Our commitment"],
    ["https://example.com/p/12", "Terms of Service | Example"],
    ["https://example.com/fr/politique-de-confidentialite", ""],
    ["https://example.com/help/%63ookie-policy", ""],
  ])("address or title make it worth a look: %s %s", (url, title) => {
    expect(mayBePolicy(url, title)).toBe(true);
  });

  it.each([
    ["https://example.com/", "Example"],
    ["https://example.com/termites", "Termites in the roof"],
    ["https://example.com/private/12", "Private lessons"],
    ["https://news.example/2026/company-privately-owned", "Company news"],
    ["about:blank", ""],
    ["https://example.com/%E0%A4%A", "odd"],
  ])("nothing does here: %s %s", (url, title) => {
    expect(mayBePolicy(url, title)).toBe(false);
  });
});

it("takes a few milliseconds at most, also for a hostile page", () => {
  const long = "we may your personal data ".repeat(1_000) + "a".repeat(4_000) + "-".repeat(4_000);
  const headings = Array.from({ length: 80 }, () => ({ level: 2, text: "terms of ".repeat(17) }));
  const start = performance.now();
  judgeLikeness({ url: `https://example.com/${"terms-of-".repeat(500)}`, title: "privacy ".repeat(500), headings, text: long });
  expect(performance.now() - start).toBeLessThan(100);
});
