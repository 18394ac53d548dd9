import { beforeEach, expect, it, vi } from "vitest";
import { fakeArea } from "./platform/testing/fake-storage";

const session = fakeArea();
vi.mock("./platform/storage", () => ({ session }));
const { clearLedger, MAX_ENTRIES, noteRequest, readLedger } = await import("./request-ledger");

beforeEach(() => session.values.clear());

it("has nothing until something is requested", async () => {
  expect(await readLedger()).toEqual([]);
});

it("has what, when, why, and how it ended", async () => {
  const ended = await noteRequest("https://s.example/v1/index.json", "daily-list", 1000);
  expect(await readLedger()).toMatchObject([{ at: 1000, why: "daily-list", outcome: "waiting" }]);
  await ended("answered");
  expect(await readLedger()).toMatchObject([{ url: "https://s.example/v1/index.json", outcome: "answered" }]);
});

it("is bounded: the oldest go, and none is lost to another written at the same time", async () => {
  await Promise.all(Array.from({ length: MAX_ENTRIES + 5 }, (_, i) => noteRequest("https://s.example/", "test", i)));
  const entries = await readLedger();
  expect(entries).toHaveLength(MAX_ENTRIES);
  expect(entries[0]?.at).toBe(5);
});

it("is cleared", async () => {
  const ended = await noteRequest("https://s.example/", "test");
  await clearLedger();
  await ended("answered");
  expect(await readLedger()).toEqual([]);
});
