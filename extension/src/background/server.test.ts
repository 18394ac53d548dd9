import { createHash } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { fakeArea } from "../platform/testing/fake-storage";
import { analysisAnswer, bucketOf, indexOf } from "./testing/fixtures";
import { makePublisher } from "./testing/publisher";

const local = fakeArea();
const session = fakeArea();
const hasSites = vi.fn(async () => true);
vi.mock("../platform/permissions", async (original) => ({ ...(await original<object>()), hasSites }));
vi.mock("../platform/storage", () => ({ local, session }));
const { fetchBucket, fetchDelta, fetchIndex, fetchInfo, postAnalysis } = await import("./server");
const { readLedger } = await import("../request-ledger");

const ADDRESS = "http://127.0.0.1:8787";
const SERVER = { address: ADDRESS, publicKey: null };
const WHY = { why: "test" } as const;
const request = vi.fn<typeof fetch>();

function json(value: unknown, init: ResponseInit = {}): Response {
  return new Response(JSON.stringify(value), {
    ...init,
    headers: { "content-type": "application/json; charset=utf-8", ...init.headers },
  });
}

beforeEach(() => {
  local.values.clear();
  session.values.clear();
  hasSites.mockResolvedValue(true);
  vi.stubGlobal("fetch", request);
});
afterEach(() => {
  request.mockReset();
  vi.unstubAllGlobals();
});

describe("asking the server", () => {
  const OWN_ETAG = `"${createHash("sha256").update(JSON.stringify(bucketOf("0f", []))).digest("hex").slice(0, 16)}"`;

  it("sends nothing but the name of the bucket and the ETag that is held", async () => {
    request.mockResolvedValue(json(bucketOf("0f", []), { headers: { etag: OWN_ETAG } }));
    const answer = await fetchBucket(SERVER, "0f", { etag: '"a"', ...WHY });
    expect(answer).toMatchObject({ kind: "fresh", etag: OWN_ETAG, value: { prefix: "0f" } });
    const [url, init] = request.mock.calls[0] ?? [];
    expect(url).toBe("http://127.0.0.1:8787/v1/buckets/0f.json");
    expect(init).toMatchObject({
      credentials: "omit",
      referrerPolicy: "no-referrer",
      cache: "no-store",
      redirect: "manual",
      headers: { Accept: "application/json", "Accept-Language": "*", "If-None-Match": '"a"' },
    });
    expect(Object.keys(init?.headers ?? {})).toEqual(["Accept", "Accept-Language", "If-None-Match"]);
    expect(init?.body).toBeUndefined();
  });

  it("takes 304 for unchanged, but only when it asked", async () => {
    request.mockResolvedValue(new Response(null, { status: 304 }));
    expect(await fetchIndex(SERVER, { etag: '"a"', ...WHY })).toEqual({ kind: "unchanged" });
    expect(await fetchIndex(SERVER, { etag: null, ...WHY })).toMatchObject({ kind: "trouble", trouble: { kind: "server-error" } });
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
    const answer = await fetchIndex(SERVER, { etag: null, ...WHY });
    expect(answer).toMatchObject({ kind: "trouble", trouble: { kind } });
    expect(answer.kind === "trouble" && answer.trouble.detail).toMatch(detail);
  });

  it("does not follow a redirect", async () => {
    const response = new Response(null, { status: 200 });
    Object.defineProperty(response, "type", { value: "opaqueredirect" });
    request.mockResolvedValue(response);
    expect(await fetchInfo(SERVER, WHY)).toMatchObject({ trouble: { kind: "server-error", detail: "redirect" } });
  });

  it("stops reading an answer that is too long", async () => {
    request.mockResolvedValue(json({ filler: "x".repeat(70_000) }));
    expect(await fetchInfo(SERVER, WHY)).toMatchObject({ trouble: { kind: "server-garbage" } });
  });

  it("tells a server that does not answer from one that is slow", async () => {
    request.mockRejectedValue(new TypeError("Failed to fetch"));
    expect(await fetchInfo(SERVER, WHY)).toMatchObject({ trouble: { kind: "server-unreachable" } });
    request.mockRejectedValue(new DOMException("too late", "TimeoutError"));
    expect(await fetchInfo(SERVER, WHY)).toMatchObject({ trouble: { kind: "server-unreachable", detail: "timeout" } });
  });

  it("asks nobody without access, and never a plain http server elsewhere", async () => {
    hasSites.mockResolvedValue(false);
    expect(await fetchInfo({ ...SERVER, address: "https://clauses.example" }, WHY)).toMatchObject({ trouble: { kind: "server-not-allowed" } });
    hasSites.mockResolvedValue(true);
    expect(await fetchInfo({ ...SERVER, address: "http://clauses.example" }, WHY)).toMatchObject({ trouble: { kind: "server-unreachable" } });
    expect(request).not.toHaveBeenCalled();
  });

  it("forgets an ETag that is not made of the contents: it could be a mark on the reader", async () => {
    request.mockResolvedValue(json(bucketOf("0f", []), { headers: { etag: '"reader-4711"' } }));
    expect(await fetchBucket(SERVER, "0f", WHY)).toMatchObject({ kind: "fresh", etag: null });
  });

  it("refuses an answer to another question", async () => {
    request.mockResolvedValue(json(bucketOf("10", [])));
    expect(await fetchBucket(SERVER, "0f", WHY)).toMatchObject({ trouble: { kind: "server-garbage", detail: "/prefix: const" } });
  });

  it("says that something is not there", async () => {
    request.mockResolvedValue(json({}, { status: 404 }));
    expect(await fetchDelta(SERVER, "0123456789abcdef", WHY)).toMatchObject({ missing: true });
    expect(request.mock.calls[0]?.[0]).toBe("http://127.0.0.1:8787/v1/deltas/0123456789abcdef.json");
  });

  it("writes every request into the ledger, and none that was not made", async () => {
    request.mockResolvedValueOnce(json(bucketOf("0f", []))).mockResolvedValueOnce(json({}, { status: 404 }));
    await fetchBucket(SERVER, "0f", { why: "known-page" });
    await fetchInfo(SERVER, WHY);
    hasSites.mockResolvedValue(false);
    await fetchInfo(SERVER, WHY);
    expect((await readLedger()).map(({ url, why, outcome }) => [url, why, outcome])).toEqual([
      [`${ADDRESS}/v1/buckets/0f.json`, "known-page", "answered"],
      [`${ADDRESS}/v1/info.json`, "test", "missing"],
    ]);
  });
});

describe("with the public key of a publisher", async () => {
  const publisher = await makePublisher();
  const source = { address: ADDRESS, publicKey: publisher.publicKey };
  const signed = async (prefix: string, sequence: number, as = prefix): Promise<Response> => {
    const body = await publisher.sign({ kind: "bucket", name: as }, JSON.stringify({ ...bucketOf(prefix, []), sequence }));
    return new Response(body, { headers: { "content-type": "application/json" } });
  };
  const ask = (prefix = "0f") => fetchBucket(source, prefix, WHY);

  it("takes what is signed, and refuses what is not or was moved from elsewhere", async () => {
    request.mockResolvedValueOnce(await signed("0f", 5));
    expect(await ask()).toMatchObject({ kind: "fresh" });
    for (const response of [json(bucketOf("0f", [])), await signed("0f", 5, "10"), await signed("10", 5)]) {
      request.mockResolvedValueOnce(response);
      expect(await ask()).toMatchObject({ trouble: { kind: "signature-refused" } });
    }
  });

  it("refuses what is older than it has seen, bucket by bucket", async () => {
    for (const [prefix, sequence, kind] of [["0f", 5, "fresh"], ["0f", 5, "fresh"], ["10", 3, "fresh"], ["0f", 4, "trouble"]] as const) {
      request.mockResolvedValueOnce(await signed(prefix, sequence));
      expect((await ask(prefix)).kind, `${prefix} ${sequence}`).toBe(kind);
    }
    request.mockResolvedValueOnce(await signed("0f", 4));
    expect(await ask()).toMatchObject({ trouble: { kind: "answer-replayed" } });
  });

  it("uses nothing where the browser has no signatures", async () => {
    request.mockResolvedValueOnce(await signed("0f", 5));
    vi.spyOn(crypto.subtle, "importKey").mockRejectedValueOnce(new DOMException("", "NotSupportedError"));
    expect(await ask()).toMatchObject({ trouble: { kind: "signature-unsupported" } });
  });
});

describe("sending a page to be analysed", () => {
  const ANALYSE = { blocks: [{ text: "We may sell your data." }], title: "Privacy", keep: false };

  it("posts exactly the request, and notes how much it was", async () => {
    request.mockResolvedValue(json(analysisAnswer("not-kept")));
    const answer = await postAnalysis(SERVER, ANALYSE, "analysis");
    expect(answer).toMatchObject({ kind: "fresh", value: { kept: false } });
    const [url, init] = request.mock.calls[0] ?? [];
    expect(url).toBe("http://127.0.0.1:8787/v1/analyses");
    expect(init).toMatchObject({ method: "POST", mode: "same-origin", credentials: "omit", referrerPolicy: "no-referrer", redirect: "manual" });
    expect(init?.headers).toEqual({ Accept: "application/json", "Accept-Language": "*", "Content-Type": "application/json" });
    expect(init?.body).toBe(JSON.stringify(ANALYSE));
    expect(await readLedger()).toMatchObject([{ why: "analysis", sent: JSON.stringify(ANALYSE).length, outcome: "answered" }]);
  });

  it("passes on what the server says of its refusal, if it speaks the contract", async () => {
    const problem = { type: "/problems/not-a-policy", title: "No policy", status: 422, detail: "It asks to log in.", reason: "login", errors: [] };
    const refusal = (body: string, type: string): Response => new Response(body, { status: 422, headers: { "content-type": type } });
    request.mockResolvedValueOnce(refusal(JSON.stringify(problem), "application/problem+json; charset=utf-8"));
    expect(await postAnalysis(SERVER, ANALYSE, "analysis")).toMatchObject({ trouble: { detail: "HTTP 422" }, problem });
    for (const [body, type] of [["{", "application/problem+json"], ['{"type":1}', "application/problem+json"], ["<b>", "text/html"]] as const) {
      request.mockResolvedValueOnce(refusal(body, type));
      expect(await postAnalysis(SERVER, ANALYSE, "analysis"), body).toMatchObject({ kind: "trouble", problem: null });
    }
  });

  it("uses no answer that the contract refuses", async () => {
    request.mockResolvedValue(json({ ...analysisAnswer("kept"), set: { document: {} } }));
    expect(await postAnalysis(SERVER, ANALYSE, "analysis")).toMatchObject({ kind: "trouble", trouble: { kind: "server-garbage" } });
  });

  it("sends nothing to a server that the browser was not asked about", async () => {
    hasSites.mockResolvedValue(false);
    expect(await postAnalysis(SERVER, ANALYSE, "analysis")).toMatchObject({ trouble: { kind: "server-not-allowed" } });
    expect(request).not.toHaveBeenCalled();
  });
});
