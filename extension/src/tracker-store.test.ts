import { beforeEach, expect, it, vi } from "vitest";
import { withCase } from "./actions/tracker";
import { fakeArea } from "./platform/testing/fake-storage";

const local = fakeArea();
vi.mock("./platform/storage", () => ({ local }));
const { changeTracker, eraseTracker, trackedCases } = await import("./tracker-store");
const { eraseProfile, parseProfile, readProfile, saveProfile } = await import("./profile-store");

const CASE = {
  id: "1", request: "access" as const, law: "gdpr", place: "DE", right: "yes" as const, article: null, deadline: null, language: "en" as const,
  entity: { id: "e", name: "E" }, document: null, provision: null, recipient: null, authority: null, events: [{ kind: "sent" as const, on: "2026-11-01" }],
};

beforeEach(() => local.values.clear());

it("loses no case when two are noted at once", async () => {
  await Promise.all(["1", "2", "3"].map((id) => changeTracker((tracker) => withCase(tracker, { ...CASE, id }))));
  expect((await trackedCases()).cases.map(({ id }) => id)).toEqual(["1", "2", "3"]);
  await eraseTracker();
  expect((await trackedCases()).cases).toEqual([]);
});

it("never writes over what it cannot read", async () => {
  const newer = { format: 9, cases: [CASE] };
  await local.set({ tracker: newer });
  expect(await changeTracker((tracker) => withCase(tracker, CASE))).toBe(false);
  expect(await local.get("tracker")).toEqual(newer);
});

it("keeps a profile field by field, whatever is stored", async () => {
  expect(await readProfile()).toBeNull();
  await saveProfile({ name: "N".repeat(6_000), email: "a@example.org", address: "", customerNumbers: { e: { entity: "Example", number: "7" }, f: { entity: "F", number: " " } } });
  expect(await readProfile()).toEqual({ name: "N".repeat(5_000), email: "a@example.org", address: "", customerNumbers: { e: { entity: "Example", number: "7" } } });
  expect(parseProfile({ customerNumbers: { acme: "7" } })?.customerNumbers, "as earlier versions kept it").toEqual({ acme: { entity: "acme", number: "7" } });
  expect(parseProfile({ name: 3, customerNumbers: "x" })).toEqual({ name: "", email: "", address: "", customerNumbers: {} });
  for (const wrong of [null, "x", [], 3]) expect(parseProfile(wrong)).toBeNull();
  await eraseProfile();
  expect(await readProfile()).toBeNull();
});

it("keeps in the profile what another page kept meanwhile", async () => {
  await Promise.all([
    saveProfile({ name: "A", customerNumbers: { e: { entity: "E", number: "7" } } }),
    saveProfile({ customerNumbers: { f: { entity: "F", number: "8" } } }),
    saveProfile({ email: "a@example.org" }),
  ]);
  const numbers = { e: { entity: "E", number: "7" }, f: { entity: "F", number: "8" } };
  expect(await readProfile()).toEqual({ name: "A", email: "a@example.org", address: "", customerNumbers: numbers });
  await saveProfile({ customerNumbers: { e: { entity: "E", number: "" } } });
  expect(Object.keys((await readProfile())?.customerNumbers ?? {})).toEqual(["f"]);
});

it("keeps entries that this version cannot read, whatever is changed beside them", async () => {
  const foreign = { ...CASE, id: "later", request: "a-kind-of-tomorrow" };
  await local.set({ tracker: { format: 1, cases: [CASE, foreign] } });
  expect(await changeTracker((tracker) => withCase(tracker, { ...CASE, id: "2" }))).toBe(true);
  expect((await local.get("tracker") as { cases: unknown[] }).cases).toContainEqual(foreign);
  expect((await trackedCases()).cases.map(({ id }) => id)).toEqual(["1", "2"]);
});

it("refuses what could not be read back, so that nothing disappears", async () => {
  await changeTracker((tracker) => withCase(tracker, CASE));
  const before = await local.get("tracker");
  const early = { ...CASE, events: [...CASE.events, { kind: "reminded" as const, on: "2026-10-01" }] };
  const long = { ...CASE, events: [...CASE.events, ...Array.from({ length: 200 }, () => ({ kind: "note" as const, on: "2026-11-02", text: "x" }))] };
  expect(await changeTracker((tracker) => withCase(tracker, early)), "a reminder before the request").toBe(false);
  expect(await changeTracker((tracker) => withCase(tracker, long)), "more events than are read").toBe(false);
  const many = Array.from({ length: 2_000 }, (_, number) => ({ ...CASE, id: `n${number}` }));
  expect(await changeTracker((tracker) => ({ ...tracker, cases: [...tracker.cases, ...many] })), "more cases than are read").toBe(false);
  expect(await local.get("tracker")).toEqual(before);
});

it("says so when the storage is full", async () => {
  const full = vi.spyOn(local, "set").mockRejectedValueOnce(new Error("QUOTA_BYTES quota exceeded"));
  vi.spyOn(console, "warn").mockReturnValueOnce();
  expect(await changeTracker((tracker) => withCase(tracker, CASE))).toBe(false);
  full.mockRestore();
  expect(await changeTracker((tracker) => withCase(tracker, CASE))).toBe(true);
});
