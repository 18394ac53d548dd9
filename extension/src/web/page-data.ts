/** What a page of the server says of the clause or company that it is about: the same facts that the card has. */
import { choose } from "../actions/choose";
import { PLACES, REQUESTS } from "../actions/data";
import { placeOf } from "../actions/place";
import type { Language } from "../actions/types";
import { choiceView, type ChoiceView } from "../actions/view";
import type { EntityDirectory } from "../contract/types";
import type { DraftedProvision, LetterDraft } from "../letter-draft";

/** Of the data block that the server writes (`web/letter_data.py`). */
export const DATA_ID = "clauselight-letter-data";

export type PageData = Omit<LetterDraft, "wayId">;

/** The server's own words on the server's own page; null where it wrote none. */
export function pageData(document: Pick<Document, "getElementById">): PageData | null {
  const text = document.getElementById(DATA_ID)?.textContent;
  return text ? (JSON.parse(text) as PageData) : null;
}

/** Notes are in the language of the pages. */
const NOTES: Language = "en";

/** The ways about a clause for people at a place, as the extension ranks them. */
export function choiceFor(
  provision: Pick<DraftedProvision, "type" | "severity" | "actions">,
  directory: EntityDirectory | null | undefined,
  placeCode: string | null,
): ChoiceView {
  const { type, severity, actions } = provision;
  const place = placeOf(PLACES, placeCode);
  const clause = { actions: [...actions], clause_type: type, severity };
  return choiceView(choose({ provision: clause, directory, place, requests: REQUESTS, language: NOTES }), place, PLACES, NOTES);
}

/** Where the letter about a clause is written; the way stands behind the `#`, which no server sees. */
export function letterAddress(provisionId: string, wayId: string): string {
  return `/provisions/${provisionId}/letter#${new URLSearchParams({ way: wayId })}`;
}

export function wayIn(hash: string): string | null {
  return new URLSearchParams(hash.replace(/^#/, "")).get("way");
}
