import { describe, expect, it } from "vitest";
import { anchorQuotes, anchorSteps, PageIndex, type Anchor, type QuoteToAnchor } from "./index";

const OLD = [
  "How we share your data",
  "We may share your personal data with advertising partners to show you relevant ads. We do not sell your data.",
  "You can delete your account at any time in the settings. We keep backups for 90 days.",
  "Any dispute will be resolved by binding arbitration. You waive your right to a jury trial.",
  "To find out more, please see our Cookie Policy.",
  "We may change these terms at any time. To find out more, please see our Cookie Policy.",
];

function pageOf(paragraphs: readonly string[], separator = " "): { text: string; blocks: number[] } {
  const blocks: number[] = [];
  let text = "";
  for (const paragraph of paragraphs) {
    if (text) text += separator;
    blocks.push(text.length);
    text += paragraph;
  }
  return { text, blocks };
}

function quoteOf(exact: string, nth = 0, text = pageOf(OLD).text): QuoteToAnchor {
  let start = -1;
  for (let i = 0; i <= nth; i++) start = text.indexOf(exact, start + 1);
  const end = start + exact.length;
  return { id: `${exact}#${nth}`, exact, prefix: text.slice(Math.max(0, start - 32), start), suffix: text.slice(end, end + 32), start, end };
}

function anchorAll(paragraphs: readonly string[], quotes: readonly QuoteToAnchor[], separator = " "): Array<Anchor & { text: string }> {
  const { text, blocks } = pageOf(paragraphs, separator);
  return anchorQuotes(new PageIndex(text, blocks), quotes).map((a) => ({ ...a, text: a.start < 0 ? "" : text.slice(a.start, a.end) }));
}

const SHARE = "We may share your personal data with advertising partners to show you relevant ads.";
const JURY = "You waive your right to a jury trial.";
const COOKIES = "To find out more, please see our Cookie Policy.";
const ALL = [quoteOf(SHARE), quoteOf(JURY), quoteOf(COOKIES, 0), quoteOf(COOKIES, 1), quoteOf("delete your account at any time")];

describe("what a reader would see", () => {
  it("finds every quote on an unchanged page, exactly where it was", () => {
    const anchors = anchorAll(OLD, ALL);
    expect(anchors.map((a) => a.outcome)).toEqual(["found", "found", "found", "found", "found"]);
    expect(anchors.map((a) => [a.start, a.end])).toEqual(ALL.map((q) => [q.start, q.end]));
  });

  it("tells repeated clauses apart by their neighbours and their order", () => {
    const [first, second] = anchorAll(["A new introduction of some length that shifts all.", ...OLD], [quoteOf(COOKIES, 0), quoteOf(COOKIES, 1)]);
    expect(first!.start).toBeLessThan(second!.start);
  });

  it("marks a clause with other words as changed, the whole sentence of it", () => {
    const [share] = anchorAll(OLD.map((p) => p.replace("advertising partners", "our affiliates and other companies")), ALL);
    expect(share).toMatchObject({ outcome: "changed", text: "We may share your personal data with our affiliates and other companies to show you relevant ads." });
  });

  it("marks a verbatim clause whose sentence goes on as changed", () => {
    const [, jury] = anchorAll(OLD.map((p) => p.replace("jury trial.", "jury trial, unless your law forbids it.")), ALL);
    expect(jury).toMatchObject({ outcome: "changed", text: "You waive your right to a jury trial, unless your law forbids it." });
  });

  it("says that a deleted clause is gone and paints nothing in its place", () => {
    const [, jury] = anchorAll(OLD.map((p) => p.replace(` ${JURY}`, "")), ALL);
    expect(jury).toMatchObject({ outcome: "gone", start: -1, end: -1 });
  });

  it("is not lured by a clause that is alike when the quote was cut out", () => {
    const page = OLD.map((p) => p.replace(` ${JURY}`, "")).concat("You keep your right to a fair trial.");
    expect(anchorAll(page, ALL)[1]!.outcome).toBe("gone");
  });

  it("says that a clause moved when it left the order of the others", () => {
    const anchors = anchorAll([OLD[3]!, OLD[0]!, OLD[1]!, OLD[2]!, OLD[4]!, OLD[5]!], ALL);
    expect(anchors[1]).toMatchObject({ outcome: "moved", text: JURY });
  });

  it.each([
    ["no-break spaces", (s: string) => s.replaceAll(" ", "\u00a0")],
    ["soft hyphens", (s: string) => s.replaceAll("ar", "a\u00adr")],
    ["zero-width spaces", (s: string) => s.replaceAll("e", "e\u200b")],
    ["ligatures", (s: string) => s.replaceAll("fi", "\ufb01")],
    ["list numbers", (s: string) => `3. ${s}`],
    ["bullets", (s: string) => `\u2022 ${s}`],
  ])("does not mind %s", (_, draw) => {
    expect(anchorAll(OLD.map(draw), ALL).map((a) => a.outcome)).toEqual(ALL.map(() => "found"));
  });

  it("does not mind blocks that are joined without a space", () => {
    expect(anchorAll(OLD, ALL, "").map((a) => a.outcome)).toEqual(ALL.map(() => "found"));
  });

  it("finds a quote that runs over two blocks when a list number stands in between", () => {
    const cross = quoteOf(`${OLD[0]} ${SHARE}`);
    const [anchor] = anchorAll(OLD.map((p, i) => `${i + 1}. ${p}`), [cross]);
    expect(anchor).toMatchObject({ outcome: "found", text: `${OLD[0]} 2. ${SHARE}` });
  });

  it("works without recorded positions", () => {
    const quotes = ALL.map((q) => ({ ...q, start: null, end: null }));
    expect(anchorAll(OLD, quotes).map((a) => a.start)).toEqual(ALL.map((q) => q.start));
  });
});

describe("a verbatim quote", () => {
  const DISPUTES = "Disputes are settled by binding arbitration";
  const page = [`Clause: ${DISPUTES}, unless your law forbids it.`];
  const quote = (exact: string, prefix = "", suffix = ""): QuoteToAnchor => ({ id: "q", exact, prefix, suffix });

  it.each([
    ["was recorded without context", quote(DISPUTES)],
    ["was recorded with blank context", quote(DISPUTES, " ", "\n")],
    ["was part of a sentence", quote(DISPUTES, "as he says, ", " whenever you ask")],
    ["was recorded with what stands before it", quote(DISPUTES, "Clause: ")],
  ])("keeps exactly its own words when it %s", (_, recorded) => {
    expect(anchorAll(page, [recorded])[0]).toMatchObject({ outcome: "found", text: DISPUTES });
  });

  it("is found where a sentence of its own words is part of a longer block", () => {
    expect(anchorAll(["1. Clause: " + SHARE + " More."], [quote(SHARE)])[0]).toMatchObject({ outcome: "found", text: SHARE });
  });

  it("has changed where its sentence goes on, if the record shows that it was whole", () => {
    for (const recorded of [quote(`${DISPUTES}.`), quote(`${DISPUTES}.`, "How we settle ", " Next.")]) {
      expect(anchorAll(page, [recorded])[0]).toMatchObject({ outcome: "changed", text: `${DISPUTES}, unless your law forbids it.` });
    }
    expect(anchorAll(page, [quote(`${DISPUTES}.`, "How we settle\n", "\nNext.")])[0]).toMatchObject({ outcome: "changed", text: page[0] });
  });
});

describe("odd input", () => {
  const bare = (exact: string): QuoteToAnchor => ({ id: exact, exact, prefix: "", suffix: "" });

  it.each(["", " ", "\u200b", "\ud800", "x".repeat(10_000), OLD.join(" ").repeat(20)])("answers gone for a quote that is nowhere (%#)", (exact) => {
    expect(anchorAll(OLD, [bare(exact)])[0]).toMatchObject({ outcome: "gone", start: -1, end: -1 });
  });

  it("answers for an empty page", () => {
    expect(anchorAll([], ALL).map((a) => a.outcome)).toEqual(ALL.map(() => "gone"));
    expect(anchorAll([""], [bare("")])[0]!.outcome).toBe("gone");
  });

  it("finds one word, an emoji, Chinese, Arabic and Thai", () => {
    const page = ["Only arbitration \ud83d\udd12 here.", "我们不会出售您的数据。我们共享它。", "نحن نشارك بياناتك مع شركاء.", "เราอาจแบ่งปันข้อมูล"];
    for (const exact of ["arbitration", "\ud83d\udd12", "我们共享它。", "نشارك بياناتك", "แบ่งปัน"]) {
      expect(anchorAll(page, [bare(exact)])[0]).toMatchObject({ outcome: "found", text: exact });
    }
  });

  it("never cuts a surrogate pair", () => {
    expect(anchorAll(["a \ud83d\udd12 b"], [bare("\udd12")])[0]!.outcome).toBe("gone");
  });

  it("keeps the order and leaves none out when one quote stands 500 times", () => {
    const page = Array.from({ length: 500 }, () => "See details below.");
    const { text } = pageOf(page);
    const quotes = [0, 250, 499].map((n) => quoteOf("See details below.", n, text));
    expect(anchorAll(page, quotes).map((a) => a.start)).toEqual(quotes.map((q) => q.start));
  });
});

/** A small generator of random numbers with a seed, so that a failure can be repeated. */
function random(seed: number): () => number {
  return () => {
    seed = (Math.imul(seed, 1664525) + 1013904223) | 0;
    return (seed >>> 0) / 2 ** 32;
  };
}

describe("properties", () => {
  const ALPHABET = [..."abAB .,'’-12é", "\u0301", "\u00ad", "\u200b", "\ufb01", "你", "ل", "ก", "\ud83d\udd12", "\ud800", "\udc00", "\n", " the ", " data "];

  it.each(Array.from({ length: 60 }, (_, seed) => seed))("any text: ranges lie in the page, order and number are kept (seed %i)", (seed) => {
    const next = random(seed);
    const make = (n: number): string => Array.from({ length: n }, () => ALPHABET[Math.floor(next() * ALPHABET.length)]!).join("");
    const text = make(Math.floor(next() * 400));
    const blocks = [...new Set(Array.from({ length: 5 }, () => Math.floor(next() * (text.length + 1))))].sort((a, b) => a - b);
    const quotes = Array.from({ length: 12 }, (_, i): QuoteToAnchor => {
      const start = Math.floor(next() * text.length);
      const exact = next() < 0.3 ? make(20) : text.slice(start, start + Math.floor(next() * 60));
      return { id: String(i), exact, prefix: text.slice(Math.max(0, start - 32), start), suffix: make(5), start, end: start + exact.length };
    });
    const anchors = anchorQuotes(new PageIndex(text, blocks), quotes);
    expect(anchors.map((a) => a.id)).toEqual(quotes.map((q) => q.id));
    for (const a of anchors) {
      if (a.outcome === "gone") expect([a.start, a.end]).toEqual([-1, -1]);
      else expect(a.start >= 0 && a.start < a.end && a.end <= text.length).toBe(true);
      expect(a.score >= 0 && a.score <= 1 && a.margin >= 0 && a.margin <= 1).toBe(true);
    }
  });

  /** Steps that one quote may cost: comparisons, votes, and five windows of three rounds. */
  const MOST_EFFORT = 2 ** 20 + 3 * 2 ** 20 + 512 + 5 * 3 * (512 * 2 * 1100);
  const word = (i: number): string => `w${i.toString(36)}`;
  const HOSTILE: Array<[string, string, string]> = [
    ["one word for ever", "a ".repeat(1_000_000), "a ".repeat(200)],
    ["one word for ever, almost", "a ".repeat(1_000_000), `${"a ".repeat(200)}b ${"a ".repeat(200)}`],
    ["two words in turn", "a b ".repeat(500_000), `${"a b ".repeat(150)}b b`],
    ["no spaces at all", "a".repeat(2_000_000), "a".repeat(1000)],
    ["no words at all", "!".repeat(2_000_000), "!".repeat(500)],
    ["all words different", Array.from({ length: 300_000 }, (_, i) => word(i)).join(" "), Array.from({ length: 800 }, (_, i) => word(i * 7)).join(" ")],
    ["a quote longer than the page", "a b c d ".repeat(50), "a c b d ".repeat(200_000)],
    ["invisible characters", "\u200b".repeat(2_000_000), "\u200b".repeat(50)],
    ["punctuation at the edges", `x${".)".repeat(1_000_000)}y`, `z${".)".repeat(100_000)}`],
  ];

  it.each(HOSTILE)("hostile text costs bounded effort: %s", (_, text, exact) => {
    const page = new PageIndex(text, [0]);
    const quote = { id: "q", exact, prefix: text.slice(0, 5000), suffix: text.slice(-5000), start: 10, end: 20 };
    let steps = 0;
    const run = anchorSteps(page, [quote, quote, quote]);
    while (!run.next().done) steps++;
    expect(page.effort).toBeLessThan(3 * MOST_EFFORT);
    // Indexing pauses too, about every 64 Ki characters; only a word is never read in parts.
    if (/\W/.test(text)) expect(steps).toBeGreaterThanOrEqual(Math.floor(text.length / 65536) - 1);
  }, 30_000);

  it("a quote's outcome does not depend on which other quotes are looked for", () => {
    const text = "Intro words here. We collect all of your personal data quickly today. Later text.";
    const quote = {
      id: "a", exact: "We collect all of your personal data", prefix: "Intro words here. ", suffix: " Zebra next", start: 18, end: 54,
    };
    const elsewhere = { id: "b", exact: "completely absent xylophone quartz sentence", prefix: "", suffix: "" };
    const alone = anchorQuotes(new PageIndex(text, [0]), [quote])[0];
    expect(anchorQuotes(new PageIndex(text, [0]), [quote, elsewhere])[0]).toEqual(alone);
    expect(alone!.outcome).toBe("changed");
  });

  it("words made to collide in the index lose their place, not the reader's time", () => {
    // Anagrams share the sum of their letters; the hash still tells them apart.
    const { text, blocks } = pageOf(["listen silent enlist tinsel inlets", "the end"]);
    const page = new PageIndex(text, blocks);
    expect(anchorQuotes(page, [{ id: "a", exact: "enlist", prefix: "", suffix: "" }])[0]!.start).toBe(text.indexOf("enlist"));
  });
});
