import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { bucketOf, indexOf } from "./testing/fixtures";

const hasSites = vi.fn(async () => true);
vi.mock("../platform/permissions", async (original) => ({ ...(await original<object>()), hasSites }));
const { fetchBucket, fetchIndex, fetchInfo } = await import("./server");

const SERVER = "http://127.0.0.1:8787";
const request = vi.fn<typeof fetch>();

function json(value: unknown, init: ResponseInit = {}): Response {
  return new Response(JSON.stringify(value), {
    ...init,
    headers: { "content-type": "application/json; charset=utf-8", ...init.headers },
  });
}

beforeEach(() => {
  hasSites.mockResolvedValue(true);
  vi.stubGlobal("fetch", request);
});
afterEach(() => {
  request.mockReset();
  vi.unstubAllGlobals();
});

describe("asking the server", () => {
  it("sends nothing but the name of the bucket and the ETag that is held", async () => {
    request.mockResolvedValue(json(bucketOf("0f", []), { headers: { etag: '"b"' } }));
    const answer = await fetchBucket(SERVER, "0f", { etag: '"a"' });
    expect(answer).toMatchObject({ kind: "fresh", etag: '"b"', value: { prefix: "0f" } });
    const [url, init] = request.mock.calls[0] ?? [];
    expect(url).toBe("http://127.0.0.1:8787/v1/buckets/0f");
    expect(init).toMatchObject({
      credentials: "omit",
      referrerPolicy: "no-referrer",
      cache: "no-store",
      redirect: "manual",
      headers: { Accept: "application/json", "If-None-Match": '"a"' },
    });
    expect(Object.keys(init?.headers ?? {})).toEqual(["Accept", "If-None-Match"]);
    expect(init?.body).toBeUndefined();
  });

  it("takes 304 for unchanged, but only when it asked", async () => {
    request.mockResolvedValue(new Response(null, { status: 304 }));
    expect(await fetchIndex(SERVER, { etag: '"a"' })).toEqual({ kind: "unchanged" });
    expect(await fetchIndex(SERVER, { etag: null })).toMatchObject({ kind: "trouble", trouble: { kind: "server-error" } });
  });

  const GARBAGE = "server-garbage";
  it.each([
    ["a failure of the server", () => json({ title: "oops" }, { status: 500 }), "server-error", "HTTP 500"],
    ["a page instead of data", () => new Response("<html>", { headers: { "content-type": "text/html" } }), GARBAGE, "text/html"],
    ["broken JSON", () => new Response("{", { headers: { "content-type": "application/json" } }), GARBAGE, "JSON"],
    ["another shape", () => json({ hello: "world" }), GARBAGE, /required|additionalProperties/],
    ["a null", () => json(null), GARBAGE, "/: type"],
    ["another contract", () => json(indexOf([], { contract_version: "2" as "1" })), "contract-mismatch", "2"],
  ])("tells %s", async (_name, response, kind, detail) => {
    request.mockResolvedValue(response());
    const answer = await fetchIndex(SERVER, { etag: null });
    expect(answer).toMatchObject({ kind: "trouble", trouble: { kind } });
    expect(answer.kind === "trouble" && answer.trouble.detail).toMatch(detail);
  });

  it("does not follow a redirect", async () => {
    const response = new Response(null, { status: 200 });
    Object.defineProperty(response, "type", { value: "opaqueredirect" });
    request.mockResolvedValue(response);
    expect(await fetchInfo(SERVER)).toMatchObject({ trouble: { kind: "server-error", detail: "redirect" } });
  });

  it("stops reading an answer that is too long", async () => {
    request.mockResolvedValue(json({ filler: "x".repeat(70_000) }));
    expect(await fetchInfo(SERVER)).toMatchObject({ trouble: { kind: "server-garbage" } });
  });

  it("tells a server that does not answer from one that is slow", async () => {
    request.mockRejectedValue(new TypeError("Failed to fetch"));
    expect(await fetchInfo(SERVER)).toMatchObject({ trouble: { kind: "server-unreachable" } });
    request.mockRejectedValue(new DOMException("too late", "TimeoutError"));
    expect(await fetchInfo(SERVER)).toMatchObject({ trouble: { kind: "server-unreachable", detail: "timeout" } });
  });

  it("asks nobody without access, and never a plain http server elsewhere", async () => {
    hasSites.mockResolvedValue(false);
    expect(await fetchInfo("https://clauses.example")).toMatchObject({ trouble: { kind: "server-not-allowed" } });
    hasSites.mockResolvedValue(true);
    expect(await fetchInfo("http://clauses.example")).toMatchObject({ trouble: { kind: "server-unreachable" } });
    expect(request).not.toHaveBeenCalled();
  });
});
