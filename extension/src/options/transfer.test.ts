import { expect, it, vi } from "vitest";
import { fakeArea } from "../platform/testing/fake-storage";
import { DEFAULT_SETTINGS, type Settings } from "../settings";

vi.mock("../platform/storage", () => ({ local: fakeArea() }));
const { exportText, importText } = await import("./transfer");

const CHOSEN: Settings = {
  serverAddress: "https://clauses.example",
  publicKey: null,
  mode: "manual",
  analyseAtOnce: true,
  keepAnalysed: false,
  hiddenSeverities: ["low"],
  hiddenCategories: ["payment"],
  rememberRead: false,
  place: "US-CA",
  letterLanguage: "de",
  reminders: true,
  onboarded: true,
};

it("reads back what it wrote", () => {
  expect(importText(exportText(CHOSEN))).toEqual(CHOSEN);
});

it("refuses what is no settings file", () => {
  for (const text of ["", "{}", "null", "[1]", '{"kind":"clauselight-settings","version":2,"settings":{}}']) {
    expect(importText(text), text).toBeNull();
  }
});

it("does not take over a dangerous address", () => {
  const text = exportText({ ...CHOSEN, serverAddress: "http://spy.example" });
  expect(importText(text)).toEqual({ ...CHOSEN, serverAddress: DEFAULT_SETTINGS.serverAddress });
});
