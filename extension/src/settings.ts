/** What the user may choose, with its defaults; stored under one key, checked when read back. */
import type { Language } from "./actions/types";
import type { Category, Severity } from "./contract/types";

export interface Settings {
  /** Origin of the server, no trailing slash. */
  readonly serverAddress: string;
  /** Ed25519 public key of whoever publishes there, 32 bytes in base64; with it, nothing unsigned is used. */
  readonly publicKey: string | null;
  /** `automatic` paints on every known policy where access was granted; `manual` waits for the button. */
  readonly mode: "automatic" | "manual";
  /** Unknown policies on allowed sites are analysed when they are opened; only by a server on this computer. */
  readonly analyseAtOnce: boolean;
  /** Pages that were analysed stay on the user's own server, so that the next visit is a match. */
  readonly keepAnalysed: boolean;
  readonly hiddenSeverities: readonly Severity[];
  readonly hiddenCategories: readonly Category[];
  /** When a document was read is remembered on this computer, to tell what changed since. */
  readonly rememberRead: boolean;
  /** Where the reader lives, as they said (`actions/place.ts`); null: they did not say. Never found out. */
  readonly place: string | null;
  /** The language of letters; null: that of the interface, or English. */
  readonly letterLanguage: Language | null;
  /** A note when an answer is overdue; the browser is asked for the permission when this is switched on. */
  readonly reminders: boolean;
  /** The first-run page was finished. */
  readonly onboarded: boolean;
}

export const DEFAULT_SETTINGS: Settings = {
  serverAddress: "http://127.0.0.1:8787",
  publicKey: null,
  mode: "automatic",
  analyseAtOnce: false,
  keepAnalysed: true,
  hiddenSeverities: [],
  hiddenCategories: [],
  rememberRead: true,
  place: null,
  letterLanguage: null,
  reminders: false,
  onboarded: false,
};
