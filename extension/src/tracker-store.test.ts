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
