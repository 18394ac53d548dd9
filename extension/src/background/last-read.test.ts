import { beforeEach, expect, it, vi } from "vitest";
import type { ChangeRecord } from "../contract/types";
import type { PageMatch } from "../page-state";
import { analysedSet } from "./testing/fixtures";
import { local, resetWorld } from "./testing/browser";

vi.mock("../platform/storage", async () => (await import("./testing/browser")).platform.storage);

const { forgetReadings, noteReading } = await import("./last-read");
const { saveSettings } = await import("../settings-store");

const HOUR = 3_600_000;
const change: ChangeRecord = { date: "2026-11-10", kind: "modified", summary: "More.", severity_to: "high" };

function match(changed: boolean, relation: PageMatch["relation"] = "same"): PageMatch {
  const set = analysedSet("https://a.example/privacy");
  const provisions = set.provisions.slice(0, 1).map((provision) => ({
    ...provision,
    history: { ...provision.history, changes: [...provision.history.changes, ...(changed ? [change] : [])] },
  }));
  return { relation, set: { ...set, provisions } };
}

beforeEach(() => {
  resetWorld();
  vi.useFakeTimers({ now: Date.parse("2026-11-09T10:00:00Z") });
});

it("tells on the next visit what changed, also after a reload, and then no more", async () => {
  expect(await noteReading([match(false)], false)).toEqual([]);
  vi.setSystemTime(Date.parse("2026-11-12T10:00:00Z"));
  expect(await noteReading([match(true)], false)).toMatchObject([{ clauses: [{ change: { summary: "More." } }] }]);
  expect(await noteReading([match(true)], false)).toHaveLength(1);
  vi.setSystemTime(Date.now() + HOUR);
  expect(await noteReading([match(true)], false)).toEqual([]);
});

it("remembers nothing in private windows, of other languages, or when switched off", async () => {
  await noteReading([match(false)], true);
  await noteReading([match(false, "other-language")], false);
  await saveSettings({ rememberRead: false });
  await noteReading([match(false)], false);
  expect(local.values.has("lastRead")).toBe(false);
});

it("keeps the documents of two servers apart", async () => {
  await noteReading([match(false)], false);
  vi.setSystemTime(Date.parse("2026-11-12T10:00:00Z"));
  await saveSettings({ serverAddress: "http://127.0.0.1:9999" });
  expect(await noteReading([match(true)], false)).toEqual([]);
});

it("forgets on request, and is not confused by what somebody else stored", async () => {
  await noteReading([match(false)], false);
  await forgetReadings();
  expect(local.values.has("lastRead")).toBe(false);
  await local.set({ lastRead: { "http://127.0.0.1:8787 CL-D-000001": { before: "yesterday", latest: 3 }, x: null } });
  expect(await noteReading([match(true)], false)).toEqual([]);
});

it("forgets the oldest when there are too many", async () => {
  for (let number = 0; number < 505; number += 1) {
    vi.setSystemTime(Date.now() + 1_000);
    const { set } = match(false);
    await noteReading([{ relation: "same", set: { ...set, document: { ...set.document, id: `CL-D-${number}` } } }], false);
  }
  const kept = Object.keys(local.values.get("lastRead") as object);
  expect(kept).toHaveLength(500);
  expect(kept.some((name) => name.endsWith("CL-D-0"))).toBe(false);
  expect(kept.some((name) => name.endsWith("CL-D-504"))).toBe(true);
});

it("stays forgotten when a page is opened at the same moment", async () => {
  await noteReading([match(false)], false);
  const noting = noteReading([match(false)], false);
  await Promise.all([noting, saveSettings({ rememberRead: false }).then(forgetReadings)]);
  expect(local.values.has("lastRead")).toBe(false);
});

it("keeps no page from being shown when the storage is full", async () => {
  await noteReading([match(false)], false);
  vi.setSystemTime(Date.parse("2026-11-12T10:00:00Z"));
  vi.spyOn(local, "set").mockRejectedValueOnce(new Error("QUOTA_BYTES quota exceeded"));
  vi.spyOn(console, "warn").mockReturnValueOnce();
  expect(await noteReading([match(true)], false)).toHaveLength(1);
});
