import { describe, expect, it } from "vitest";
import type { Authority } from "../contract/types";
import { authoritiesFor, namedAuthority } from "./authority";
import { choose, type Choice } from "./choose";
import { PLACES, REQUESTS } from "./data";
import { lawFor, ruleFor } from "./law";
import { AUTHORITIES } from "./letter-data";
import { allPlaces, appliesTo, placeOf } from "./place";
import { recipientFor } from "./recipient";
import { action, directory, entry, provision } from "./testing/samples";
import type { WaysInput } from "./ways";

const AI = "ai-training-on-user-content";
const OBJECT = action({
  kind: "object",
  title: "Object to training",
  jurisdictions: ["EEA", "UK", "CH", "BR"],
  effect: "limits",
  letter: { subject: "Objection", body: "To {entity}" },
  minutes: 10,
});
const SETTING = action({ title: "Turn off training", minutes: 5 });
const contact = entry({ kind: "contact", email: "privacy@example.com", recipient: "Example, Inc." });

function chosen(place: string | null, change: Partial<WaysInput> = {}): Choice {
  return choose({
    provision: provision(AI, [SETTING, OBJECT]),
    directory: directory(contact),
    place: placeOf(PLACES, place),
    requests: REQUESTS,
    language: "en",
    ...change,
  });
}

const ids = (choice: Choice): string[] => [choice.best, ...choice.more].map((way) => way?.id ?? "none");

describe("AI training, at three places", () => {
  it("in Germany is objected to by a letter that is one click away", () => {
    const { best, because, law, reach, absent } = chosen("DE");
    expect(law.id).toBe("gdpr");
    expect(best).toMatchObject({ id: "action:1", title: "Object to training", how: "email", request: "objection-ai-training", right: "yes", letter: null });
    expect(best?.recipient).toMatchObject({ email: "privacy@example.com", name: "Example, Inc." });
    expect(best?.deadline).toMatchObject({ value: 1, unit: "months", basis: "law" });
    expect(best?.refuse).toContain("compelling legitimate grounds");
    expect(because).toBe("ease");
    expect(reach).toBe("limits");
    expect(absent).toEqual([]);
  });

  it("in California has no such right, which is said, with what comes closest", () => {
    const choice = chosen("US-CA");
    expect(choice.law.id).toBe("ccpa");
    expect(choice.absent).toMatchObject([{ request: "objection-ai-training", instead: ["erasure", "opt-out-sale-sharing"] }]);
    expect(choice.absent[0]?.rule.rule.note).toContain("no right to refuse AI training");
    expect(choice.best).toMatchObject({ request: "opt-out-sale-sharing", right: "yes", effect: "limits" });
    expect(ids(choice)).not.toContain("action:1");
  });

  it("elsewhere is only a setting, and requests that the company may refuse", () => {
    const choice = chosen("elsewhere");
    expect(choice.law.id).toBe("elsewhere");
    expect(choice.best?.id).toBe("action:0");
    expect(choice.more.filter(({ request }) => request).every(({ right }) => right === "courtesy")).toBe(true);
    expect(choice.more.some(({ how }) => how === "complaint")).toBe(false);
  });

  it("without a chosen place asks for it", () => {
    expect(chosen(null)).toMatchObject({ placeMissing: true, law: { id: "elsewhere" } });
    expect(chosen("Atlantis").placeMissing).toBe(true);
    expect(chosen("DE").placeMissing).toBe(false);
  });
});

describe("the order", () => {
  it("puts what costs the account and complaints behind the rest", () => {
    const choice = chosen("FR", { directory: directory(contact, entry({ kind: "deletion", url: "https://example.com/delete" })) });
    const order = [choice.best!, ...choice.more];
    const lost = order.findIndex(({ cost }) => cost.accountLost);
    const complaint = order.findIndex(({ how }) => how === "complaint");
    expect(order[0]?.cost.accountLost).toBe(false);
    expect(order.slice(lost).every(({ cost }) => cost.accountLost)).toBe(true);
    expect(complaint).toBe(lost - 1);
  });

  it("does not mind the account where leaving is what fits", () => {
    const choice = chosen("DE", { provision: provision("long-retention", [], "medium") });
    expect(choice.best?.request).toBe("erasure");
  });

  it("prefers a page to a letter where both help alike", () => {
    const page = action({ kind: "opt_out", title: "Opt out", url: "https://example.com/opt-out", effect: "ends", jurisdictions: ["US-CA"] });
    const choice = chosen("US-CA", { provision: provision("targeted-advertising", [page]), directory: directory(entry({ kind: "opt_out", url: "https://example.com/choices" })) });
    expect(choice.best).toMatchObject({ id: "action:0", how: "link", effect: "ends" });
    expect(choice.more[0]).toMatchObject({ request: "opt-out-sale-sharing", how: "letter", effect: "ends" });
    expect(choice.because).toBe("ease");
  });

  it("puts a page that is gone last, and never links it as a form", () => {
    const check = { status: "dead" as const, checked_at: "2026-11-01T00:00:00Z" };
    const gone = entry({ kind: "setting", url: "https://example.com/gone", check });
    const choice = chosen("DE", { directory: directory(gone, entry({ kind: "contact", url: "https://example.com/form", check })) });
    expect(ids(choice).at(-1)).toBe("directory:setting-1");
    expect(choice.best?.how).toBe("letter");
  });

  it("is the same however often and in whatever order the directory has things", () => {
    const entries = [contact, entry({ kind: "setting", url: "https://example.com/a" }), entry({ kind: "deletion", url: "https://example.com/b" })];
    const first = ids(chosen("DE", { directory: directory(...entries) }));
    for (let round = 0; round < 5; round += 1) expect(ids(chosen("DE", { directory: directory(...entries) }))).toEqual(first);
    expect(ids(chosen("DE", { directory: directory(...entries.toReversed()) }))).toEqual(first);
  });
});

describe("what can be asked, for every clause type at every place", () => {
  const places = allPlaces(PLACES).flatMap((group) => group.places);

  it("never offers a right that the law does not give, and says how each way is done", () => {
    for (const type of Object.keys(REQUESTS.requests_for)) {
      for (const place of places) {
        const choice = choose({ provision: provision(type), directory: directory(contact), place, requests: REQUESTS, language: "de" });
        const ways = choice.best ? [choice.best, ...choice.more] : [];
        expect(new Set(ids(choice)).size).toBe(ids(choice).length);
        for (const way of ways) {
          expect(way.right, `${type} ${place.code}`).not.toBe("none");
          expect(way.deadline, `${type} ${place.code} ${way.id}`).not.toBeNull();
          if (way.right !== "yes") expect(way.note).toBeTruthy();
          if (way.right === "yes" || way.right === "partly") expect(way.refuse).toBeTruthy();
          if (way.right === "courtesy") expect(way.rule?.article).toBeNull();
        }
        for (const { request, rule, instead } of choice.absent) {
          expect(rule.right).toBe("none");
          expect(ways.some((way) => way.request === request)).toBe(false);
          for (const other of instead) expect(ruleFor(REQUESTS.laws, other, place).right).not.toBe("none");
        }
        expect(choice.reach === "none").toBe(ways.length === 0);
      }
    }
  });

  it("is nothing for a clause that no request is about, and that is said", () => {
    const choice = chosen("DE", { provision: provision("indemnification"), directory: null });
    expect(choice).toMatchObject({ best: null, because: null, more: [], reach: "none", leaving: null });
  });

  it("is no complaint about a clause in the reader's favour", () => {
    const choice = chosen("DE", { provision: provision("no-data-sale", [], "protective") });
    expect([choice.best, ...choice.more].map((way) => way?.request)).toEqual(["access"]);
  });
});

describe("the record's own actions", () => {
  it("keep their letter where none of ours fits", () => {
    const own = action({ kind: "contact", title: "Write", letter: { subject: "S", body: "B" } });
    const choice = chosen("DE", { provision: provision("indemnification", [own]) });
    expect(choice.best).toMatchObject({ id: "action:0", how: "letter", request: null, letter: { subject: "S", body: "B" } });
    const aboutData = chosen("DE", { provision: provision("data-use-purposes", [own]) });
    expect(aboutData.more.find(({ id }) => id === "action:0")).toMatchObject({ how: "email", letter: { subject: "S" } });
  });

  it("are served by our letter under another name of the right", () => {
    const own = action({ kind: "opt_out", title: "Opt out", letter: { subject: "S", body: "B" }, jurisdictions: ["EEA"], effect: "ends" });
    const choice = chosen("DE", { provision: provision("marketing-use", [own]) });
    expect(choice.best).toMatchObject({ id: "action:0", request: "objection-marketing", letter: null });
    expect([choice.best, ...choice.more].filter((way) => way?.request === "objection-marketing")).toHaveLength(1);
  });

  it("to complain get the complaint with the case laid out", () => {
    const own = action({ kind: "complain", title: "Tell the authority", effect: "informs" });
    const choice = chosen("DE", { provision: provision(AI, [own]) });
    expect(choice.more.find(({ id }) => id === "action:0")).toMatchObject({ how: "complaint", request: "complaint", right: "yes" });
  });

  it("of other places are not offered", () => {
    expect(ids(chosen("AU"))).not.toContain("action:1");
  });
});

describe("bad data", () => {
  it("never becomes a link or an address", () => {
    const evil = [
      entry({ id: "a", kind: "setting", url: "javascript:alert(1)" }),
      entry({ id: "b", kind: "setting", url: "https://user:pass@example.com/" }),
      entry({ id: "c", kind: "contact", email: "a@example.com\r\nBcc: b@example.com", url: "http://example.com/" }),
    ];
    const choice = chosen("DE", {
      directory: directory(...evil),
      provision: provision(AI, [action({ url: "javascript:alert(1)" }), action({ title: "Mail", email: "x@y\nBcc: z@example.com" })]),
    });
    for (const way of [choice.best!, ...choice.more]) {
      expect(way.url).toBeNull();
      expect(way.recipient?.email ?? null).toBeNull();
      expect(way.recipient?.form ?? null).toBeNull();
    }
  });

  it("of a company without any contact leaves the letter to copy", () => {
    expect(chosen("DE", { directory: null }).best).toMatchObject({ how: "letter", recipient: null });
    expect(chosen("DE", { directory: directory() }).best?.how).toBe("letter");
  });
});

describe("whom to write to", () => {
  it("is the entry for the request and the country, then the general contact", () => {
    const place = placeOf(PLACES, "DE");
    const entries = directory(
      entry({ id: "all", kind: "contact", email: "all@example.com" }),
      entry({ id: "de", kind: "contact", email: "de@example.com", countries: ["DE"] }),
      entry({ id: "us", kind: "access", email: "us@example.com", countries: ["US"] }),
      entry({ id: "access", kind: "access", email: "access@example.com" }),
    );
    expect(recipientFor("access", entries, place, "en")?.email).toBe("access@example.com");
    expect(recipientFor("erasure", entries, place, "en")?.email).toBe("de@example.com");
    expect(recipientFor("erasure", entries, placeOf(PLACES, "FR"), "en")?.email).toBe("all@example.com");
    expect(recipientFor("erasure", null, place, "en")).toBeNull();
  });

  it("is by post or with a form where there is no e-mail address", () => {
    expect(chosen("DE", { directory: directory(entry({ kind: "contact", postal: "Example\nStreet 1" })) }).best?.how).toBe("post");
    const form = chosen("DE", { directory: directory(entry({ kind: "contact", url: "https://example.com/form" })) }).best;
    expect(form).toMatchObject({ how: "form", recipient: { form: "https://example.com/form" } });
  });
});

describe("an opt-out of arbitration", () => {
  const words = (exact: string) => ({ ...provision("binding-arbitration"), quote: { selector: { exact } } });

  it("goes to the address in the clause, never to the contact for personal data", () => {
    const named = chosen("US", { provision: words("You may opt out by e-mail to arbitration@example.com. within 30 days.") });
    expect(named.best).toMatchObject({ request: "arbitration-opt-out", how: "email", right: "contract", recipient: { email: "arbitration@example.com" } });
    for (const clause of ["You may opt out by letter.", "Write to a@example.com or b@example.com to opt out."]) {
      expect(chosen("US", { provision: words(clause) }).best).toMatchObject({ how: "letter", recipient: null });
    }
  });
});

describe("leaving", () => {
  it("is not the first thing offered unless the clause is about it, and ends nothing else", () => {
    const choice = chosen("DE", { provision: provision("broad-content-license", [action({ title: "Narrow the audience" })]) });
    expect(choice.best?.title).toBe("Narrow the audience");
    expect(choice.more.find(({ request }) => request === "erasure")).toMatchObject({ effect: "limits", cost: { accountLost: true } });
    expect(chosen("DE", { provision: provision("long-retention") }).best).toMatchObject({ request: "erasure", effect: "ends" });
  });

  it("is told also where there is no page for it", () => {
    const hard = entry({ kind: "deletion", difficulty: "impossible", notes: { en: "No way.", de: "Kein Weg." } });
    expect(chosen("DE", { directory: directory(hard), language: "de" }).leaving).toEqual({ difficulty: "impossible", url: null, note: "Kein Weg." });
  });
});

describe("places", () => {
  it("have one law each", () => {
    const law = (code: string): string => lawFor(REQUESTS.laws, placeOf(PLACES, code)).id;
    expect(["DE", "NO", "UK", "CH", "US-CA", "US-TX", "US-WA", "US", "BR", "CA", "CA-QC", "AU", "elsewhere"].map(law)).toEqual([
      "gdpr", "gdpr", "uk-gdpr", "swiss-fadp", "ccpa", "us-states", "us-federal", "us-federal", "lgpd", "pipeda", "quebec", "australian-privacy-act", "elsewhere",
    ]);
  });

  it("of states have the state's article, time and gaps", () => {
    const rule = (code: string, kind: "access" | "rectification" | "objection-marketing") => ruleFor(REQUESTS.laws, kind, placeOf(PLACES, code));
    expect(rule("US-VA", "access").article?.de).toBe("Va. Code § 59.1-577(A)(1)");
    expect(rule("US-IA", "access").deadline?.value).toBe(90);
    expect(rule("US-IA", "rectification")).toMatchObject({ right: "none", article: null, deadline: null });
    expect(rule("US-VA", "objection-marketing").article?.en).toContain("CAN-SPAM");
  });

  it("take what is said of them, of their group and of everywhere", () => {
    const texas = placeOf(PLACES, "US-TX");
    expect(["US-TX", "US", "worldwide", "US-CA", "EEA"].map((code) => appliesTo([code], texas))).toEqual([true, true, true, false, false]);
    expect(appliesTo(["EEA"], null)).toBe(false);
    expect(texas?.signal).toBe(true);
  });
});

describe("authorities", () => {
  const authority = (id: string, change: Partial<Authority> = {}): Authority => ({
    id,
    name: id,
    field: "data_protection",
    covers: "everyone",
    jurisdictions: ["DE"],
    project: "datenanfragen",
    licence: "CC0-1.0",
    ...change,
  });
  const list = [
    authority("public", { covers: "public_bodies" }),
    authority("berlin", { jurisdictions: ["DE-BE"], email: "post@example.org" }),
    authority("federal", { complaint_url: "https://example.org/complain" }),
    authority("ireland", { jurisdictions: ["IE"] }),
    authority("consumers", { field: "consumer" }),
  ];

  it("are the reader's own first, then those of its parts, then the company's, then the law's list", () => {
    const source = entry({ kind: "contact" }).source;
    const company = { ...directory(), authorities: [{ authority: "ireland", jurisdiction: "EEA", basis: "seat" as const, source }] };
    const place = placeOf(PLACES, "DE");
    const options = authoritiesFor(place, lawFor(REQUESTS.laws, place), list, company);
    expect(options.map(({ id, basis }) => [id, basis])).toEqual([
      ["federal", "place"],
      ["berlin", "part"],
      ["ireland", "company"],
      ["edpb-authorities", "law"],
    ]);
  });

  it("are named in letters only when it is certain which one, in the letter's language where it has a name there", () => {
    const at = (code: string, known: Authority[] = []) => {
      const place = placeOf(PLACES, code);
      return namedAuthority(authoritiesFor(place, lawFor(REQUESTS.laws, place), known, null, "fr"))?.name ?? null;
    };
    expect(at("DE", list)).toBe("federal");
    expect(at("DE", list.filter(({ id }) => id !== "federal"))).toBeNull();
    expect(at("DE")).toBeNull();
    expect(at("CH")).toBe("Préposé fédéral à la protection des données et à la transparence (PFPDT)");
    expect(at("UK")).toBe("Information Commissioner's Office");
  });

  it("of the list that comes along are there for every place with a law that has one", () => {
    for (const place of allPlaces(PLACES).flatMap((group) => group.places)) {
      const law = lawFor(REQUESTS.laws, place);
      const options = authoritiesFor(place, law, AUTHORITIES, null, "de");
      expect(options.length > 0, place.code).toBe(law.rules.complaint.right !== "none");
      for (const option of options) expect(option.url ?? option.email ?? option.postal, option.id).toBeTruthy();
      if (place.group === "eea") expect(options.some(({ basis }) => basis === "place" || basis === "part"), place.code).toBe(true);
      if (place.group === "eea" && place.code !== "DE") expect(namedAuthority(options), place.code).not.toBeNull();
    }
    const swiss = placeOf(PLACES, "CH");
    expect(authoritiesFor(swiss, lawFor(REQUESTS.laws, swiss), AUTHORITIES, null, "de")[0]?.name).toContain("Eidgenössischer");
  });

  it("are the law's where the list knows none, and none elsewhere", () => {
    const place = placeOf(PLACES, "CA-QC");
    expect(authoritiesFor(place, lawFor(REQUESTS.laws, place), [], null).map(({ id }) => id)).toEqual(["cai-quebec"]);
    const nowhere = placeOf(PLACES, "elsewhere");
    expect(authoritiesFor(nowhere, lawFor(REQUESTS.laws, nowhere), list, null)).toEqual([]);
  });
});
