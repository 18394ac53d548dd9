import { expect, it } from "vitest";
import { DEFAULT_SETTINGS } from "../settings";
import { analysedSet, knownSet } from "../background/testing/fixtures";
import { siteDocuments } from "./site";

const analysed = analysedSet("https://murmurloft.example/privacy");
const unknown = knownSet("https://murmurloft.example/terms");

it("lists the document with the worst clauses first, and the others too", () => {
  const [first, second] = siteDocuments([unknown, analysed], DEFAULT_SETTINGS);
  expect(first).toMatchObject({ id: analysed.document.id, analysed: true });
  expect(first?.counts.reduce((sum, { count }) => sum + count, 0)).toBe(analysed.provisions.length);
  expect(first?.worst[0]?.severity).toBe(first?.counts[0]?.severity);
  expect(second).toMatchObject({ title: unknown.document.title, analysed: false, counts: [], worst: [] });
});

it("counts what the user wants to see", () => {
  const hiddenSeverities = ["critical", "high", "medium", "low", "protective"] as const;
  expect(siteDocuments([analysed], { ...DEFAULT_SETTINGS, hiddenSeverities })[0]).toMatchObject({ counts: [], worst: [], analysed: true });
});

it("links nothing but https", () => {
  const hostile = { ...unknown, document: { ...unknown.document, urls: ["javascript:alert(1)"] } };
  expect(siteDocuments([hostile], DEFAULT_SETTINGS)[0]?.link).toBeNull();
});
