/** Clauses, companies and profiles for the tests of this folder. */
import type { Action, DirectoryEntry, EntityDirectory, Provision } from "../../contract/types";
import type { Deadline } from "../types";

export const QUOTE = "We may use the content you post to train our {models}.";

export function action(change: Partial<Action> = {}): Action {
  return { kind: "change_setting", title: "Turn it off", jurisdictions: ["worldwide"], effect: "limits", steps: ["Open the settings."], ...change };
}

export function provision(
  type: string,
  actions: Action[] = [],
  severity: Provision["severity"] = "high",
): Pick<Provision, "actions" | "clause_type" | "severity"> {
  return { actions, clause_type: { id: type, title: type }, severity };
}

export function entry(change: Partial<DirectoryEntry> & Pick<DirectoryEntry, "kind">): DirectoryEntry {
  const made = {
    id: `${change.kind}-1`,
    countries: ["worldwide"],
    source: { project: "curated", licence: "CC0-1.0", record: "example", imported_at: "2026-11-01T00:00:00Z" },
    ...change,
  };
  return made as DirectoryEntry;
}

export function directory(...entries: DirectoryEntry[]): EntityDirectory {
  return { entries };
}

export const MONTH: Deadline = {
  value: 1,
  unit: "months",
  basis: "law",
  source: "Article 12(3) GDPR",
  url: "https://eur-lex.europa.eu/eli/reg/2016/679/oj",
  extension: { value: 2, unit: "months", when: "complex" },
  phrase: { en: "within one month", de: "innerhalb eines Monats", fr: "dans un délai d'un mois" },
};
