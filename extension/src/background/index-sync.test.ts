import { beforeEach, describe, expect, it, vi } from "vitest";
import { fakeArea } from "../platform/testing/fake-storage";
import type { Answer } from "./server";
import type { UrlIndex } from "../contract/types";
import { indexOf } from "./testing/fixtures";

const local = fakeArea();
const setAlarm = vi.fn(async () => undefined);
const hasAlarm = vi.fn(async () => false);
const fetchIndex = vi.fn<() => Promise<Answer<UrlIndex>>>();
vi.mock("../platform/storage", () => ({ local }));
vi.mock("../platform/alarms", () => ({ setAlarm, hasAlarm }));
vi.mock("./server", () => ({ fetchIndex }));
const { ensureIndex, forgetIndex, heldIndex, nextDelayMinutes, refreshIndex, startIndexSync } = await import("./index-sync");

const DAY = 24 * 60 * 60_000;
const URLS = ["https://a.example/privacy", "https://b.example/terms"];
const fresh = (value = indexOf(URLS)): Answer<UrlIndex> => ({ kind: "fresh", value, etag: '"e"', bytes: 100 });
const unreachable: Answer<UrlIndex> = { kind: "trouble", trouble: { kind: "server-unreachable", detail: "" } };

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
    expect(first.ok && second.ok && first.held.index.count).toBe(2);
    await ensureIndex();
    expect(fetchIndex).toHaveBeenCalledTimes(1);
  });

  it("asks with the ETag it holds and keeps the index when it is unchanged", async () => {
    fetchIndex.mockResolvedValueOnce(fresh()).mockResolvedValueOnce({ kind: "unchanged" });
    await refreshIndex();
    expect((await refreshIndex()).ok).toBe(true);
    expect(fetchIndex).toHaveBeenLastCalledWith("http://127.0.0.1:8787", { etag: '"e"' });
    expect((await heldIndex())?.index.count).toBe(2);
  });

  it("stays when the server fails or answers with a damaged or foreign one", async () => {
    fetchIndex.mockResolvedValueOnce(fresh());
    await refreshIndex();
    for (const answer of [unreachable, fresh(indexOf(URLS, { count: 9 })), fresh(indexOf(URLS, { canonicalisation: 5 }))]) {
      fetchIndex.mockResolvedValueOnce(answer);
      expect((await refreshIndex()).ok).toBe(false);
      expect((await heldIndex())?.index.count).toBe(2);
    }
  });

  it("belongs to one server", async () => {
    fetchIndex.mockResolvedValue(fresh());
    await refreshIndex();
    await local.set({ settings: { serverAddress: "https://other.example" } });
    expect(await heldIndex()).toBeNull();
  });

  it("is renewed on start only when it is older than a day", async () => {
    fetchIndex.mockResolvedValue(fresh());
    await startIndexSync();
    await startIndexSync();
    expect(fetchIndex).toHaveBeenCalledTimes(1);
    await startIndexSync(Date.now() + DAY + 1000);
    expect(fetchIndex).toHaveBeenCalledTimes(2);
  });

  it("asks nothing on start while an alarm is waiting", async () => {
    hasAlarm.mockResolvedValueOnce(true);
    await startIndexSync();
    expect(fetchIndex).not.toHaveBeenCalled();
  });

  it("sets the next alarm after every attempt, at no fixed time", async () => {
    fetchIndex.mockResolvedValue(unreachable);
    await refreshIndex();
    expect(setAlarm).toHaveBeenCalledTimes(1);
    const range = (last: Parameters<typeof nextDelayMinutes>[0]) => [nextDelayMinutes(last, 0), nextDelayMinutes(last, 1)];
    expect(range("succeeded")).toEqual([22 * 60, 26 * 60]);
    expect(range("failed")).toEqual([30, 60]);
    expect(range("nothing-held")).toEqual([1, 2]);
  });
});
