import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { canKeep, forget, keep, readKept } from "./browser-store";
import { MapStorage } from "./testing/map-storage";

let local: MapStorage;
beforeEach(() => {
  local = new MapStorage();
  vi.stubGlobal("localStorage", local);
});
afterEach(() => vi.unstubAllGlobals());

describe("what a page of the server keeps in the browser", () => {
  it("lies under names of its own, and goes when it is to be forgotten", () => {
    expect(readKept("local", "profile")).toBeUndefined();
    expect(keep("local", "profile", { name: "Zoë" })).toBe(true);
    expect(readKept("local", "profile")).toEqual({ name: "Zoë" });
    expect([...local.map.keys()]).toEqual(["clauselight:profile"]);
    forget("local", "profile");
    expect(local.map.size).toBe(0);
    expect(canKeep()).toBe(true);
    expect(local.map.size).toBe(0);
  });

  it("is nothing when somebody else wrote there", () => {
    local.map.set("clauselight:profile", "{ no JSON");
    expect(readKept("local", "profile")).toBeUndefined();
  });

  it("is nothing, without a fault, in a browser that keeps nothing", () => {
    local.full = true;
    expect(canKeep()).toBe(false);
    vi.stubGlobal("localStorage", undefined);
    expect(keep("local", "a", 1)).toBe(false);
    Object.defineProperty(globalThis, "localStorage", { configurable: true, get: () => { throw new Error("forbidden"); } });
    expect(keep("local", "a", 1)).toBe(false);
    expect(readKept("local", "a")).toBeUndefined();
    expect(() => forget("local", "a")).not.toThrow();
  });
});
