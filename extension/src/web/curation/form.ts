/** What a curator may set of a label, as the form holds it, and what is sent of it. Pure. */
import type { Action, Confidence, EvidenceBasis, Explanation, ProvisionDraft, ProvisionRecord, Severity, TextQuoteSelector } from "../../contract/types";

/** The texts that the knowledge fills in. */
export const TEXTS = ["title", "what_it_is", "how_it_affects_you", "why_it_matters", "interpretive_note"] as const;
export type TextName = (typeof TEXTS)[number];

export type Texts = Readonly<Record<TextName, string>>;

export interface Form {
  /** Empty as long as none is chosen. */
  readonly clauseType: string;
  readonly severity: Severity | null;
  readonly confidence: Confidence;
  readonly basis: EvidenceBasis;
  readonly texts: Texts;
  /** null: about the whole document. */
  readonly quote: TextQuoteSelector | null;
  /** Ways to act; null: as the knowledge says. */
  readonly actions: readonly Action[] | null;
  /** What the history says of this act; empty: which fields changed. */
  readonly summary: string;
}

/** Parts of a form that change as one; what people decide about when two have changed it. */
export const PARTS = ["quote", "clauseType", "severity", ...TEXTS, "confidence", "basis", "actions"] as const;
export type Part = (typeof PARTS)[number];

const NO_TEXTS: Texts = { title: "", what_it_is: "", how_it_affects_you: "", why_it_matters: "", interpretive_note: "" };

export function newForm(quote: TextQuoteSelector | null): Form {
  return {
    clauseType: "",
    severity: null,
    confidence: "high",
    basis: quote === null ? "inferred_from_context" : "explicit_document_language",
    texts: NO_TEXTS,
    quote,
    actions: null,
    summary: "",
  };
}

/** A label's texts, of a record as of what the knowledge says. */
export function textsOf({ title, explanation }: { title?: string | null; explanation?: Explanation | null }): Texts {
  return {
    title: title ?? "",
    what_it_is: explanation?.what_it_is ?? "",
    how_it_affects_you: explanation?.how_it_affects_you ?? "",
    why_it_matters: explanation?.why_it_matters ?? "",
    interpretive_note: explanation?.interpretive_note ?? "",
  };
}

export function formOf(record: ProvisionRecord): Form {
  return {
    clauseType: record.clause_type,
    severity: record.severity,
    // What a program was unsure of a person has read now.
    confidence: record.method === "automatic" ? "high" : record.confidence,
    basis: record.evidence_basis,
    texts: textsOf(record),
    quote: record.quote?.selector ?? null,
    actions: record.actions,
    summary: "",
  };
}

/** What is sent; null as long as kind or severity is missing. What is blank goes out blank, so that the server says so. */
export function draftOf(form: Form): ProvisionDraft | null {
  const { clauseType, severity, texts, quote, actions, summary } = form;
  if (clauseType === "" || severity === null) return null;
  const note = texts.interpretive_note.trim();
  return {
    clause_type: clauseType,
    severity,
    confidence: form.confidence,
    evidence_basis: quote === null ? "inferred_from_context" : form.basis,
    title: texts.title.trim(),
    explanation: {
      what_it_is: texts.what_it_is.trim(),
      how_it_affects_you: texts.how_it_affects_you.trim(),
      why_it_matters: texts.why_it_matters.trim(),
      ...(note === "" ? {} : { interpretive_note: note }),
    },
    ...(quote === null ? {} : { quote }),
    ...(actions === null ? {} : { actions: [...actions] }),
    ...(summary.trim() === "" ? {} : { summary: summary.trim() }),
  };
}

/**
 * Another kind of clause. What the curator wrote stays; texts that still say what the knowledge said of the kind before
 * (`before`; null: nothing) follow the new one, and so does a severity that was the usual one.
 */
export function withKind(form: Form, before: ProvisionDraft | null, now: ProvisionDraft): Form {
  const [old, fresh] = [textsOf(before ?? {}), textsOf(now)];
  const texts = { ...form.texts };
  for (const name of TEXTS) if (texts[name].trim() === old[name].trim()) texts[name] = fresh[name];
  const usual = form.severity === null || form.severity === before?.severity;
  return { ...form, clauseType: now.clause_type, severity: usual ? now.severity : form.severity, texts, actions: null };
}

/** The texts of the kind of clause, whatever was written. */
export function withKnownTexts(form: Form, known: ProvisionDraft): Form {
  return { ...form, texts: textsOf(known) };
}

/** Other words. Letters quote the clause, so the ways to act are written anew. */
export function withQuote(form: Form, quote: TextQuoteSelector | null): Form {
  const basis = quote === null ? "inferred_from_context" : form.quote === null ? "explicit_document_language" : form.basis;
  return { ...form, quote, basis, actions: quote?.exact === form.quote?.exact ? form.actions : null };
}

export function valueOf(form: Form, part: Part): unknown {
  return part in form.texts ? form.texts[part as TextName] : form[part as Exclude<Part, TextName>];
}

export function withPart(form: Form, part: Part, from: Form): Form {
  if (part in form.texts) return { ...form, texts: { ...form.texts, [part]: from.texts[part as TextName] } };
  return { ...form, [part]: from[part as Exclude<Part, TextName>] };
}

/** Whether two values say the same, whatever the order of their fields and with blanks at the ends of texts left out. */
export function same(a: unknown, b: unknown): boolean {
  return canonical(a) === canonical(b);
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, one: unknown) => {
    if (typeof one === "string") return one.trim();
    if (one === null || typeof one !== "object" || Array.isArray(one)) return one;
    const filled = Object.entries(one).filter(([key, inner]) => inner !== null && inner !== "" && key !== "type");
    return Object.fromEntries(filled.sort(([x], [y]) => (x < y ? -1 : 1)));
  }) ?? "";
}

/** Parts in which two forms differ, in the order of the form. */
export function changedParts(a: Form, b: Form): Part[] {
  return PARTS.filter((part) => !same(valueOf(a, part), valueOf(b, part)));
}
