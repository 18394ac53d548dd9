/** Texts for people, from the message catalogue (`_locales/<language>/<area>.json`); the keys are checked by type. */
import { api } from "./api";

type Actions = typeof import("../_locales/en/actions.json");
type Analysis = typeof import("../_locales/en/analysis.json");
type Background = typeof import("../_locales/en/background.json");
type Cases = typeof import("../_locales/en/cases.json");
type Curate = typeof import("../_locales/en/curate.json");
type Dispute = typeof import("../_locales/en/dispute.json");
type Letters = typeof import("../_locales/en/letters.json");
type Manifest = typeof import("../_locales/en/manifest.json");
type Onboarding = typeof import("../_locales/en/onboarding.json");
type Options = typeof import("../_locales/en/options.json");
type Overlay = typeof import("../_locales/en/overlay.json");
type Panel = typeof import("../_locales/en/panel.json");
type Page = typeof import("../_locales/en/page.json");
type Popup = typeof import("../_locales/en/popup.json");
type Trouble = typeof import("../_locales/en/trouble.json");
type Ui = typeof import("../_locales/en/ui.json");

type Catalogue = Actions & Analysis & Background & Cases & Curate & Dispute & Letters & Manifest & Onboarding & Options & Overlay & Page & Panel & Popup & Trouble & Ui;

export type MessageKey = Extract<keyof Catalogue, string>;

/** The stem of a pair `<stem>_one` and `<stem>_other`. */
export type PluralKey = MessageKey extends infer Key ? (Key extends `${infer Stem}_other` ? Stem : never) : never;

/** The text of a key with `$1`, `$2` ... filled in; the key itself if the catalogue lacks it. */
export function t(key: MessageKey, ...substitutions: readonly (string | number)[]): string {
  return api.i18n?.getMessage(key, substitutions.map(String)) || key;
}

/** The text for a number: `$1` is the number as people write it, `$2` and on are the substitutions. */
export function tn(stem: PluralKey, count: number, ...substitutions: readonly (string | number)[]): string {
  const form = new Intl.PluralRules(language()).select(count) === "one" ? "one" : "other";
  const number = new Intl.NumberFormat(language()).format(count);
  return t(`${stem}_${form}` as MessageKey, number, ...substitutions);
}

/** A number of bytes as people read it: `84 kB`. */
export function byteSize(bytes: number): string {
  const [unit, value] = bytes < 1_000_000 ? (["kilobyte", bytes / 1_000] as const) : (["megabyte", bytes / 1_000_000] as const);
  const digits = value < 10 ? 1 : 0;
  return new Intl.NumberFormat(language(), { style: "unit", unit, maximumFractionDigits: digits }).format(value);
}

/** BCP 47 tag of the language that the texts are in, for `lang` and for formatting dates and numbers. */
export function language(): string {
  return api.i18n?.getMessage("@@ui_locale").replace("_", "-") || "en";
}
