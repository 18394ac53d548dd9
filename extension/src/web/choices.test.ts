import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { keep } from "./browser-store";
import { chooseLanguage, choosePlace, keepChoices, readChoices } from "./choices";
import { MapStorage } from "./testing/map-storage";

let local: MapStorage;
beforeEach(() => {
  local = new MapStorage();
  vi.stubGlobal("localStorage", local);
  vi.stubGlobal("sessionStorage", new MapStorage());
});
afterEach(() => vi.unstubAllGlobals());

it("are kept in this tab only", () => {
  expect(readChoices()).toEqual({ place: null, language: null });
  choosePlace("DE");
  chooseLanguage("fr");
  expect(readChoices()).toEqual({ place: "DE", language: "fr" });
  expect(local.map.size).toBe(0);
  vi.stubGlobal("sessionStorage", new MapStorage());
  expect(readChoices()).toEqual({ place: null, language: null });
});

it("stay on this computer while the profile does, and leave nothing behind", () => {
  choosePlace("DE");
  keep("local", "profile", { name: "Zoë" });
  keepChoices(true);
  chooseLanguage("de");
  vi.stubGlobal("sessionStorage", new MapStorage());
  expect(readChoices()).toEqual({ place: "DE", language: "de" });
  keepChoices(false);
  expect([...local.map.keys()]).toEqual(["clauselight:profile"]);
  expect(readChoices(), "this tab goes on").toEqual({ place: "DE", language: "de" });
});

it("are nobody's else: what is no word of ours is not chosen", () => {
  keep("session", "place", { evil: true });
  keep("session", "language", "xx");
  expect(readChoices()).toEqual({ place: null, language: null });
});
