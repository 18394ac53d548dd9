import { beforeEach, describe, expect, it, vi } from "vitest";
import type { AnnotationSet } from "../contract/types";
import type { TabUpdate } from "../platform/tabs";
import * as browser from "./testing/browser";
import { analysedSet, bucketOf as makeBucket, indexOf, knownSet } from "./testing/fixtures";

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
const { applyMode, tabUpdated } = await import("./automatic");
const { bucketOf, siteBucketOf } = await import("./known");
const { decodeIndex } = await import("./index-state");
const { forgetIndex, refreshIndex } = await import("./index-sync");
const { handlers } = await import("./router");
const { saveSettings } = await import("../settings-store");

const { log, overlays, states, tabs, world } = browser;
const POLICY = "https://www.murmurloft.example/privacy";
const TERMS = "https://www.murmurloft.example/terms";
const NEWS = "https://news.example/today";
const PAGE = { tabId: null, url: null, extensionPage: true };

/** The server knows these documents. */
function serve(...sets: AnnotationSet[]): void {
  const urls = sets.flatMap((set) => set.addresses);
  world.index = indexOf(urls);
  const decoded = decodeIndex(world.index);
  if (!decoded.ok) throw new Error(decoded.detail);
  for (const [i, set] of sets.entries()) {
    const prefix = bucketOf(decoded.index, urls[i] ?? "") ?? "";
    world.buckets.set(prefix, makeBucket(prefix, [...(world.buckets.get(prefix)?.sets ?? []), set]));
  }
}

const change = (tabId: number, url: string | null, what: Partial<TabUpdate>): Promise<void> => {
  tabs.set(tabId, { id: tabId, url });
  return tabUpdated({ tabId, url, title: "", loading: false, complete: false, addressChanged: false, ...what });
};

/** The tab loads a page, as browsers tell it; the old page's overlay is gone with it. */
async function open(tabId: number, url: string | null): Promise<void> {
  overlays.delete(tabId);
  await change(tabId, url, { loading: true, addressChanged: url !== null });
  await change(tabId, url, { complete: true });
}

beforeEach(async () => {
  browser.resetWorld();
  await forgetIndex();
  serve(analysedSet(POLICY), knownSet(TERMS));
});

describe("automatic mode", () => {
  beforeEach(async () => {
    await refreshIndex("asked-list");
    log.length = 0;
  });

  it("lights up a known policy: one request, one overlay, a badge with the count", async () => {
    await open(1, POLICY);
    expect(log.filter((line) => line.startsWith("GET"))).toHaveLength(1);
    expect(log.filter((line) => line === "inject 1")).toHaveLength(1);
    expect(states.get(1)?.status).toBe("matched");
    expect(browser.badges.get(1)?.text).toBe(String(analysedSet(POLICY).provisions.length));
  });

  it("asks nothing and injects nothing on any other page", async () => {
    for (const url of [NEWS, "https://www.murmurloft.example/", "about:blank", "chrome://extensions/"]) await open(1, url);
    expect(log).toEqual([]);
    expect(states.get(1)?.status).toBe("not-policy");
  });

  it("asks nothing while it holds no index, and looks at open pages once it does", async () => {
    await handlers["cache.clear"]({}, PAGE);
    await open(1, POLICY);
    expect(log).toEqual([]);
    await refreshIndex("asked-list");
    await applyMode();
    expect(states.get(1)?.status).toBe("matched");
  });

  it("does not paint a document that nobody analysed", async () => {
    await open(1, TERMS);
    expect(states.get(1)?.status).toBe("known");
    expect(log).not.toContain("inject 1");
  });

  it("tells another language apart", async () => {
    await open(1, "https://www.murmurloft.example/fr/privacy");
    expect(states.get(1)).toMatchObject({ status: "other-language" });
    expect(log).not.toContain("inject 1");
  });

  it("leaves everything in place for a link to a section of the page", async () => {
    await open(1, POLICY);
    log.length = 0;
    await change(1, `${POLICY}#choices`, { addressChanged: true });
    await change(1, `${POLICY}#choices`, { complete: true });
    expect(log).toEqual(["overlay.settings 1"]);
    expect(states.get(1)?.status).toBe("matched");
  });

  it("follows a single-page application from the policy to another page and back", async () => {
    await open(1, POLICY);
    await change(1, NEWS, { addressChanged: true });
    expect(overlays.has(1)).toBe(false);
    expect(states.get(1)?.status).toBe("not-policy");
    await change(1, POLICY, { addressChanged: true });
    expect(overlays.has(1)).toBe(true);
    expect(states.get(1)?.status).toBe("matched");
  });

  it("paints again after a reload, also of a page whose highlights were taken off", async () => {
    await open(1, POLICY);
    await handlers["page.clear"]({ tabId: 1 }, PAGE);
    expect(overlays.has(1)).toBe(false);
    expect(await handlers["overlay.ready"]({ url: POLICY, canonicalLink: null }, { tabId: 1, url: POLICY, extensionPage: false })).toBeNull();
    await open(1, POLICY);
    expect(overlays.has(1)).toBe(true);
  });

  it("forgets the page when the tab goes where it has no access", async () => {
    await open(1, POLICY);
    await open(1, null);
    expect(states.get(1)).toMatchObject({ status: "unknown", matches: [] });
  });

  it("shows what it remembers when the server is down, and says so", async () => {
    await open(1, POLICY);
    world.down = true;
    await open(2, POLICY);
    expect(states.get(2)).toMatchObject({ status: "matched", fromCache: true, trouble: { kind: "server-unreachable" } });
    expect(overlays.has(2)).toBe(true);
  });

  it("leaves the page alone when the server is down and nothing is remembered", async () => {
    world.down = true;
    await open(1, POLICY);
    expect(states.get(1)).toMatchObject({ status: "trouble", trouble: { kind: "server-unreachable" } });
    expect(log).not.toContain("inject 1");
    expect(browser.badges.get(1)?.text).toBe("!");
  });

  it("says that a page is closed to extensions, and keeps the list", async () => {
    world.access = false;
    await open(1, POLICY);
    expect(states.get(1)).toMatchObject({ status: "matched", trouble: { kind: "no-permission" } });
  });

  it("drops an answer that comes after the tab went on", async () => {
    const original = browser.server.fetchBucket;
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    browser.server.fetchBucket = async (source, prefix) => (await held, original(source, prefix));
    const slow = change(1, POLICY, { loading: true, addressChanged: true });
    await vi.waitFor(() => expect(states.get(1)?.status).toBe("checking"));
    await open(1, NEWS);
    release();
    await slow;
    browser.server.fetchBucket = original;
    expect(states.get(1)?.status).toBe("not-policy");
    expect(log).not.toContain("inject 1");
  });
});

describe("two people who read different documents of one bucket", () => {
  const [first, second] = ["https://a.example/privacy", "https://b.example/terms"];

  /** What the server sees of somebody who opens these addresses. */
  async function session(...urls: string[]): Promise<string[]> {
    browser.resetWorld();
    await forgetIndex();
    await saveSettings({ serverAddress: "https://clauses.example" });
    world.index = indexOf([first, second], {}, 0);
    world.buckets.set("0", makeBucket("0", [analysedSet(first), knownSet(second)]));
    await refreshIndex("asked-list");
    for (const url of urls) await open(1, url);
    return log.filter((line) => line.startsWith("GET"));
  }

  it("look alike to the server, however often they come back", async () => {
    const seen = await session(first);
    expect(seen).toEqual(["GET index", "GET 0"]);
    for (const urls of [[second], [first, first], [second, NEWS, first], [`${second}#a`, `${second}#b`, second]]) {
      expect(await session(...urls), urls.join(" ")).toEqual(seen);
    }
  });
});

describe("the documents of a site", () => {
  const SHOP = "https://shop.murmurloft.example/cart";
  const siteBucket = (): string => {
    const decoded = decodeIndex(world.index ?? indexOf([]));
    return (decoded.ok && siteBucketOf(decoded.index, SHOP)) || "";
  };

  beforeEach(async () => {
    await refreshIndex("asked-list");
    world.buckets.set(siteBucket(), makeBucket(siteBucket(), [analysedSet(POLICY), knownSet("https://other.example/")]));
    log.length = 0;
  });

  it("are asked for when the popup is opened, never while browsing", async () => {
    await open(1, SHOP);
    expect(log).toEqual([]);
    const site = await handlers["site.documents"]({ tabId: 1 }, PAGE);
    expect(site.kind === "known" && site.sets.map((set) => set.addresses)).toEqual([[POLICY]]);
    expect(log).toEqual([`GET ${siteBucket()}`]);
  });

  it("cause no request on a site that is in no list", async () => {
    await open(1, NEWS);
    expect(await handlers["site.documents"]({ tabId: 1 }, PAGE)).toEqual({ kind: "known", sets: [] });
    expect(log).toEqual([]);
  });

  it("wait for the button in manual mode", async () => {
    await saveSettings({ mode: "manual" });
    await open(1, SHOP);
    expect(await handlers["site.documents"]({ tabId: 1 }, PAGE)).toEqual({ kind: "known", sets: [] });
    expect(log).toEqual([]);
    await handlers["page.highlight"]({ tabId: 1 }, PAGE);
    expect(await handlers["site.documents"]({ tabId: 1 }, PAGE)).toMatchObject({ sets: [{ addresses: [POLICY] }] });
  });

  it("are not for overlays", async () => {
    const overlay = { tabId: 1, url: POLICY, extensionPage: false };
    await expect(handlers["site.documents"]({ tabId: 1 }, overlay)).rejects.toThrow();
  });
});

describe("manual mode", () => {
  beforeEach(async () => {
    await saveSettings({ mode: "manual" });
  });

  it("does nothing until it is asked", async () => {
    await open(1, POLICY);
    await applyMode();
    expect(await handlers["page.state"]({ tabId: 1 }, PAGE)).toMatchObject({ status: "unknown" });
    expect(log).toEqual([]);
    expect(await handlers["page.highlight"]({ tabId: 1 }, PAGE)).toMatchObject({ status: "matched" });
    expect(overlays.has(1)).toBe(true);
  });

  it("keeps what was asked for while the browser still tells of the page's loading", async () => {
    for (let late = 0; late < 40; late += 1) {
      const tabId = 100 + late;
      tabs.set(tabId, { id: tabId, url: POLICY });
      const told = [{ loading: true, addressChanged: true }, { complete: true }].map(async (what) => {
        for (let turn = 0; turn < late; turn += 1) await Promise.resolve();
        await change(tabId, POLICY, what);
      });
      await Promise.all([handlers["page.highlight"]({ tabId }, PAGE), ...told]);
      expect(states.get(tabId)?.status).toBe("matched");
      expect(overlays.has(tabId)).toBe(true);
    }
  });

  it("forgets the page with the next one, also after a reload", async () => {
    await open(1, POLICY);
    await handlers["page.highlight"]({ tabId: 1 }, PAGE);
    await open(1, POLICY);
    expect(states.get(1)?.status).toBe("unknown");
    await handlers["page.highlight"]({ tabId: 1 }, PAGE);
    await open(1, NEWS);
    expect(states.get(1)?.status).toBe("unknown");
  });

  it("believes a page's canonical address within its own site", async () => {
    world.canonicalLink = POLICY;
    await open(1, "https://help.murmurloft.example/articles/12");
    expect(await handlers["page.highlight"]({ tabId: 1 }, PAGE)).toMatchObject({ status: "matched" });
    await open(2, "https://evil.example/articles/12");
    expect(await handlers["page.highlight"]({ tabId: 2 }, PAGE)).toMatchObject({ status: "not-policy" });
  });

  it("says when the browser does not show it the page", async () => {
    await open(1, null);
    expect(await handlers["page.highlight"]({ tabId: 1 }, PAGE)).toMatchObject({
      status: "trouble",
      trouble: { kind: "no-permission" },
    });
  });
});

describe("calls", () => {
  const overlay = { tabId: 1, url: POLICY, extensionPage: false };

  beforeEach(async () => {
    await refreshIndex("asked-list");
    await open(1, POLICY);
  });

  it("give an overlay what to paint, and keep what it reports of known provisions", async () => {
    const given = await handlers["overlay.ready"]({ url: POLICY, canonicalLink: null }, overlay);
    const [provision] = given?.matches[0]?.set.provisions ?? [];
    const provisionId = provision?.id ?? "";
    await handlers["overlay.outcomes"](
      {
        outcomes: [
          { provisionId, outcome: "found", pageText: null },
          { provisionId, outcome: "gone", pageText: null },
          { provisionId: "CL-P-999999", outcome: "found", pageText: null },
        ],
      },
      overlay,
    );
    expect(states.get(1)).toMatchObject({ painted: true, outcomes: [{ provisionId, outcome: "found", pageText: null }] });
  });

  it("open the panel at a provision before anything else", async () => {
    log.length = 0;
    await handlers["overlay.open-panel"]({ provisionId: "CL-P-000001" }, overlay);
    expect(log[0]).toBe("panel 1");
    expect(states.get(1)?.focus).toBe("CL-P-000001");
  });

  it("of extension pages are not for overlays", async () => {
    await expect(handlers["page.state"]({ tabId: 2 }, overlay)).rejects.toThrow();
    await expect(handlers["server.test"]({ address: "https://spy.example" }, overlay)).rejects.toThrow();
  });

  it("jump where there is an overlay, and say when there is none", async () => {
    expect(await handlers["page.jump"]({ tabId: 1, provisionId: "CL-P-000001" }, PAGE)).toEqual({ jumped: true });
    expect(await handlers["page.jump"]({ tabId: 9, provisionId: "CL-P-000001" }, PAGE)).toEqual({ jumped: false });
  });
});
