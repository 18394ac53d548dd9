/** What of a label readers see, for telling whether two states of it look the same, and which ones wait for a person. Pure. */
import type { AnnotationSet, Provision } from "../../contract/types";
import { same } from "./form";

/** The parts that people set; dates and counts change by themselves. */
export function shows(one: Provision): unknown {
  const { title, severity, confidence, method, evidence_basis, explanation, quote, actions, clause_type } = one;
  return [title, severity, confidence, method, evidence_basis, explanation, quote?.selector, actions, clause_type.id];
}

/** Whether a published set has the label as it was saved. */
export function hasIt(set: AnnotationSet, saved: Provision): boolean {
  const found = set.provisions.find(({ id }) => id === saved.id);
  return found !== undefined && same(shows(found), shows(saved));
}

export function lacksIt(set: AnnotationSet, id: string): boolean {
  return set.provisions.every((one) => one.id !== id);
}

/** Labels that only a program has seen. */
export function unconfirmed(provisions: readonly Provision[]): Provision[] {
  return provisions.filter(({ method }) => method === "automatic");
}

/** The unconfirmed label after another one, round the end; null when there is none. */
export function nextUnconfirmed(provisions: readonly Provision[], after: string | null): string | null {
  const at = provisions.findIndex(({ id }) => id === after);
  const ordered = [...provisions.slice(at + 1), ...provisions.slice(0, at + 1)];
  return unconfirmed(ordered)[0]?.id ?? null;
}
