import { beforeEach, describe, expect, it, vi } from "vitest";
import type { PageContent } from "../analyse/content";
import type { TroubleKind } from "../page-state";
import { DEFAULT_SETTINGS } from "../settings";
import * as browser from "./testing/browser";
import { analysisAnswer, bucketOf as makeBucket, indexOf, knownSet } from "./testing/fixtures";

vi.mock("../platform/storage", () => browser.platform.storage);
vi.mock("../platform/tabs", () => browser.platform.tabs);
vi.mock("../platform/messaging", () => browser.platform.messaging);
vi.mock("../platform/scripting", () => browser.platform.scripting);
vi.mock("../platform/reader", () => browser.platform.reader);
vi.mock("../platform/action", () => browser.platform.action);
vi.mock("../platform/alarms", () => browser.platform.alarms);
vi.mock("../platform/permissions", () => browser.platform.permissions);
vi.mock("../platform/side-panel", () => browser.platform.sidePanel);
vi.mock("./server", () => browser.server);
const { endInterrupted } = await import("./analysis");
const { tabUpdated } = await import("./automatic");
const { bucketOf } = await import("./known");
const { decodeIndex } = await import("./index-state");
const { forgetIndex, refreshIndex } = await import("./index-sync");
const { handlers } = await import("./router");
const { updateTab } = await import("./show");
const { saveSettings } = await import("../settings-store");

const { badges, log, overlays, states, tabs, world } = browser;
const POLICY = "https://www.thistledown.example/legal/privacy?utm_source=mail";
const KEPT_AT = "https://www.thistledown.example/legal/privacy";
const KNOWN = "https://www.murmurloft.example/terms";
const NEWS = "https://news.example/today";
const PAGE = { tabId: null, url: null, extensionPage: true };
const CONTENT: PageContent = {
  title: "Privacy Policy",
  language: "en",
  blocks: [{ text: "We may use your photos to train machine-learning models.", kind: "paragraph" }],
  words: 900,
};

async function open(tabId: number, url: string, title = "Privacy Policy"): Promise<void> {
  overlays.delete(tabId);
  tabs.set(tabId, { id: tabId, url });
  await tabUpdated({ tabId, url, title, loading: true, complete: false, addressChanged: true });
  await tabUpdated({ tabId, url, title, loading: false, complete: true, addressChanged: false });
}

const start = (keep = false, content: PageContent | null = null): ReturnType<(typeof handlers)["analysis.start"]> =>
  handlers["analysis.start"]({ tabId: 1, keep, content }, PAGE);

function answers(name: "kept" | "not-kept" | "nothing-found"): void {
  world.analysis = { kind: "fresh", value: analysisAnswer(name), etag: null, bytes: 1 };
}

function refuses(status: number, type: string, reason: string | null = null, detail = "A sentence."): void {
  const trouble = { kind: "server-error" as TroubleKind, detail: `HTTP ${status}` };
  const problem = { type: `/problems/${type}`, title: "No", status, detail, reason, errors: [] };
  world.analysis = { kind: "trouble", trouble, problem: type === "" ? null : problem };
}

beforeEach(async () => {
  vi.useRealTimers();
  browser.resetWorld();
  await saveSettings(DEFAULT_SETTINGS);
  await forgetIndex();
  world.index = indexOf([KNOWN]);
  const decoded = decodeIndex(world.index);
  const prefix = (decoded.ok && bucketOf(decoded.index, KNOWN)) || "";
  world.buckets.set(prefix, makeBucket(prefix, [knownSet(KNOWN)]));
  world.reading = { kind: "content", content: CONTENT, url: POLICY };
  answers("not-kept");
  await refreshIndex("asked-list");
  log.length = 0;
});

describe("an unknown page", () => {
  it("is offered by address and title alone, without code in the page and without a request", async () => {
    await open(1, POLICY);
    expect(log).toEqual([]);
    expect(states.get(1)).toMatchObject({ status: "not-policy", analysis: { kind: "offered", likely: true, lookedAt: false } });
    expect(badges.get(1)?.text).toBe("?");
  });

  it("is left alone when neither names a policy", async () => {
    await open(1, NEWS, "News of the day");
    expect(log).toEqual([]);
    expect(states.get(1)?.analysis ?? null).toBeNull();
    expect(badges.get(1)?.text).toBe("");
  });

  it("is looked at once the popup is open, and nothing is sent", async () => {
    await open(1, NEWS, "News of the day");
    world.likely = false;
    const state = await handlers["analysis.offer"]({ tabId: 1 }, PAGE);
    expect(state.analysis).toEqual({ kind: "offered", likely: false, lookedAt: true });
    await handlers["analysis.offer"]({ tabId: 1 }, PAGE);
    expect(log).toEqual(["read likeness 1"]);
  });

  it("is left alone in manual mode", async () => {
    await saveSettings({ mode: "manual", analyseAtOnce: true });
    await open(1, POLICY);
    expect(log).toEqual([]);
    expect(states.get(1)?.status ?? "unknown").toBe("unknown");
  });
});

describe("analysing with a server on this computer", () => {
  it("sends the text without the address, and shows what was found like a record", async () => {
    await open(1, POLICY);
    const state = await start();
    expect(world.sent).toEqual([
      { request: { blocks: CONTENT.blocks, title: "Privacy Policy", language: "en", keep: false }, why: "analysis" },
    ]);
    expect(state).toMatchObject({ status: "matched", analysis: { kind: "done", kept: false } });
    expect(overlays.has(1)).toBe(true);
    const given = await handlers["overlay.ready"]({ url: POLICY, canonicalLink: null }, { tabId: 1, url: POLICY, extensionPage: false });
    expect(given?.matches[0]?.set.provisions[0]?.method).toBe("automatic");
  });

  it("says when the server knows only some kinds of clauses in the page's language", async () => {
    const value = { ...analysisAnswer("not-kept"), types_known: ["binding-arbitration", "consent-by-use"] };
    world.analysis = { kind: "fresh", value, etag: null, bytes: 1 };
    await open(1, POLICY);
    expect(await start()).toMatchObject({ analysis: { kind: "done", typesKnown: 2 } });
  });

  it("sends the address without what is not needed, and renews the list, when it is kept", async () => {
    answers("kept");
    await open(1, POLICY);
    await start(true);
    expect(world.sent[0]).toMatchObject({ request: { keep: true, url: KEPT_AT }, why: "analysis-keep" });
    await vi.waitFor(() => expect(log).toContain("GET index"), 2_000);
  });

  it("never sends an address that cannot be kept", async () => {
    await open(1, "http://10.0.0.8/privacy");
    world.reading = { kind: "content", content: CONTENT, url: "http://10.0.0.8/privacy" };
    await start(true);
    expect(world.sent).toMatchObject([{ request: { keep: false }, why: "analysis" }]);
    expect(world.sent[0]?.request).not.toHaveProperty("url");
  });

  it("shows it again after a reload without sending anything", async () => {
    await open(1, POLICY);
    await start();
    await open(1, POLICY);
    expect(world.sent).toHaveLength(1);
    expect(overlays.has(1)).toBe(true);
    expect(states.get(1)).toMatchObject({ status: "matched", analysis: { kind: "done" } });
  });

  it("shows it again after the highlights were taken off", async () => {
    await open(1, POLICY);
    await start();
    await handlers["page.clear"]({ tabId: 1 }, PAGE);
    expect(overlays.has(1)).toBe(false);
    const state = await handlers["page.highlight"]({ tabId: 1 }, PAGE);
    expect(state).toMatchObject({ status: "matched", analysis: { kind: "done" } });
    expect(overlays.has(1)).toBe(true);
    expect(world.sent).toHaveLength(1);
  });

  it("sends a page once, however often the button is pressed", async () => {
    await open(1, POLICY);
    await Promise.all([start(), start()]);
    expect(world.sent).toHaveLength(1);
  });

  it("is not undone by a look at the page that ends later", async () => {
    await open(1, POLICY);
    const looked = handlers["analysis.offer"]({ tabId: 1 }, PAGE);
    const started = start();
    await looked;
    expect(states.get(1)?.analysis?.kind).not.toBe("offered");
    expect(await started).toMatchObject({ analysis: { kind: "done" } });
  });

  it("sends nothing to a server that was chosen after the click", async () => {
    await open(1, POLICY);
    const started = start();
    await saveSettings({ serverAddress: "https://clauses.example" });
    await started;
    expect(world.servers).toEqual([DEFAULT_SETTINGS.serverAddress]);
  });

  it("forgets it with the next page", async () => {
    await open(1, POLICY);
    await start();
    await open(1, NEWS, "News");
    expect(overlays.has(1)).toBe(false);
    expect(states.get(1)).toMatchObject({ status: "not-policy", matches: [] });
  });

  it("sends nothing of a page that the tab has left", async () => {
    await open(1, POLICY);
    world.reading = { kind: "content", content: CONTENT, url: NEWS };
    expect((await start()).analysis).toMatchObject({ kind: "failed", failure: { kind: "nothing-to-read" } });
    expect(world.sent).toEqual([]);
  });

  it("drops the answer about a page that the tab has left", async () => {
    await open(1, POLICY);
    const running = start();
    await open(1, NEWS, "News");
    await running;
    expect(states.get(1)).toMatchObject({ status: "not-policy", matches: [] });
    expect(overlays.has(1)).toBe(false);
  });

  it("knows that it left a page of the local network, which has no canonical address", async () => {
    await open(1, "http://10.0.0.8/privacy");
    world.reading = { kind: "content", content: CONTENT, url: "http://10.0.0.8/salaries" };
    expect((await start()).analysis).toMatchObject({ kind: "failed", failure: { kind: "nothing-to-read" } });
    expect(world.sent).toEqual([]);
  });

  it("works the same for a known document without records", async () => {
    await open(1, KNOWN, "Terms");
    world.reading = { kind: "content", content: CONTENT, url: KNOWN };
    expect(await handlers["analysis.offer"]({ tabId: 1 }, PAGE)).toMatchObject({ status: "known", analysis: { likely: true } });
    expect(await start(true)).toMatchObject({ status: "matched" });
    expect(world.sent[0]?.request.url).toBe(KNOWN);
  });
});

describe("a server elsewhere", () => {
  beforeEach(async () => {
    await saveSettings({ serverAddress: "https://clauses.example", analyseAtOnce: true });
    await refreshIndex("asked-list");
    await open(1, POLICY);
    log.length = 0;
  });

  it("gets nothing at once, and nothing that was not shown", async () => {
    expect(world.sent).toEqual([]);
    await expect(start()).rejects.toThrow();
    expect(world.sent).toEqual([]);
  });

  it("gets exactly what was shown", async () => {
    const shown = await handlers["analysis.preview"]({ tabId: 1 }, PAGE);
    expect(shown).toEqual({ ok: true, content: CONTENT, address: KEPT_AT });
    expect(world.sent).toEqual([]);
    world.reading = { kind: "content", content: { ...CONTENT, title: "Changed meanwhile" }, url: POLICY };
    await start(false, CONTENT);
    expect(world.sent).toMatchObject([{ request: { title: CONTENT.title, blocks: CONTENT.blocks, keep: false } }]);
  });
});

describe("analysing at once", () => {
  beforeEach(() => saveSettings({ analyseAtOnce: true }));

  it("happens to a page that names and looks like a policy", async () => {
    await open(1, POLICY);
    expect(world.sent).toMatchObject([{ request: { keep: true, url: KEPT_AT }, why: "analysis-at-once-keep" }]);
    expect(states.get(1)?.status).toBe("matched");
  });

  it("keeps nothing when the user declined", async () => {
    await saveSettings({ keepAnalysed: false });
    await open(1, POLICY);
    expect(world.sent).toMatchObject([{ request: { keep: false }, why: "analysis-at-once" }]);
  });

  it("does not happen to other pages: most are not even looked at", async () => {
    await open(1, NEWS, "News of the day");
    expect(log).toEqual([]);
  });

  it("does not happen to a page that only has the name", async () => {
    vi.useFakeTimers();
    world.likely = false;
    const opened = open(1, POLICY);
    await vi.advanceTimersByTimeAsync(10_000);
    await opened;
    expect(world.sent).toEqual([]);
    expect(log.filter((line) => line.startsWith("read"))).toHaveLength(3);
    expect(states.get(1)?.analysis).toEqual({ kind: "offered", likely: false, lookedAt: true });
    expect(badges.get(1)?.text).toBe("");
  });

  it("does not happen to the page that the tab shows by the time the first was looked at", async () => {
    const opened = open(1, POLICY);
    await vi.waitFor(() => expect(log).toContain("read likeness 1"));
    await Promise.all([opened, open(1, NEWS, "News")]);
    world.reading = { kind: "content", content: CONTENT, url: NEWS };
    expect(world.sent.filter(({ request }) => request.url === NEWS)).toEqual([]);
    expect(states.get(1)).toMatchObject({ status: "not-policy", matches: [] });
  });

  it("happens to a known document without records, once", async () => {
    world.reading = { kind: "content", content: CONTENT, url: KNOWN };
    await open(1, KNOWN, "Terms");
    expect(world.sent).toHaveLength(1);
    expect(states.get(1)?.status).toBe("matched");
  });
});

describe("what goes wrong has a name", () => {
  it.each([
    [422, "not-a-policy", "login", { kind: "refused", reason: "login" }],
    [422, "unknown-language", null, { kind: "unknown-language" }],
    [413, "request-too-large", null, { kind: "too-large" }],
    [422, "analysis-too-large", null, { kind: "too-large" }],
    [403, "not-offered", null, { kind: "not-offered" }],
    [507, "archive-full", null, { kind: "archive-full" }],
    [500, "analysis-failed", null, { kind: "failed" }],
    [404, "", null, { kind: "server-too-old" }],
    [405, "method-not-allowed", null, { kind: "server-too-old" }],
    [503, "", null, { kind: "busy" }],
    [504, "", null, { kind: "timeout" }],
    [500, "", null, { kind: "trouble", trouble: { kind: "server-error" } }],
  ])("HTTP %d %s", async (status, type, reason, failure) => {
    refuses(status, type, reason);
    await open(1, POLICY);
    expect((await start()).analysis).toMatchObject({ kind: "failed", failure });
    expect(states.get(1)?.status).toBe("not-policy");
    expect(overlays.has(1)).toBe(false);
  });

  it("no answer in time, a page too large, a page without text, a closed page", async () => {
    await open(1, POLICY);
    world.analysis = { kind: "trouble", trouble: { kind: "server-unreachable", detail: "timeout" } };
    expect((await start()).analysis).toMatchObject({ failure: { kind: "timeout" } });
    world.reading = { kind: "too-large" };
    expect((await start()).analysis).toMatchObject({ failure: { kind: "too-large" } });
    world.reading = { kind: "content", content: { ...CONTENT, blocks: [], words: 0 }, url: POLICY };
    expect((await start()).analysis).toMatchObject({ failure: { kind: "nothing-to-read" } });
    world.reading = { kind: "content", content: { ...CONTENT, words: 90 }, url: POLICY };
    expect((await start()).analysis).toMatchObject({ failure: { kind: "too-short" } });
    expect(world.sent).toHaveLength(1);
    world.access = false;
    expect((await start()).analysis).toMatchObject({ failure: { kind: "page-closed" } });
  });

  it("a page that never finishes loading", async () => {
    await open(1, POLICY);
    vi.useFakeTimers();
    world.loads = false;
    const started = start();
    await vi.advanceTimersByTimeAsync(10_000);
    expect((await started).analysis).toMatchObject({ failure: { kind: "nothing-to-read" } });
    expect(world.sent).toEqual([]);
  });

  it("a worker that the browser stopped", async () => {
    await open(1, POLICY);
    await updateTab(1, (record) => ({ ...record, state: { ...record.state, analysis: { kind: "running", step: "waiting", words: 9 } } }));
    await endInterrupted();
    expect(states.get(1)?.analysis).toMatchObject({ kind: "failed", failure: { kind: "timeout" } });
    expect(await start()).toMatchObject({ status: "matched", analysis: { kind: "done" } });
  });

  it("repeats no long text of a server", async () => {
    refuses(422, "not-a-policy", "x".repeat(500), "y".repeat(5_000));
    await open(1, POLICY);
    const { analysis } = await start();
    const { reason, detail } = analysis?.kind === "failed" ? analysis.failure : { reason: "", detail: "" };
    expect([reason?.length, detail.length]).toEqual([40, 300]);
  });

  it("can be tried again", async () => {
    refuses(503, "");
    await open(1, POLICY);
    await start();
    answers("nothing-found");
    expect(await start()).toMatchObject({ status: "matched", analysis: { kind: "done" } });
  });
});

it("is not for pages and their overlays", async () => {
  const overlay = { tabId: 1, url: POLICY, extensionPage: false };
  await expect(handlers["analysis.start"]({ tabId: 1, keep: false, content: CONTENT }, overlay)).rejects.toThrow();
  await expect(handlers["analysis.preview"]({ tabId: 1 }, overlay)).rejects.toThrow();
  await expect(handlers["analysis.offer"]({ tabId: 1 }, overlay)).rejects.toThrow();
});
