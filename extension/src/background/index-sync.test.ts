import { beforeEach, describe, expect, it, vi } from "vitest";
import { fakeArea } from "../platform/testing/fake-storage";
import type { Answer } from "./server";
import type { UrlIndex, UrlIndexDelta } from "../contract/types";
import { deltaOf, indexOf } from "./testing/fixtures";

const local = fakeArea();
const setAlarm = vi.fn(async () => undefined);
const hasAlarm = vi.fn(async () => false);
const fetchIndex = vi.fn<() => Promise<Answer<UrlIndex>>>();
vi.mock("../platform/storage", () => ({ local }));
vi.mock("../platform/alarms", () => ({ setAlarm, hasAlarm }));
const fetchDelta = vi.fn<() => Promise<Answer<UrlIndexDelta>>>();
vi.mock("./server", () => ({ fetchIndex, fetchDelta }));
const { ensureIndex, forgetIndex, heldIndex, nextDelayMinutes, refreshIndex, startDelayMinutes, startIndexSync } = await import("./index-sync");

const DAY = 24 * 60 * 60_000;
/** Two pages and their sites. */
const VALUES = 4;
const URLS = ["https://a.example/privacy", "https://b.example/terms"];
const fresh = (value = indexOf(URLS)): Answer<UrlIndex> => ({ kind: "fresh", value, etag: '"e"', bytes: 100 });
const change = (value: UrlIndexDelta): Answer<UrlIndexDelta> => ({ kind: "fresh", value, etag: null, bytes: 100 });
const unreachable: Extract<Answer<never>, { kind: "trouble" }> = { kind: "trouble", trouble: { kind: "server-unreachable", detail: "" } };

beforeEach(async () => {
  await forgetIndex();
  local.values.clear();
  vi.clearAllMocks();
});

describe("the index", () => {
  it("is fetched once and then held", async () => {
    fetchIndex.mockResolvedValue(fresh());
    expect(await heldIndex()).toBeNull();
    const [first, second] = await Promise.all([ensureIndex(), ensureIndex()]);
    expect(first.ok && second.ok && first.held.index.count).toBe(VALUES);
    await ensureIndex();
    expect(fetchIndex).toHaveBeenCalledTimes(1);
  });

  it("is renewed by what changed since, and asked for anew from there", async () => {
    const [first, second] = [indexOf(URLS), indexOf([...URLS.slice(1), "https://c.example/privacy"])];
    fetchIndex.mockResolvedValueOnce(fresh(first));
    fetchDelta.mockResolvedValueOnce(change(deltaOf(first, second))).mockResolvedValueOnce(change(deltaOf(second, second)));
    await refreshIndex("first-list");
    expect((await refreshIndex("daily-list")).ok).toBe(true);
    expect((await refreshIndex("daily-list")).ok).toBe(true);
    expect(fetchDelta.mock.calls.map((call: unknown[]) => call[1])).toEqual([first.state, second.state]);
    expect(fetchIndex).toHaveBeenCalledTimes(1);
    // Kept as the same bytes that the server published.
    expect(local.values.get("index")).toMatchObject({ fields: { state: second.state, data: second.data } });
    expect(await heldIndex()).toMatchObject({ state: second.state, index: { count: second.count } });
  });

  it("is asked for whole when what changed is missing, damaged or for another state", async () => {
    const [first, second] = [indexOf(URLS), indexOf(URLS.slice(1))];
    const good = deltaOf(first, second);
    const missing: Answer<UrlIndexDelta> = { ...unreachable, missing: true };
    for (const answer of [
      missing,
      change({ ...good, new_checksum: good.new_checksum ^ 1 }),
      change({ ...good, new_count: 9 }),
      change({ ...good, old_count: 7 }),
      change({ ...good, to_state: "0123456789abcdef" }),
      change({ ...good, canonicalisation: 9 }),
      change({ ...good, removed: "AAAA" }),
    ]) {
      await forgetIndex();
      fetchIndex.mockReset().mockResolvedValueOnce(fresh(first)).mockResolvedValueOnce(fresh(second));
      fetchDelta.mockResolvedValueOnce(answer);
      await refreshIndex("first-list");
      expect((await refreshIndex("daily-list")).ok).toBe(true);
      expect(fetchIndex).toHaveBeenCalledTimes(2);
      expect((await heldIndex())?.state).toBe(second.state);
    }
  });

  it("is not asked for twice of a server that is down", async () => {
    fetchIndex.mockResolvedValueOnce(fresh());
    await refreshIndex("first-list");
    fetchDelta.mockResolvedValueOnce(unreachable);
    expect((await refreshIndex("daily-list")).ok).toBe(false);
    expect(fetchIndex).toHaveBeenCalledTimes(1);
  });

  it("is refused when its state is not named by its contents", async () => {
    fetchIndex.mockResolvedValueOnce(fresh(indexOf(URLS, { state: "00000000000ead3e" })));
    expect(await refreshIndex("first-list")).toMatchObject({ ok: false, trouble: { detail: "/state: const" } });
  });

  it("stays when the server fails or answers with a damaged or foreign one", async () => {
    fetchIndex.mockResolvedValueOnce(fresh());
    await refreshIndex("asked-list");
    for (const answer of [unreachable, fresh(indexOf(URLS, { count: 9 })), fresh(indexOf(URLS, { canonicalisation: 5 }))]) {
      fetchDelta.mockResolvedValueOnce({ ...unreachable, missing: true });
      fetchIndex.mockResolvedValueOnce(answer);
      expect((await refreshIndex("asked-list")).ok).toBe(false);
      expect((await heldIndex())?.index.count).toBe(VALUES);
    }
  });

  it("belongs to one server", async () => {
    fetchIndex.mockResolvedValue(fresh());
    await refreshIndex("asked-list");
    await local.set({ settings: { serverAddress: "https://other.example" } });
    expect(await heldIndex()).toBeNull();
  });

  it("is asked for on the first start of all; a later start only sets the time", async () => {
    fetchIndex.mockResolvedValue(fresh());
    await startIndexSync();
    expect(fetchIndex).toHaveBeenCalledTimes(1);
    setAlarm.mockClear();
    for (const later of [0, 2 * DAY, 20 * DAY]) await startIndexSync(Date.now() + later);
    expect(fetchIndex).toHaveBeenCalledTimes(1);
    expect(fetchDelta).not.toHaveBeenCalled();
    expect(setAlarm).toHaveBeenCalledTimes(3);
    expect(startDelayMinutes(5 * DAY, DAY, 0.5)).toBe(4 * 24 * 60);
    expect([startDelayMinutes(0, DAY, 0), startDelayMinutes(0, DAY, 1)]).toEqual([1, 61]);
  });

  it("asks nothing on start while an alarm is waiting", async () => {
    hasAlarm.mockResolvedValueOnce(true);
    await startIndexSync();
    expect(fetchIndex).not.toHaveBeenCalled();
  });

  it("sets the next alarm after every attempt, at no fixed time", async () => {
    fetchIndex.mockResolvedValue(unreachable);
    await refreshIndex("asked-list");
    expect(setAlarm).toHaveBeenCalledTimes(1);
    const range = (last: Parameters<typeof nextDelayMinutes>[0]) => [nextDelayMinutes(last, 0), nextDelayMinutes(last, 1)];
    expect(range("succeeded")).toEqual([22 * 60, 26 * 60]);
    expect(range("failed")).toEqual([30, 60]);
    expect(range("nothing-held")).toEqual([1, 2]);
  });
});
