import { beforeEach, expect, it, vi } from "vitest";
import { DEFAULT_SETTINGS } from "../settings";
import * as browser from "./testing/browser";
import { analysedSet, bucketOf as makeBucket, indexOf } from "./testing/fixtures";

vi.mock("../platform/storage", () => browser.platform.storage);
vi.mock("../platform/tabs", () => browser.platform.tabs);
vi.mock("../platform/messaging", () => browser.platform.messaging);
vi.mock("../platform/scripting", () => browser.platform.scripting);
vi.mock("../platform/action", () => browser.platform.action);
vi.mock("../platform/alarms", () => browser.platform.alarms);
vi.mock("../platform/permissions", () => browser.platform.permissions);
vi.mock("./server", () => browser.server);
const { rememberSource, settingsChanged } = await import("./settings-change");
const { refreshIndex } = await import("./index-sync");
const { applyMode } = await import("./automatic");
const { saveSettings } = await import("../settings-store");
const { bucketOf } = await import("./known");
const { decodeIndex } = await import("./index-state");

const POLICY = "https://www.murmurloft.example/privacy";

beforeEach(async () => {
  browser.resetWorld();
  browser.world.index = indexOf([POLICY]);
  const decoded = decodeIndex(browser.world.index);
  const prefix = (decoded.ok && bucketOf(decoded.index, POLICY)) || "";
  browser.world.buckets.set(prefix, makeBucket(prefix, [analysedSet(POLICY)]));
  browser.tabs.set(1, { id: 1, url: POLICY });
  await rememberSource();
  await refreshIndex("asked-list");
  await applyMode();
  browser.log.length = 0;
});

it("counts again and tells the overlays when the user hides a severity", async () => {
  const hiddenSeverities = ["critical", "high", "medium", "low", "protective"] as const;
  await settingsChanged(await saveSettings({ hiddenSeverities }));
  expect(browser.badges.get(1)?.text).toBe("0");
  expect(browser.log).toEqual(["overlay.settings 1"]);
});

it("starts anew with another server: its list, its documents, none of the old ones", async () => {
  browser.world.index = indexOf([]);
  await settingsChanged(await saveSettings({ serverAddress: "https://other.example" }));
  expect(browser.log).toEqual(["overlay.remove 1", "GET index"]);
  expect(browser.states.get(1)?.status).toBe("not-policy");
  expect([...browser.local.values.keys()].filter((key) => key.startsWith("bucket"))).toEqual([]);
});

it("lights up open pages when automatic mode comes back", async () => {
  await settingsChanged(await saveSettings({ mode: "manual" }));
  browser.tabs.set(2, { id: 2, url: POLICY });
  expect(browser.overlays.has(2)).toBe(false);
  await settingsChanged(await saveSettings({ ...DEFAULT_SETTINGS }));
  expect(browser.overlays.has(2)).toBe(true);
});
