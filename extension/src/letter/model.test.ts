import { describe, expect, it } from "vitest";
import { followUpContext } from "../actions/case-letters";
import { action, directory, entry, QUOTE } from "../actions/testing/samples";
import type { Case } from "../actions/tracker";
import { LANGUAGES } from "../actions/types";
import type { DraftedProvision, LetterDraft } from "../letter-draft";
import { firstKind, letterKinds, letterSheet, type LetterInput, type Written } from "./model";

const WRITTEN: Written = {
  name: "Zoë Müller", email: "zoe@example.org", address: "", customerNumber: "7", acceptedOn: "", correction: "", reasons: "", answeredOn: "", refusal: "",
};

function draft(change: Partial<DraftedProvision> = {}, wayId = "request:access"): LetterDraft {
  return {
    entity: { id: "example", name: "Example" },
    document: { id: "CL-D-000001", title: "Policy", url: "https://example.com/policy" },
    provision: {
      id: "CL-P-000001",
      title: "Training",
      type: { id: "ai-training-on-user-content", title: "Training" },
      severity: "high",
      actions: [],
      clause: QUOTE,
      ...change,
    },
    directory: directory(entry({ kind: "contact", email: "privacy@example.com", recipient: "Example, Inc." })),
    wayId,
  };
}

function input(change: Partial<LetterInput> = {}): LetterInput {
  return {
    source: { kind: "draft", draft: draft() },
    kind: "objection-ai-training",
    placeCode: "DE",
    language: "en",
    written: WRITTEN,
    today: "2026-11-23",
    authorityId: null,
    followUps: followUpContext,
    ...change,
  };
}

const CASE: Case = {
  id: "case-1",
  request: "access",
  law: "gdpr",
  place: "FR",
  right: "yes",
  article: "Article 15 GDPR",
  deadline: { value: 1, unit: "months", basis: "law", phrase: { en: "within one month", de: "a", fr: "b" } },
  language: "fr",
  entity: { id: "example", name: "Example" },
  document: null,
  provision: null,
  recipient: "privacy@example.com",
  authority: null,
  events: [{ kind: "sent", on: "2026-08-01", way: "email" }, { kind: "refused", on: "2026-08-20", text: "Too much work." }],
};

describe("a letter about a clause", () => {
  it("opens with the request of the chosen way, and offers what fits before the rest", () => {
    const source = { kind: "draft" as const, draft: draft() };
    expect(firstKind(source, "DE", "en")).toBe("access");
    const { fitting, others } = letterKinds(source, "DE", "en");
    expect(fitting[0]).toBe("objection-ai-training");
    expect(others).not.toContain("objection-ai-training");
    expect(others).not.toContain("reminder");
    expect(letterKinds(source, "elsewhere", "en").others).not.toContain("complaint");
  });

  it("names the clause, the article and the sender, and knows whom it goes to", () => {
    const sheet = letterSheet(input());
    expect(sheet.letter?.body).toContain(QUOTE);
    expect(sheet.letter?.body).toContain("Article 21(1) GDPR");
    expect(sheet.letter?.body).toContain("To Example, Inc.");
    expect(sheet.recipient?.email).toBe("privacy@example.com");
    expect(sheet.letter?.missing).toEqual([]);
    expect(sheet.asked).toEqual(["name", "email", "customer_number", "address", "reasons"]);
  });

  it("asks for what its template needs, and says what is missing", () => {
    const sheet = letterSheet(input({ kind: "rectification", written: { ...WRITTEN, name: "" } }));
    expect(sheet.asked).toContain("correction");
    expect(sheet.letter?.missing).toEqual(expect.arrayContaining(["name", "correction"]));
  });

  it("counts the days of an opt-out that the clause itself gives", () => {
    const clause = "You may opt out of arbitration within 30 days of accepting these terms, by e-mail to arbitration@example.com.";
    const source = { kind: "draft" as const, draft: draft({ type: { id: "binding-arbitration", title: "x" }, clause }) };
    const sheet = letterSheet(input({ source, kind: "arbitration-opt-out", placeCode: "US-CA", written: { ...WRITTEN, acceptedOn: "2026-11-20" } }));
    expect(sheet.asked).toContain("accepted_on");
    expect(sheet.optOutUntil).toBe("2026-12-20");
    expect(sheet.recipient?.email, "the address that the clause names, as the card says").toBe("arbitration@example.com");
    expect(sheet.letter?.body).toContain("within the time limit that the clause sets");
    const late = letterSheet(input({ source, kind: "arbitration-opt-out", placeCode: "US-CA", written: { ...WRITTEN, acceptedOn: "2025-01-20" } }));
    expect(late.optOutUntil).toBe("2025-02-19");
    expect(late.letter?.body).not.toMatch(/time limit|2025/);
  });

  it("goes to an authority the reader can choose, when it is a complaint", () => {
    const sheet = letterSheet(input({ kind: "complaint", placeCode: "FR" }));
    expect(sheet.recipient).toBeNull();
    expect(sheet.authority?.name).toContain("Commission Nationale");
    const [, other] = sheet.authorities;
    if (other) expect(letterSheet(input({ kind: "complaint", placeCode: "FR", authorityId: other.id })).authority?.id).toBe(other.id);
  });

  it("is the record's own where none of ours fits", () => {
    const own = action({ kind: "contact", title: "Ask", letter: { subject: "About {entity}", body: "Dear {entity}, yours, {name}" }, email: "ask@example.com" });
    const source = { kind: "draft" as const, draft: draft({ type: { id: "indemnification", title: "x" }, actions: [own] }, "action:0") };
    expect(firstKind(source, "elsewhere", "en")).toBe("own");
    const sheet = letterSheet(input({ source, kind: "own", placeCode: "elsewhere" }));
    expect(sheet.letter?.body).toBe("Dear Example, yours, Zoë Müller");
    expect(sheet.rule).toBeNull();
  });

  it("is none where the law knows none, and none breaks on a place that does not exist", () => {
    expect(letterSheet(input({ kind: "complaint", placeCode: "elsewhere" })).letter).toBeNull();
    expect(letterSheet(input({ placeCode: "Atlantis" })).place).toBeNull();
    expect(letterSheet(input({ source: { kind: "draft", draft: { ...draft(), directory: null } } })).recipient).toBeNull();
  });
});

describe("a letter to a company, about no clause", () => {
  const source = { kind: "draft" as const, draft: { ...draft(), document: null, provision: null, wayId: null } };

  it("is one that says what it wants without a clause", () => {
    expect(firstKind(source, "DE", "en")).toBe("access");
    const { fitting, others } = letterKinds(source, "DE", "en");
    expect(fitting).toEqual([]);
    expect(others).toEqual(["access", "erasure", "objection-marketing", "objection-ai-training", "consent-withdrawal", "portability", "rectification", "opt-out-sale-sharing", "limit-sensitive"]);
  });

  it.each(["DE", "UK", "CH", "US-CA", "US-CO", "BR", "CA", "CA-QC", "AU", "elsewhere"])("is whole in %s in every language, whatever it asks for", (placeCode) => {
    for (const language of LANGUAGES) {
      for (const kind of letterKinds(source, placeCode, language).others) {
        const written = { ...WRITTEN, correction: "My name is spelt wrong." };
        const sheet = letterSheet(input({ source, kind, placeCode, language, written, followUps: null }));
        expect(sheet.letter?.missing, `${kind} ${language}`).toEqual([]);
        expect(sheet.recipient?.email).toBe("privacy@example.com");
      }
    }
  });
});

describe("the next letter of a case", () => {
  it("keeps the case's place, and lays it out in a complaint", () => {
    const source = { kind: "case" as const, item: CASE, request: "complaint" as const };
    const sheet = letterSheet(input({ source, kind: "complaint", placeCode: "US-CA", language: "en" }));
    expect(sheet.place?.code).toBe("FR");
    expect(sheet.letter?.body).toContain("1 August 2026");
    expect(sheet.letter?.body).toContain("Too much work.");
    expect(letterKinds(source, "US-CA", "en").fitting).toEqual(["reminder", "answer-to-refusal", "complaint"]);
  });
});
