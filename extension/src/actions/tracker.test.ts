import { describe, expect, it } from "vitest";
import { LETTERS } from "./letter-data";
import { addDays, type Day } from "./deadline";
import { MONTH } from "./testing/samples";
import {
  accountOf,
  EMPTY_TRACKER,
  eventOf,
  letterOf,
  noticeOn,
  stateOf,
  withCase,
  withEvent,
  withoutCase,
  withoutEvent,
  type Case,
  type CaseEvent,
} from "./tracker";
import { exportTracker, mergeTrackers, MOST_CASES, readTracker } from "./tracker-file";

function made(events: CaseEvent[] = [], change: Partial<Case> = {}): Case {
  return {
    id: "case-1",
    request: "access",
    law: "gdpr",
    place: "DE",
    right: "yes",
    article: "Article 15 GDPR",
    deadline: MONTH,
    language: "en",
    entity: { id: "example", name: "Example, Inc." },
    document: { id: "CL-D-000001", title: "Privacy Policy", url: "https://example.com/privacy" },
    provision: { id: "CL-P-000001", title: "AI training", clause: "We may use" },
    recipient: "privacy@example.com",
    authority: { name: "The Authority", url: "https://example.org/" },
    events: [{ kind: "sent", on: "2026-11-23", way: "email" }, ...events],
    ...change,
  };
}

describe("a case", () => {
  it("waits until the last day, then is to be reminded of", () => {
    const item = made();
    expect(stateOf(item, "2026-11-23")).toMatchObject({ status: "waiting", next: "wait", due: "2026-12-23", latest: "2027-02-23", dueBasis: "law" });
    expect(stateOf(item, "2026-12-23").status).toBe("waiting");
    expect(stateOf(item, "2026-12-24")).toMatchObject({ status: "overdue", next: "remind", also: ["complain"] });
    expect(noticeOn(item, "2026-11-23")).toBe("2026-12-24");
  });

  it("is counted from receipt, by post later, or from the day that the reader entered", () => {
    expect(stateOf(made([], { events: [{ kind: "sent", on: "2026-11-23", way: "post" }] }), "2026-11-23")).toMatchObject({ receivedOn: "2026-11-26", due: "2026-12-28" });
    expect(stateOf(made([{ kind: "received", on: "2026-11-30" }]), "2026-11-30")).toMatchObject({ receivedOn: "2026-11-30", due: "2026-12-30" });
  });

  it("takes longer when the company says so: as long as it says, else as long as the law allows", () => {
    expect(stateOf(made([{ kind: "extended", on: "2026-12-10" }]), "2027-01-01")).toMatchObject({ status: "waiting", due: "2027-02-23" });
    expect(stateOf(made([{ kind: "extended", on: "2026-12-10", until: "2027-01-15" }]), "2027-01-16")).toMatchObject({ status: "overdue", due: "2027-01-15" });
  });

  it("goes from reminder to complaint when nobody answers", () => {
    const reminded = made([{ kind: "reminded", on: "2026-12-28", way: "email" }]);
    expect(stateOf(reminded, "2027-01-11")).toMatchObject({ status: "waiting", due: "2027-01-11", dueBasis: "asked", requestDue: "2026-12-23" });
    expect(stateOf(reminded, "2027-01-12")).toMatchObject({ status: "overdue", next: "complain" });
    const complained = withEvent(reminded, { kind: "complained", on: "2027-01-12" });
    expect(stateOf(complained, "2027-03-01")).toMatchObject({ status: "complained", next: "wait", due: null });
    expect(noticeOn(complained, "2027-03-01")).toBeNull();
  });

  it("that is refused is answered first, then goes to the authority", () => {
    const refused = made([{ kind: "refused", on: "2026-12-01", text: "No." }]);
    expect(stateOf(refused, "2026-12-02")).toMatchObject({ status: "refused", next: "answer-refusal", also: ["complain"], refusal: "No.", answeredOn: "2026-12-01", due: null });
    const objected = withEvent(refused, { kind: "objected", on: "2026-12-03", until: "2026-12-17" });
    expect(stateOf(objected, "2026-12-10")).toMatchObject({ status: "waiting", due: "2026-12-17", also: ["complain"] });
    expect(stateOf(objected, "2026-12-18")).toMatchObject({ status: "overdue", next: "complain" });
    expect(stateOf(withEvent(objected, { kind: "refused", on: "2026-12-12" }), "2026-12-13")).toMatchObject({ status: "refused", next: "complain" });
  });

  it("that is answered is read, and closed by the reader", () => {
    const answered = made([{ kind: "answered", on: "2026-12-01" }]);
    expect(stateOf(answered, "2027-05-01")).toMatchObject({ status: "answered", next: "read-answer", due: null });
    expect(stateOf(withEvent(answered, { kind: "closed", on: "2026-12-02" }), "2027-05-01")).toMatchObject({ status: "closed", next: "none", also: [] });
  });

  it("without a law ends with the reminder; no authority is promised", () => {
    const courtesy = made([{ kind: "reminded", on: "2026-12-28" }], { right: "courtesy", deadline: { ...MONTH, basis: "asked" } });
    expect(stateOf(courtesy, "2027-02-01")).toMatchObject({ status: "overdue", next: "none", also: ["remind"] });
    expect(stateOf(made([{ kind: "refused", on: "2026-12-01" }], { right: "courtesy" }), "2026-12-02").also).toEqual([]);
  });

  it("without a time limit only waits", () => {
    expect(stateOf(made([], { deadline: null }), "2030-01-01")).toMatchObject({ status: "waiting", due: null, next: "wait" });
  });

  it("keeps its events in the order of time and its first one", () => {
    const item = withEvent(withEvent(made(), { kind: "answered", on: "2026-12-10" }), { kind: "confirmed", on: "2026-11-25" });
    expect(item.events.map(({ kind }) => kind)).toEqual(["sent", "confirmed", "answered"]);
    expect(withEvent(made(), { kind: "note", on: "2020-01-01" }).events[0]?.kind).toBe("sent");
    expect(withoutEvent(item, 0)).toBe(item);
    expect(withoutEvent(item, 1).events.map(({ kind }) => kind)).toEqual(["sent", "answered"]);
  });

  it("always has a state, whatever happened in whatever order", () => {
    const kinds = ["received", "confirmed", "extended", "answered", "refused", "reminded", "objected", "complained", "note", "closed"] as const;
    let seed = 3;
    const random = (below: number): number => (seed = (seed * 48_271) % 2_147_483_647) % below;
    for (let round = 0; round < 300; round += 1) {
      let item = made();
      for (let left = random(8); left > 0; left -= 1) {
        item = withEvent(item, { kind: kinds[random(kinds.length)]!, on: addDays("2026-11-23", random(200)) });
      }
      const now: Day = addDays("2026-11-23", random(300));
      const state = stateOf(item, now);
      const step = letterOf(state.next);
      if (step) expect(eventOf(step)).not.toBe("sent");
      expect(state.status === "overdue" ? state.due! < now : true).toBe(true);
      expect(state.also).not.toContain(state.next);
      const read = readTracker(exportTracker(withCase(EMPTY_TRACKER, item), now));
      expect(read).toMatchObject({ ok: true, leftOut: 0 });
      expect(read.ok && stateOf(read.tracker.cases[0]!, now)).toEqual(state);
    }
  });
});

describe("the account of a case", () => {
  const item = made([
    { kind: "confirmed", on: "2026-11-24" },
    { kind: "reminded", on: "2026-12-28", way: "post" },
  ]);

  it("says what happened in the letter's language, with the end of the time where it belongs", () => {
    expect(accountOf(item, "2027-01-20", LETTERS.languages.de, "de").split("\n")).toEqual([
      "23. November 2026: Ich habe Example, Inc. mein Anliegen (Auskunft über meine personenbezogenen Daten) per E-Mail (privacy@example.com) mitgeteilt.",
      "24. November 2026: Example, Inc. hat den Eingang bestätigt.",
      "23. Dezember 2026: Die Frist zur Antwort ist abgelaufen. Ich habe keine Antwort erhalten.",
      "28. Dezember 2026: Ich habe Example, Inc. per Post erinnert.",
    ]);
  });

  it("does not claim that time is over when it is not, or when an answer came", () => {
    expect(accountOf(made(), "2026-12-01", LETTERS.languages.en, "en")).not.toContain("ended");
    expect(accountOf(made([{ kind: "refused", on: "2026-12-01" }]), "2027-12-01", LETTERS.languages.en, "en")).not.toContain("ended");
  });
});

describe("the tracker as a file", () => {
  const tracker = withCase(EMPTY_TRACKER, made([{ kind: "refused", on: "2026-12-01", text: "No.\nReally." }]));

  it("is read back as it was written", () => {
    const read = readTracker(exportTracker(tracker, "2026-12-02"));
    expect(read).toEqual({ ok: true, tracker, leftOut: 0 });
    expect(JSON.parse(exportTracker(tracker, "2026-12-02"))).toMatchObject({ kind: "clauselight-tracker", format: 1, exported_on: "2026-12-02" });
  });

  it("that is empty or not there is empty", () => {
    expect(readTracker(undefined)).toEqual({ ok: true, tracker: EMPTY_TRACKER, leftOut: 0 });
  });

  it.each([
    ["not JSON", "{", "not-a-tracker"],
    ["another file", '{"kind":"clauselight-settings","format":1,"cases":[]}', "not-a-tracker"],
    ["no list", '{"format":1,"cases":{}}', "not-a-tracker"],
    ["no format", '{"cases":[]}', "not-a-tracker"],
    ["a later version", '{"format":2,"cases":[]}', "newer"],
    ["a list", "[]", "not-a-tracker"],
    ["far too much", JSON.stringify({ format: 1, cases: Array.from({ length: MOST_CASES + 1 }, () => 0) }), "too-large"],
  ])("is refused: %s", (_, text, problem) => {
    expect(readTracker(text)).toEqual({ ok: false, problem });
  });

  it("leaves out what is no case, and says how many", () => {
    const good = tracker.cases[0]!;
    const broken = [
      null,
      "x",
      { ...good, id: "" },
      { ...good, id: "2", request: "dance" },
      { ...good, id: "3", events: [] },
      { ...good, id: "4", events: [{ kind: "sent", on: "yesterday" }] },
      { ...good, id: "5", events: [{ kind: "answered", on: "2026-11-23" }] },
      { ...good, id: "6", language: "xx" },
      { ...good, id: "7", entity: null },
      { ...good, id: "8", law: "x".repeat(501) },
      { ...good, id: "9", events: [{ kind: "sent", on: "9999-12-31" }] }, // sums with it leave the calendar
      good,
    ];
    const read = readTracker({ format: 1, cases: [good, ...broken] });
    expect(read).toEqual({ ok: true, tracker, leftOut: broken.length });
  });

  it("drops addresses that are none, unknown fields and half a time limit", () => {
    const good = tracker.cases[0]!;
    const evil = {
      ...good,
      __proto__: { polluted: true },
      extra: "<script>",
      document: { ...good.document, url: "javascript:alert(1)" },
      authority: { name: "A", url: "http://example.org" },
      deadline: { value: 1e9, unit: "months", basis: "law", phrase: MONTH.phrase },
    };
    const read = readTracker({ format: 1, cases: [evil] });
    expect(read.ok && read.tracker.cases[0]).toEqual({ ...good, document: { ...good.document, url: null }, authority: { name: "A", url: null }, deadline: null });
  });

  it("is put together with another: every event once", () => {
    const one = made([{ kind: "confirmed", on: "2026-11-24" }]);
    const other = made([{ kind: "confirmed", on: "2026-11-24" }, { kind: "answered", on: "2026-12-01" }]);
    const merged = mergeTrackers({ format: 1, cases: [one] }, { format: 1, cases: [other, made([], { id: "case-2" })] });
    expect(merged.cases.map(({ id }) => id)).toEqual(["case-1", "case-2"]);
    expect(merged.cases[0]?.events.map(({ kind }) => kind)).toEqual(["sent", "confirmed", "answered"]);
    expect(mergeTrackers(merged, merged)).toEqual(merged);
  });

  it("loses a case only when told", () => {
    expect(withoutCase(tracker, "case-1").cases).toEqual([]);
    expect(withoutCase(tracker, "other")).toEqual(tracker);
    expect(withCase(tracker, made()).cases).toHaveLength(1);
  });
});
