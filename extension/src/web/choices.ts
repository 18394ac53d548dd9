/**
 * What the reader chose on the server's pages: where they live, and the language of their letters. It goes with them
 * from page to page of this tab, and stays on this computer only while they have their profile kept.
 */
import { LANGUAGES, type Language } from "../actions/types";
import { forget, keep, readKept } from "./browser-store";

const PLACE = "place";
const LANGUAGE = "language";

export interface Choices {
  /** A code of the list of places; whether it is one is judged where the list is. */
  readonly place: string | null;
  readonly language: Language | null;
}

export function readChoices(): Choices {
  const place = readKept("session", PLACE) ?? readKept("local", PLACE);
  const language = readKept("session", LANGUAGE) ?? readKept("local", LANGUAGE);
  return { place: typeof place === "string" ? place : null, language: LANGUAGES.find((one) => one === language) ?? null };
}

export function choosePlace(code: string): void {
  choose(PLACE, code);
}

export function chooseLanguage(language: Language): void {
  choose(LANGUAGE, language);
}

/** From now on choices are kept on this computer too, or no longer. */
export function keepChoices(kept: boolean): void {
  const chosen = readChoices();
  for (const [name, value] of [[PLACE, chosen.place], [LANGUAGE, chosen.language]] as const) {
    if (value !== null) keep("session", name, value);
    if (kept && value !== null) keep("local", name, value);
    else forget("local", name);
  }
}

function choose(name: string, value: string): void {
  keep("session", name, value);
  if (readKept("local", "profile") !== undefined) keep("local", name, value);
}
