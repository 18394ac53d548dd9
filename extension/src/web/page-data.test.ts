import { describe, expect, it } from "vitest";
import { choose } from "../actions/choose";
import { PLACES, REQUESTS } from "../actions/data";
import { placeOf } from "../actions/place";
import { action, directory, entry, provision } from "../actions/testing/samples";
import { choiceFor, DATA_ID, letterAddress, pageData, wayIn } from "./page-data";

const SAMPLE = provision("ai-training-on-user-content");
const CLAUSE = { type: SAMPLE.clause_type, severity: SAMPLE.severity, actions: [action({ kind: "change_setting", title: "Turn it off" })] };
const WHERE = directory(entry({ kind: "deletion", url: "https://example.com/leave" }), entry({ id: "b", kind: "contact", email: "privacy@example.com" }));

describe("the ways on a page of the server", () => {
  it.each(["DE", "UK", "CH", "US-CA", "US-CO", "BR", "CA-QC", "AU", "elsewhere", null])("are those of the extension, in its order, in %s", (code) => {
    const place = placeOf(PLACES, code);
    const clause = { actions: CLAUSE.actions, clause_type: CLAUSE.type, severity: CLAUSE.severity };
    const extension = choose({ provision: clause, directory: WHERE, place, requests: REQUESTS, language: "en" });
    const view = choiceFor(CLAUSE, WHERE, code);
    expect(view.place).toBe(code);
    expect([view.best, ...view.more].map((way) => way?.id)).toEqual([extension.best, ...extension.more].map((way) => way?.id));
    expect(view.because).toBe(extension.because);
  });

  it("offer every place, and take one that does not exist for none", () => {
    const view = choiceFor(CLAUSE, null, "Atlantis");
    expect(view.place).toBeNull();
    const codes = view.places.flatMap(({ places }) => places.map(({ code }) => code));
    for (const code of ["DE", "UK", "CH", "US-CA", "US-TX", "BR", "CA-QC", "AU", "elsewhere"]) expect(codes).toContain(code);
  });
});

it("tells the letter's page which way was chosen where no server sees it", () => {
  const address = new URL(letterAddress("CL-P-000001", "request:objection-ai-training"), "https://server.example");
  expect(address.pathname + address.search).toBe("/provisions/CL-P-000001/letter");
  expect(wayIn(address.hash)).toBe("request:objection-ai-training");
  expect(wayIn("")).toBeNull();
  expect(wayIn("#main")).toBeNull();
});

it("reads the data that the page carries, if it carries any", () => {
  const page = (text: string | null) => ({ getElementById: (id: string) => (id === DATA_ID && text !== null ? ({ textContent: text } as HTMLElement) : null) });
  expect(pageData(page('{"entity":{"id":"e","name":"E"}}'))).toEqual({ entity: { id: "e", name: "E" } });
  expect(pageData(page(null))).toBeNull();
});
