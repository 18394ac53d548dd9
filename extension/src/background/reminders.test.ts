import { beforeEach, expect, it, vi } from "vitest";
import { fakeArea } from "../platform/testing/fake-storage";

const local = fakeArea();
const notes: { id: string; title: string; allowed: boolean }[] = [];
const alarms: [string, number][] = [];
let allowed = true;
vi.mock("../platform/storage", () => ({ local, session: fakeArea() }));
vi.mock("../platform/alarms", () => ({
  hasAlarm: async (name: string) => alarms.some(([one]) => one === name),
  setAlarm: async (name: string, minutes: number) => void alarms.push([name, minutes]),
}));
vi.mock("../platform/notifications", () => ({
  notify: async (id: string, title: string) => {
    if (allowed) notes.push({ id, title, allowed });
    return allowed;
  },
}));
vi.mock("../platform/tabs", () => ({ openTab: vi.fn() }));
const { remind, startReminders } = await import("./reminders");

const at = (day: string): Date => new Date(`${day}T09:00:00`);
const CASE = {
  id: "1", request: "access", law: "gdpr", place: "DE", right: "yes", article: null, language: "en",
  deadline: { value: 1, unit: "months", basis: "law", phrase: { en: "a", de: "b", fr: "c" } },
  entity: { id: "e", name: "E" }, document: null, provision: null, recipient: null, authority: null,
  events: [{ kind: "sent", on: "2026-11-02", way: "email" }],
};

beforeEach(async () => {
  local.values.clear();
  notes.length = alarms.length = 0;
  allowed = true;
  await local.set({ settings: { reminders: true }, tracker: { format: 1, cases: [CASE, { ...CASE, id: "2", events: [{ kind: "sent", on: "2026-11-20" }] }] } });
});

it("tells of an overdue request on the day after its last day, once", async () => {
  expect(await remind(at("2026-12-02"))).toBe(0);
  expect(await remind(at("2026-12-03"))).toBe(1);
  expect(notes.map(({ id }) => id)).toEqual(["case:1"]);
  expect(await remind(at("2026-12-04"))).toBe(0);
});

it("tells again when a reminder that was sent got no answer either", async () => {
  await remind(at("2026-12-03"));
  const events = [...CASE.events, { kind: "reminded", on: "2026-12-03", way: "email", until: "2026-12-17" }];
  await local.set({ tracker: { format: 1, cases: [{ ...CASE, events }] } });
  expect(await remind(at("2026-12-17"))).toBe(0);
  expect(await remind(at("2026-12-18"))).toBe(1);
});

it("is silent when switched off, and tells later when the browser shows no notes now", async () => {
  allowed = false;
  expect(await remind(at("2026-12-03"))).toBe(0);
  allowed = true;
  expect(await remind(at("2026-12-04"))).toBe(1);
  await local.set({ settings: { reminders: false } });
  expect(await remind(at("2027-02-01"))).toBe(0);
});

it("is looked up once a day, and only when it is wanted", async () => {
  await startReminders();
  await startReminders();
  expect(alarms).toEqual([["reminders", 1]]);
  await remind(at("2026-11-23"));
  expect(alarms.at(-1)).toEqual(["reminders", 1_440]);
  alarms.length = 0;
  await local.set({ settings: {} });
  await startReminders();
  expect(alarms).toEqual([]);
});
