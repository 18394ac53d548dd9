import { beforeEach, describe, expect, it, vi } from "vitest";
import { fakeArea } from "./platform/testing/fake-storage";
import { DEFAULT_SETTINGS } from "./settings";

const local = fakeArea();
vi.mock("./platform/storage", () => ({ local }));
const { onSettingsChanged, parseSettings, readSettings, saveSettings } = await import("./settings-store");

beforeEach(() => local.values.clear());

describe("settings", () => {
  it("are the defaults until something is chosen", async () => {
    expect(await readSettings()).toEqual(DEFAULT_SETTINGS);
  });

  it("keep what was chosen and tell about it", async () => {
    const heard = vi.fn();
    onSettingsChanged(heard);
    await saveSettings({ hiddenSeverities: ["low"] });
    const saved = await saveSettings({ mode: "manual" });
    expect(saved).toEqual({ ...DEFAULT_SETTINGS, mode: "manual", hiddenSeverities: ["low"] });
    expect(await readSettings()).toEqual(saved);
    expect(heard).toHaveBeenLastCalledWith(saved);
  });

  it("keep both of two changes at once", async () => {
    await Promise.all([saveSettings({ place: "DE" }), saveSettings({ reminders: true })]);
    expect(await readSettings()).toMatchObject({ place: "DE", reminders: true });
  });

  it("survive damaged or hostile values field by field", () => {
    expect(parseSettings("nonsense")).toEqual(DEFAULT_SETTINGS);
    expect(
      parseSettings({
        serverAddress: "http://spy.example",
        mode: "always",
        hiddenSeverities: ["low", "made-up", 3],
        hiddenCategories: "ai",
        onboarded: "yes",
        extra: 1,
      }),
    ).toEqual({ ...DEFAULT_SETTINGS, hiddenSeverities: ["low"] });
  });
});
