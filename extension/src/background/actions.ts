/** What one can do about a clause of a tab, and the letter about it; the knowledge for it is here and not in pages. */
import { choose } from "../actions/choose";
import { PLACES, REQUESTS } from "../actions/data";
import { LANGUAGES, type Language } from "../actions/types";
import { placeOf } from "../actions/place";
import { choiceView, type ChoiceView } from "../actions/view";
import type { AnnotationSet, Provision } from "../contract/types";
import { keepDraft } from "../letter-draft";
import type { OutcomeReport } from "../page-state";
import { language } from "../platform/i18n";
import { extensionUrl } from "../platform/runtime";
import { openTab } from "../platform/tabs";
import { readSettings, saveSettings } from "../settings-store";
import { readTab } from "./tab-record";

/** The language of the interface where notes have it, else English. */
export function notesLanguage(): Language {
  return LANGUAGES.find((one) => language().startsWith(one)) ?? "en";
}

/** null when the tab shows no such clause (any more). */
export async function chooseFor(tabId: number, provisionId: string): Promise<ChoiceView | null> {
  const [found, settings] = await Promise.all([provisionOf(tabId, provisionId), readSettings()]);
  if (found === null) return null;
  const place = placeOf(PLACES, settings.place);
  const { provision, set } = found;
  const words = notesLanguage();
  const choice = choose({ provision, directory: set.directory, place, requests: REQUESTS, language: words });
  return choiceView(choice, place, PLACES, words);
}

/** Keeps the reader's choice of a place; what is no place of the list is not kept. */
export async function keepPlace(code: string): Promise<void> {
  if (placeOf(PLACES, code) !== null) await saveSettings({ place: code });
}

/** Opens the letter page about a clause in a tab of its own. */
export async function openLetter(tabId: number, provisionId: string, wayId: string): Promise<boolean> {
  const found = await provisionOf(tabId, provisionId);
  if (found === null) return false;
  const { provision, set, report } = found;
  const { entity, id, title } = set.document;
  const now = report?.outcome === "changed" ? report.pageText : null;
  const page = await keepDraft({
    entity: { id: entity.id, name: entity.name },
    document: { id, title, url: provision.provenance.source_url ?? set.document.urls[0] ?? null },
    provision: {
      id: provision.id,
      title: provision.title,
      type: provision.clause_type,
      severity: provision.severity,
      actions: provision.actions,
      clause: now ?? provision.quote?.selector.exact ?? null,
    },
    directory: set.directory ?? null,
    wayId,
  });
  await openTab(extensionUrl(page));
  return true;
}

async function provisionOf(
  tabId: number,
  provisionId: string,
): Promise<{ provision: Provision; set: AnnotationSet; report: OutcomeReport | null } | null> {
  const { state } = await readTab(tabId);
  for (const { set } of state.matches) {
    const provision = set.provisions.find(({ id }) => id === provisionId);
    const report = state.outcomes.find((one) => one.provisionId === provisionId) ?? null;
    if (provision) return { provision, set, report };
  }
  return null;
}
