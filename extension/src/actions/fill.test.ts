import { describe, expect, it } from "vitest";
import { PLACES, REQUESTS } from "./data";
import { cleanValue, fillLetter, fillText, type FilledLetter } from "./fill";
import { ruleFor } from "./law";
import { LETTERS } from "./letter-data";
import { letterDay, letterValues, type LetterContext } from "./letter-values";
import { allPlaces, placeOf } from "./place";
import { LANGUAGES, REQUEST_KINDS, VARIABLES, type Language, type RequestKind } from "./types";
import { QUOTE } from "./testing/samples";

function context(kind: RequestKind, place: string, language: Language, change: Partial<LetterContext> = {}): LetterContext {
  return {
    language,
    letters: LETTERS.languages[language],
    rule: ruleFor(REQUESTS.laws, kind, placeOf(PLACES, place)),
    profile: { name: "Zoë Müller", email: "zoe@example.org", address: "Am Bach 1\n12345 Ort" },
    subject: { entity: "Example, Inc.", document: "Example Privacy Policy", documentUrl: "https://example.com/privacy", clause: QUOTE },
    today: "2026-11-23",
    place: "Colorado",
    authority: "The Authority",
    ...change,
  };
}

function letter(kind: RequestKind, place: string, language: Language, change: Partial<LetterContext> = {}): FilledLetter {
  const it = context(kind, place, language, change);
  return fillLetter({
    template: it.letters.letters[kind],
    language: it.letters,
    values: letterValues(it),
    law: it.rule.law.id,
    of: it.earlier?.kind ?? null,
  });
}

describe("every letter in every language at every place", () => {
  const places = allPlaces(PLACES).flatMap(({ places: inGroup }) => inGroup.slice(0, 2).map(({ code }) => code));
  const earlier = { kind: "access" as const, article: "Article 15", sentOn: "2026-10-01", dueOn: "2026-11-02", account: "2026-10-01: sent" };

  it.each(REQUEST_KINDS.flatMap((kind) => LANGUAGES.map((language) => [kind, language] as const)))("%s, %s", (kind, language) => {
    for (const place of [...places, "US-IA", "US-TX"]) {
      const rule = ruleFor(REQUESTS.laws, kind, placeOf(PLACES, place));
      if (rule.right === "none") continue;
      const filled = letter(kind, place, language, { earlier, until: "2026-12-07", correction: "My name is Zoë." });
      expect(filled.missing, place).toEqual([]);
      const own = `${filled.subject}\n${filled.body}`.replace(QUOTE, "");
      expect(own, place).not.toMatch(/[{}]|undefined|null/);
      expect(filled.body).toContain(QUOTE);
      expect(filled.body).toContain("Zoë Müller");
      expect(`${filled.subject}${filled.body}`).toContain("Example, Inc.");
      if (rule.article && kind !== "reminder" && kind !== "answer-to-refusal") expect(own, place).toContain(rule.article[language]);
      // What is shown in pieces is what is sent.
      expect(filled.paragraphs.map((paragraph) => paragraph.map(({ text }) => text).join("")).join("\n\n")).toBe(filled.body);
    }
  });
});

describe("filling in", () => {
  it("is done once: braces in values stay braces", () => {
    const filled = letter("access", "DE", "en", { profile: { name: "{email}{clause}", email: "a@example.org", address: "" } });
    expect(filled.body).toContain("Yours faithfully,\n\n{email}{clause}");
    expect(filled.body).toContain("train our {models}");
  });

  it("shows what is missing by its name, and lists it", () => {
    const filled = letter("access", "DE", "de", { profile: { name: "  ", email: "", address: "" } });
    expect(filled.missing).toEqual(["name"]);
    expect(filled.body).toContain("Mit freundlichen Grüßen\n\n[Ihr Name]");
    expect(filled.body).not.toContain("E-Mail-Adresse:");
    expect(filled.paragraphs.flat().filter(({ missing }) => missing)).toEqual([{ text: "[Ihr Name]", variable: "name", missing: true }]);
  });

  it("leaves out what needs a clause when there is none", () => {
    const filled = letter("access", "DE", "en", { subject: { entity: "Example", document: "Policy" } });
    expect(filled.body).toContain('I refer to your document "Policy".');
    expect(filled.body).not.toContain("these words");
  });

  it("follows the law of the place and the earlier request", () => {
    expect(letter("access", "DE", "en").body).toContain("Article 15(1) and (2)");
    expect(letter("access", "US-CA", "en").body).toContain("I am a resident of Colorado.");
    expect(letter("access", "elsewhere", "en").body).toContain("If a law that applies gives me this right, I rely on it; otherwise");
    expect(letter("access", "elsewhere", "en").body).not.toContain("Article");
    expect(letter("access", "US-TX", "en").body).toContain("Tex. Bus. & Com. Code § 541.051(b)(1)");
    expect(letter("access", "US-IA", "en").body).toContain("within 90 days");
    const refused = (kind: RequestKind): string =>
      letter("answer-to-refusal", "DE", "en", { earlier: { kind, sentOn: "2026-10-01", answeredOn: "2026-10-20" }, until: "2026-12-07" }).body;
    expect(refused("objection-marketing")).toContain("has no exception");
    expect(refused("access")).not.toContain("has no exception");
  });

  it("is spelled as in Switzerland under Swiss law, the reader's own words apart", () => {
    const swiss = letter("access", "CH", "de", { profile: { name: "Eva Weiß", email: "eva@example.org", address: "" } }).body;
    expect(swiss).toContain("Mit freundlichen Grüssen\n\nEva Weiß");
    expect(swiss).toContain("ausserdem");
    expect(letter("access", "AT", "de").body).toContain("Mit freundlichen Grüßen");
  });

  it("makes one line of values that are one, and keeps lines where people write them", () => {
    expect(cleanValue("name", "Eve\r\nBcc: x@example.org").text).toBe("Eve Bcc: x@example.org");
    expect(cleanValue("name", "a\u2028b\u0000c\u202ed").text).toBe("a b cd");
    expect(cleanValue("address", " Street 1 \r\n\r\n\r\n City\t ").text).toBe("Street 1\n\nCity");
    expect(cleanValue("clause", "one\n  two\u00a0three").text).toBe("one two three");
    expect(cleanValue("name", undefined)).toEqual({ text: "", cut: false });
  });

  it("cuts what no name is that long, and says so", () => {
    const filled = letter("access", "DE", "en", { profile: { name: "N".repeat(5_000), email: "", address: "" } });
    expect(filled.shortened).toEqual(["name"]);
    expect(filled.body.length).toBeLessThan(5_000);
    expect(filled.body).toContain("N…");
    expect(cleanValue("name", "😀".repeat(300)).text).toBe(`${"😀".repeat(199)}…`);
  });

  it("never leaves a control character or an open brace of ours, whatever the values", () => {
    let seed = 7;
    const random = (below: number): number => (seed = (seed * 48_271) % 2_147_483_647) % below;
    const pieces = ["{name}", "{", "}", "\n", "\r", "\u0000", "\u202e", "$&", "$1", "<b>", "é", "😀", " ", "\ud800", "a"];
    for (let round = 0; round < 200; round += 1) {
      const text = Array.from({ length: random(20) }, () => pieces[random(pieces.length)] ?? "").join("");
      const values = Object.fromEntries(VARIABLES.map((name) => [name, text]));
      const filled = fillLetter({ template: LETTERS.languages.en.letters.access, language: LETTERS.languages.en, values, law: "gdpr" });
      expect(filled.body).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
      expect(filled.subject).not.toMatch(/\n/);
      const own = filled.paragraphs.flat().filter(({ variable }) => !variable).map((segment) => segment.text).join("");
      expect(own).not.toMatch(/[{}]/);
    }
  });

  it("of the short texts leaves alone what is not given", () => {
    expect(fillText("{date}: {text} {other}", { date: "{text}", text: "x" })).toBe("{text}: x {other}");
    expect(fillText("{constructor}", {})).toBe("{constructor}");
  });
});

describe("what goes into a letter", () => {
  it("has days as people write them", () => {
    expect(LANGUAGES.map((language) => letterDay("2026-11-23", language))).toEqual(["23 November 2026", "23. November 2026", "23 novembre 2026"]);
    expect(letterDay("2026-12-01", "fr")).toBe("1er décembre 2026");
  });

  it("names no address but https", () => {
    const subject = { entity: "E", document: "D", clause: "c", documentUrl: "javascript:alert(1)" };
    expect(letterValues(context("access", "DE", "en", { subject })).document_url).toBeUndefined();
  });

  it("has no days that are none", () => {
    expect(letterValues(context("reminder", "DE", "en", { until: "soon" })).until).toBeUndefined();
  });
});
