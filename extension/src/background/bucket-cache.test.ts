import { beforeEach, describe, expect, it, vi } from "vitest";
import { fakeArea } from "../platform/testing/fake-storage";
import { analysedSet, bucketOf } from "./testing/fixtures";

const local = fakeArea();
vi.mock("../platform/storage", () => ({ local }));
const { cachedBucket, confirmBucket, expireBuckets, forgetBuckets, keepBucket, makeRoom } = await import("./bucket-cache");
const { MAX_CACHE_BYTES, MAX_CACHED_BUCKETS } = await import("./limits");

const LATER = 2 ** 45;
const SERVER = "http://127.0.0.1:8787";
const bucket = bucketOf("0f", [analysedSet("https://murmurloft.example/privacy")]);

beforeEach(() => local.values.clear());

describe("kept buckets", () => {
  it("come back with their ETag, for their own server only", async () => {
    await keepBucket(SERVER, { bucket, etag: '"a"', bytes: 9000, askAgainAt: LATER });
    expect(await cachedBucket(SERVER, "0f")).toEqual({ bucket, etag: '"a"', fresh: true });
    expect(await cachedBucket("https://other.example", "0f")).toBeNull();
    expect(await cachedBucket(SERVER, "10")).toBeNull();
  });

  it("are fresh until they are to be asked for again, or the user asks", async () => {
    await keepBucket(SERVER, { bucket, etag: null, bytes: 9, askAgainAt: 100 });
    expect(await cachedBucket(SERVER, "0f", 99)).toMatchObject({ fresh: true });
    expect(await cachedBucket(SERVER, "0f", 100)).toMatchObject({ fresh: false });
    await confirmBucket("0f", 200);
    expect(await cachedBucket(SERVER, "0f", 199)).toMatchObject({ fresh: true });
    await expireBuckets();
    expect(await cachedBucket(SERVER, "0f", 199)).toMatchObject({ fresh: false });
  });

  it("are not used when they are damaged", async () => {
    await keepBucket(SERVER, { bucket, etag: null, bytes: 9000, askAgainAt: LATER });
    local.values.set("bucket:0f", { ...bucket, sets: [{ hello: 1 }] });
    expect(await cachedBucket(SERVER, "0f")).toBeNull();
  });

  it("leave nothing behind when forgotten", async () => {
    await keepBucket(SERVER, { bucket, etag: null, bytes: 9000, askAgainAt: LATER });
    await forgetBuckets();
    expect([...local.values.keys()]).toEqual([]);
  });

  it("survive being kept at the same time", async () => {
    const names = ["00", "01", "02", "03"];
    await Promise.all(names.map((prefix) => keepBucket(SERVER, { bucket: { ...bucket, prefix }, etag: null, bytes: 10, askAgainAt: LATER })));
    for (const prefix of names) expect((await cachedBucket(SERVER, prefix))?.bucket.prefix).toBe(prefix);
  });

  it("make room: the one not used for longest goes, with its data", async () => {
    const size = MAX_CACHE_BYTES / 2;
    const keep = (prefix: string, at: number) =>
      keepBucket(SERVER, { bucket: { ...bucket, prefix }, etag: null, bytes: size, askAgainAt: LATER }, at);
    await keep("00", 1);
    await keep("01", 2);
    await cachedBucket(SERVER, "00", 3);
    await keep("02", 4);
    expect(await cachedBucket(SERVER, "01")).toBeNull();
    expect(local.values.has("bucket:01")).toBe(false);
    expect(await cachedBucket(SERVER, "00")).not.toBeNull();
  });

  it("are bounded in number", () => {
    const ledger = Object.fromEntries(
      Array.from({ length: MAX_CACHED_BUCKETS }, (_, i) => [String(i), { source: SERVER, etag: null, bytes: 1, askAgainAt: 0, usedAt: i }]),
    );
    expect(makeRoom(ledger, 1).dropped).toEqual(["0"]);
  });
});
