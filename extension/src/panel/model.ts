/** What the panel lists: pure functions from the state of a page to filtered, ordered, grouped entries. */
import type { Category, Provision, Severity } from "../contract/types";
import { SEVERITY_ORDER, type OutcomeReport, type PageState, type ProvisionOutcome } from "../page-state";

/** `pending`: the page is still being read. */
export type EntryOutcome = ProvisionOutcome | "pending";

export interface Entry {
  readonly provision: Provision;
  readonly report: OutcomeReport | null;
  readonly outcome: EntryOutcome;
  /** Place on the page, from 0; what stands nowhere comes last. */
  readonly place: number;
}

export type Order = "severity" | "place";

export interface Filter {
  readonly query: string;
  /** Severities to show; none chosen means all. */
  readonly severities: readonly Severity[];
  readonly category: Category | null;
}

export const NO_FILTER: Filter = { query: "", severities: [], category: null };

export interface Group {
  /** A severity, or in the order of the page: on it, gone from it, or about all of it. */
  readonly key: Severity | "page" | "gone" | "document" | "pending";
  readonly entries: readonly Entry[];
}

/** Every provision of every match, each once. The overlay reports in the order of the page. */
export function entriesOf(state: PageState): Entry[] {
  const reports = new Map(state.outcomes.map((report, place) => [report.provisionId, { report, place }]));
  const seen = new Set<string>();
  const entries: Entry[] = [];
  for (const { set } of state.matches) {
    for (const provision of set.provisions) {
      if (seen.has(provision.id)) continue;
      seen.add(provision.id);
      const found = reports.get(provision.id);
      // Without a quote there is nothing to wait for.
      const outcome = found?.report.outcome ?? (provision.quote ? "pending" : "document");
      entries.push({ provision, report: found?.report ?? null, outcome, place: found?.place ?? Infinity });
    }
  }
  return entries;
}

/** Case and accents do not matter; every word of the query has to occur. */
function fold(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

function matchesQuery({ provision, report }: Entry, words: readonly string[]): boolean {
  if (words.length === 0) return true;
  const { title, clause_type, explanation, quote } = provision;
  const text = fold([title, clause_type.title, explanation.what_it_is, explanation.how_it_affects_you,
    quote?.selector.exact ?? "", report?.pageText ?? ""].join("\n"));
  return words.every((word) => text.includes(word));
}

export function filterEntries(entries: readonly Entry[], { query, severities, category }: Filter): Entry[] {
  const words = fold(query).split(/\s+/).filter(Boolean);
  return entries.filter((entry) => (severities.length === 0 || severities.includes(entry.provision.severity))
    && (category === null || entry.provision.categories.includes(category)) && matchesQuery(entry, words));
}

/** How many entries each severity would show, given the rest of the filter. */
export function countSeverities(entries: readonly Entry[], filter: Filter): Map<Severity, number> {
  const counts = new Map<Severity, number>();
  for (const { provision } of filterEntries(entries, { ...filter, severities: [] })) {
    counts.set(provision.severity, (counts.get(provision.severity) ?? 0) + 1);
  }
  return counts;
}

/** How many entries each category would show, given the rest of the filter. */
export function countCategories(entries: readonly Entry[], filter: Filter): Map<Category, number> {
  const counts = new Map<Category, number>();
  for (const { provision } of filterEntries(entries, { ...filter, category: null })) {
    for (const category of provision.categories) counts.set(category, (counts.get(category) ?? 0) + 1);
  }
  return counts;
}

const byPlace = (a: Entry, b: Entry): number => (a.place === b.place ? 0 : a.place - b.place);

/** Groups in the order asked for; none is empty. */
export function groupEntries(entries: readonly Entry[], order: Order): Group[] {
  const sorted = [...entries].sort(byPlace);
  const groups: Group[] = order === "severity"
    ? SEVERITY_ORDER.map((key) => ({ key, entries: sorted.filter(({ provision }) => provision.severity === key) }))
    : [
        { key: "page", entries: sorted.filter(({ outcome }) => outcome === "found" || outcome === "moved" || outcome === "changed") },
        { key: "pending", entries: sorted.filter(({ outcome }) => outcome === "pending") },
        { key: "gone", entries: sorted.filter(({ outcome }) => outcome === "gone") },
        { key: "document", entries: sorted.filter(({ outcome }) => outcome === "document") },
      ];
  return groups.filter((group) => group.entries.length > 0);
}

/** Whether the page has a place to jump to. */
export function hasPlace(outcome: EntryOutcome): boolean {
  return outcome === "found" || outcome === "moved" || outcome === "changed";
}
