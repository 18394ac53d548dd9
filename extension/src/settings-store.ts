/** The settings in the browser's storage. Whatever is found there or in an imported file is checked, field by field. */
import { LANGUAGES, type Language } from "./actions/types";
import { alone } from "./alone";
import type { Category, Severity } from "./contract/types";
import { SEVERITY_ORDER } from "./page-state";
import { local } from "./platform/storage";
import { parsePublicKey } from "./public-key";
import { parseServerAddress } from "./server-address";
import { DEFAULT_SETTINGS, type Settings } from "./settings";

const KEY = "settings";

/** The categories of the contract; the type below fails to compile when one is missing. */
const CATEGORIES: { readonly [Name in Category]: true } = {
  ai: true,
  collection: true,
  tracking: true,
  sharing: true,
  "retention-security": true,
  rights: true,
  content: true,
  account: true,
  terms: true,
  liability: true,
  disputes: true,
  payment: true,
};

export const CATEGORY_ORDER = Object.keys(CATEGORIES) as readonly Category[];

/** `DE`, `US-CA`, `elsewhere`; whether it is one of the list is judged where the list is. */
const PLACE_CODE = /^[A-Za-z]{2,12}(-[A-Z]{2,3})?$/;

/** A field that is missing or makes no sense takes its default; unknown fields are dropped. */
export function parseSettings(stored: unknown): Settings {
  const raw: Partial<Record<keyof Settings, unknown>> =
    typeof stored === "object" && stored !== null ? (stored as Partial<Record<keyof Settings, unknown>>) : {};
  const address = typeof raw.serverAddress === "string" ? parseServerAddress(raw.serverAddress) : null;
  return {
    serverAddress: address?.ok ? address.address : DEFAULT_SETTINGS.serverAddress,
    publicKey: typeof raw.publicKey === "string" ? parsePublicKey(raw.publicKey) : null,
    mode: raw.mode === "manual" || raw.mode === "automatic" ? raw.mode : DEFAULT_SETTINGS.mode,
    analyseAtOnce: raw.analyseAtOnce === true,
    keepAnalysed: raw.keepAnalysed !== false,
    hiddenSeverities: chosen<Severity>(raw.hiddenSeverities, SEVERITY_ORDER),
    hiddenCategories: chosen<Category>(raw.hiddenCategories, CATEGORY_ORDER),
    rememberRead: raw.rememberRead !== false,
    place: typeof raw.place === "string" && PLACE_CODE.test(raw.place) ? raw.place : null,
    letterLanguage: LANGUAGES.find((one: Language) => one === raw.letterLanguage) ?? null,
    reminders: raw.reminders === true,
    onboarded: raw.onboarded === true,
  };
}

function chosen<Word extends string>(value: unknown, allowed: readonly Word[]): Word[] {
  return Array.isArray(value) ? allowed.filter((word) => value.includes(word)) : [];
}

export async function readSettings(): Promise<Settings> {
  return parseSettings(await local.get(KEY));
}

/** Changes some fields and returns the whole; two changes at once do not undo each other. */
export function saveSettings(changes: Partial<Settings>): Promise<Settings> {
  return alone("settings", async () => {
    const settings = parseSettings({ ...(await readSettings()), ...changes });
    await local.set({ [KEY]: settings });
    return settings;
  });
}

export function onSettingsChanged(listener: (settings: Settings) => void): void {
  local.onChanged((key, value) => {
    if (key === KEY) listener(parseSettings(value));
  });
}
