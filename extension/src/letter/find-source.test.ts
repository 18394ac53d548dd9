import { beforeEach, expect, it, vi } from "vitest";
import { fakeArea } from "../platform/testing/fake-storage";

const local = fakeArea();
const session = fakeArea();
vi.mock("../platform/storage", () => ({ local, session }));
const { keepDraft, findDraft } = await import("../letter-draft");
const { findSource } = await import("./find-source");
const { followUpPage } = await import("./source");

const DRAFT = {
  entity: { id: "e", name: "E" },
  document: { id: "CL-D-000001", title: "Policy", url: null },
  provision: { id: "CL-P-000001", title: "T", type: { id: "data-sale", title: "x" }, severity: "high" as const, actions: [], clause: "We sell the secret words" },
  directory: null,
  wayId: "request:access",
};
const CASE = {
  id: "a&b=c#d", request: "access", law: "gdpr", place: "DE", right: "yes", article: null, deadline: null, language: "en",
  entity: { id: "e", name: "E" }, document: null, provision: null, recipient: null, authority: null, events: [{ kind: "sent", on: "2026-11-01" }],
};

beforeEach(() => [local, session].forEach(({ values }) => values.clear()));

it("finds the letter by a random name, and the page's address has nothing of it", async () => {
  const page = await keepDraft(DRAFT);
  expect(page).toMatch(/^letter\.html#[0-9a-f-]{36}$/);
  expect(await findSource(page.slice(page.indexOf("#")))).toMatchObject({ kind: "draft", draft: DRAFT });
});

it("keeps the newest letters only", async () => {
  const first = (await keepDraft(DRAFT)).split("#")[1] ?? "";
  for (let more = 0; more < 20; more += 1) await keepDraft(DRAFT);
  expect(await findDraft(first)).toBeNull();
});

it("finds a case whatever its name, and only letters that follow one", async () => {
  await local.set({ tracker: { format: 1, cases: [CASE] } });
  const page = followUpPage(CASE.id, "reminder");
  expect(await findSource(page.slice(page.indexOf("#")))).toMatchObject({ kind: "case", item: { id: CASE.id }, request: "reminder" });
  for (const hash of ["", "#", "#nothing", "#case=none&request=reminder", `#${new URLSearchParams({ case: CASE.id, request: "access" })}`]) {
    expect(await findSource(hash), hash).toBeNull();
  }
});
