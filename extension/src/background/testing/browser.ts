/** For tests only: a browser with tabs and overlays, and a server, in memory. Mocked into the place of `platform/`. */
import { vi } from "vitest";
import type { Reading } from "../../analyse/content";
import type { AnalysisAnswer, AnalysisRequest, Bucket, UrlIndex, UrlIndexDelta } from "../../contract/types";
import type { PageState } from "../../page-state";
import type { Badge } from "../../platform/action";
import { fakeArea } from "../../platform/testing/fake-storage";
import type { Tab } from "../../platform/tabs";
import type { RequestReason } from "../../request-ledger";
import type { Answer } from "../server";
import type { Source } from "../source";

export const local = fakeArea();
export const session = fakeArea();

export const tabs = new Map<number, Tab>();
/** Tabs whose page has a living overlay. */
export const overlays = new Set<number>();
export const badges = new Map<number, Badge>();
export const states = new Map<number, PageState>();
export const log: string[] = [];

export const world = {
  access: true,
  canonicalLink: null as string | null,
  index: null as UrlIndex | null,
  buckets: new Map<string, Bucket>(),
  down: false,
  /** What the reader sees in every page. */
  likely: true,
  reading: null as Reading | null,
  /** False for pages that never finish loading. */
  loads: true,
  analysis: null as Answer<AnalysisAnswer> | null,
  /** What was sent to be analysed, oldest first. */
  /** The servers that it was sent to. */
  servers: [] as string[],
  sent: [] as { request: AnalysisRequest; why: RequestReason }[],
};

export function resetWorld(): void {
  for (const map of [tabs, overlays, badges, states, local.values, session.values, world.buckets]) map.clear();
  log.length = 0;
  Object.assign(world, { access: true, canonicalLink: null, index: null, down: false, likely: true, reading: null, loads: true, analysis: null, servers: [], sent: [] });
}

class MessageFailed extends Error {}

export const platform = {
  storage: { local, session },
  tabs: {
    getTab: async (id: number) => tabs.get(id) ?? null,
    allTabs: async () => [...tabs.values()],
  },
  messaging: {
    MessageFailed,
    order: async (tabId: number, name: string) => {
      if (!overlays.has(tabId)) throw new MessageFailed("nobody");
      log.push(`${name} ${tabId}`);
      if (name === "overlay.remove") overlays.delete(tabId);
      return name === "overlay.jump" ? { jumped: true } : null;
    },
    broadcast: async (_name: string, { state }: { state: PageState }) => void states.set(state.tabId, state),
  },
  scripting: {
    injectScript: async (tabId: number) => {
      if (!world.access) throw new Error("Cannot access contents of the page.");
      if (!overlays.has(tabId)) log.push(`inject ${tabId}`);
      overlays.add(tabId);
    },
    readCanonicalLink: async () => world.canonicalLink,
  },
  reader: {
    readInPage: async (tabId: number, what: "likeness" | "content"): Promise<Reading | null> => {
      log.push(`read ${what} ${tabId}`);
      if (!world.access) throw new Error("Cannot access contents of the page.");
      if (!world.loads) return new Promise(() => undefined);
      return what === "likeness" ? { kind: "likeness", likeness: { likely: world.likely, points: 9 } } : world.reading;
    },
  },
  action: { showBadge: async (tabId: number, badge: Badge) => void badges.set(tabId, badge) },
  alarms: { setAlarm: async () => undefined, hasAlarm: async () => true },
  permissions: {
    hasSites: async () => world.access,
    sitePattern: (url: string) => `${new URL(url).origin}/*`,
  },
  sidePanel: { openPanel: vi.fn(async (tabId: number) => (log.push(`panel ${tabId}`), true)) },
};

function answer<T>(value: T | null | undefined): Answer<T> {
  if (world.down) return { kind: "trouble", trouble: { kind: "server-unreachable", detail: "" } };
  if (value == null) return { kind: "trouble", trouble: { kind: "server-error", detail: "HTTP 404" }, missing: true };
  return { kind: "fresh", value, etag: '"e"', bytes: 1000 };
}

export const server = {
  fetchIndex: async () => (log.push("GET index"), answer(world.index)),
  fetchDelta: async () => answer<UrlIndexDelta>(null),
  fetchBucket: async (_source: Source, prefix: string) => (log.push(`GET ${prefix}`), answer(world.buckets.get(prefix))),
  fetchInfo: async () => answer(null),
  postAnalysis: async ({ address }: Source, request: AnalysisRequest, why: RequestReason) => {
    log.push("POST analysis");
    world.servers.push(address);
    world.sent.push({ request, why });
    return world.analysis ?? answer<AnalysisAnswer>(null);
  },
};
