import { describe, expect, it } from "vitest";
import { authoritiesFor, namedAuthority } from "./authority";
import { followUpContext, followUpEvent, openSteps, startCase } from "./case-letters";
import { choose } from "./choose";
import { composeLetter } from "./compose";
import { PLACES, REQUESTS } from "./data";
import { AUTHORITIES, LETTERS } from "./letter-data";
import { mailLink } from "./mail-link";
import { placeOf } from "./place";
import { directory, entry, provision, QUOTE } from "./testing/samples";
import { letterOf, stateOf, withEvent } from "./tracker";
import type { Language } from "./types";

const profile = { name: "Zoë Müller", email: "zoe@example.org", address: "" };

describe("the whole path, from the clause to the authority", () => {
  it.each([
    ["FR", "fr", "ai-training-on-user-content", "article 21, paragraphe 1, du RGPD", "2026-12-23", "Commission Nationale"],
    ["US-CA", "en", "data-sale", "California Civil Code §§ 1798.120 and 1798.135", "2026-12-14", "California Privacy Protection Agency"],
    ["CH", "de", "marketing-use", "Artikel 30 Absatz 2 Buchstabe b", "2026-12-23", "Eidgenössischer Datenschutz"],
  ] as const)("in %s", (code, language: Language, type, article, due, authorityName) => {
    const place = placeOf(PLACES, code);
    const contact = entry({ kind: "contact", email: "privacy@example.com", recipient: "Example, Inc." });
    const { best } = choose({ provision: provision(type), directory: directory(contact), place, requests: REQUESTS, language });
    const rule = best!.rule!;
    const authority = namedAuthority(authoritiesFor(place, rule.law, AUTHORITIES, directory(contact), language));
    expect(authority?.name).toContain(authorityName);

    const letters = LETTERS.languages[language];
    const letter = composeLetter({
      language,
      letters,
      rule,
      profile,
      subject: { entity: best!.recipient!.name!, document: "Policy", documentUrl: "https://example.com/p", clause: QUOTE },
      today: "2026-11-23",
      place: "California",
      authority: authority?.name ?? null,
    });
    expect(letter.missing).toEqual([]);
    expect(letter.body).toContain(article);
    expect(letter.body).toContain(QUOTE);
    expect(mailLink({ to: best!.recipient!.email, ...letter }).kind).not.toBe("no-address");

    let item = startCase({
      id: "1",
      rule,
      place,
      language,
      entity: { id: "example", name: "Example, Inc." },
      document: { id: "CL-D-000001", title: "Policy", url: "https://example.com/p" },
      provision: { id: "CL-P-000001", title: "Clause", clause: QUOTE },
      recipient: "privacy@example.com",
      authority,
      on: "2026-11-23",
      way: "email",
    });
    expect(stateOf(item, "2026-11-23")).toMatchObject({ status: "waiting", due });

    for (const [day, kind] of [["2027-01-11", "reminder"], ["2027-02-08", "complaint"]] as const) {
      expect(letterOf(stateOf(item, day).next)).toBe(kind);
      const context = followUpContext(item, kind, { laws: REQUESTS.laws, place, letters, profile, today: day, authority: authority?.name ?? null });
      const follow = composeLetter(context!);
      expect(follow.missing).toEqual([]);
      expect(follow.body).toContain(article);
      expect(follow.body.replaceAll(QUOTE, "")).not.toMatch(/[{}]/);
      if (kind === "complaint") {
        expect(follow.body).toContain(authorityName);
        expect(context!.earlier!.account!.split("\n").length).toBe(3);
      }
      item = withEvent(item, followUpEvent(context!.rule, day, "email"));
    }
    expect(stateOf(item, "2027-03-01").status).toBe("complained");
  });
});

describe("a follow-up", () => {
  it("is only offered where the law has it: no appeal in Utah, so the authority is next", () => {
    const steps = (code: string) => {
      const place = placeOf(PLACES, code);
      const { best } = choose({ provision: provision("long-retention"), directory: null, place, requests: REQUESTS, language: "en" });
      const item = startCase({ id: "1", rule: best!.rule!, place, language: "en", entity: { id: "e", name: "E" }, on: "2026-11-23", way: "post" });
      return openSteps(withEvent(item, { kind: "refused", on: "2026-12-01" }), "2026-12-02", REQUESTS.laws, place);
    };
    expect(steps("US-VA")).toEqual(["answer-refusal", "complain"]);
    expect(steps("US-UT")).toEqual(["complain"]);
    expect(steps("elsewhere")).toEqual(["answer-refusal"]);
  });

  it("gives the company the time that the law of a complaint or an appeal sets, else two weeks", () => {
    const until = (code: string, kind: "reminder" | "answer-to-refusal") => {
      const place = placeOf(PLACES, code);
      const { best } = choose({ provision: provision("long-retention"), directory: null, place, requests: REQUESTS, language: "en" });
      const item = startCase({ id: "1", rule: best!.rule!, place, language: "en", entity: { id: "e", name: "E" }, on: "2026-11-23", way: "email" });
      const known = { laws: REQUESTS.laws, place, letters: LETTERS.languages.en, profile, today: "2027-01-11" };
      const context = followUpContext(item, kind, known)!;
      expect(followUpEvent(context.rule, "2027-01-11", "email").until).toBe(context.until);
      return context.until;
    };
    expect(until("DE", "reminder")).toBe("2027-01-25");
    expect(until("AU", "reminder")).toBe("2027-02-10");
    expect(until("UK", "answer-to-refusal")).toBe("2027-02-10");
    expect(until("US-VA", "answer-to-refusal")).toBe("2027-03-12");
    expect(until("US-CO", "answer-to-refusal")).toBe("2027-02-25");
  });

  it("does not exist where the law knows none", () => {
    const place = placeOf(PLACES, "elsewhere");
    const { best } = choose({ provision: provision("long-retention"), directory: null, place, requests: REQUESTS, language: "en" });
    const item = startCase({ id: "1", rule: best!.rule!, place, language: "en", entity: { id: "e", name: "E" }, on: "2026-11-23", way: "post" });
    const known = { laws: REQUESTS.laws, place, letters: LETTERS.languages.en, profile, today: "2027-01-11" };
    expect(followUpContext(item, "complaint", known)).toBeNull();
    expect(composeLetter(followUpContext(item, "reminder", known)!).body).toContain("I have no answer yet.");
  });
});
