/**
 * Keys on the page: Alt+Shift+J and Alt+Shift+K walk to the next and the previous clause (the focus moves to its
 * marker, where Enter opens the card); Escape closes the card. The physical keys count, since Alt changes the letters.
 */

import { CURATION_TAG } from "./elements";

export type PageKey = "next" | "previous" | "escape";

/** The parts of a keyboard event that matter. */
export interface KeyPress {
  readonly code: string;
  readonly key: string;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly isComposing: boolean;
}

/** What a key press means to the overlay; null for everything that belongs to the page. */
export function meaningOf(press: KeyPress, inField: boolean): PageKey | null {
  if (press.isComposing || press.ctrlKey || press.metaKey) return null;
  if (press.key === "Escape" && !press.altKey && !press.shiftKey) return "escape";
  if (inField || !press.altKey || !press.shiftKey) return null;
  if (press.code === "KeyJ") return "next";
  if (press.code === "KeyK") return "previous";
  return null;
}

/** In our own form for curators, whose inside is closed to listeners of the page, one types. */
const FIELDS = `${CURATION_TAG},` + "input,textarea,select,[contenteditable]:not([contenteditable=false]),[role=textbox],[role=searchbox],[role=combobox]";

/** Whether the event comes from where the user types. */
export function isInField(event: Event): boolean {
  const target = event.composedPath()[0] as Node | undefined;
  return target?.nodeType === 1 && (target as Element).closest(FIELDS) !== null;
}
