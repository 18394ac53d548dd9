/** What the server finds wrong with a draft, put next to the field that it is about. Pure. */
import type { FieldError, RuleBroken } from "../../contract/types";
import { draftOf, TEXTS, type Form, type TextName } from "./form";

export type Field = "quote" | "clause_type" | "severity" | TextName | "confidence" | "evidence_basis" | "actions" | "summary" | "whole";

/** In the order of the form: the first with a message gets the focus. */
export const FIELDS: readonly Field[] = [
  "whole", "quote", "clause_type", "severity", ...TEXTS, "confidence", "evidence_basis", "actions", "summary",
];

export type Messages = Readonly<Partial<Record<Field, readonly string[]>>>;

/** Texts without which there is no label. */
const NEEDED = ["title", "what_it_is", "how_it_affects_you", "why_it_matters"] as const;

/** The field that a path of a draft or of a record belongs to. */
export function fieldOf(path: string): Field {
  const [first = "", second = ""] = path.split(".");
  if (first === "explanation") return (TEXTS as readonly string[]).includes(second) ? (second as TextName) : "what_it_is";
  return (FIELDS as readonly string[]).includes(first) ? (first as Field) : "whole";
}

/** Every message by field; what is only blank is said in our own words (`needed`). */
export function messagesOf(wrong: readonly (RuleBroken | FieldError)[], form: Form, needed: string): Messages {
  const found: Partial<Record<Field, string[]>> = {};
  for (const { field: path, message } of wrong) {
    const field = fieldOf(path);
    const blank = (NEEDED as readonly string[]).includes(field) && form.texts[field as TextName].trim() === "";
    const text = blank ? needed : sentence(field === "whole" && path ? `${path}: ${message}` : message);
    const there = (found[field] ??= []);
    if (!there.includes(text)) there.push(text);
  }
  return found;
}

/** What is missing for anything to be sent at all. */
export function missing(form: Form, choose: string): Messages {
  if (draftOf(form) !== null) return {};
  return {
    ...(form.clauseType === "" ? { clause_type: [choose] } : {}),
    ...(form.clauseType !== "" && form.severity === null ? { severity: [choose] } : {}),
  };
}

export function firstField(messages: Messages): Field | null {
  return FIELDS.find((field) => messages[field]?.length) ?? null;
}

export function countOf(messages: Messages): number {
  return FIELDS.reduce((sum, field) => sum + (messages[field]?.length ?? 0), 0);
}

/** Rules are worded as the end of a sentence; here each stands alone. */
function sentence(text: string): string {
  const whole = text.trim();
  return whole.charAt(0).toUpperCase() + whole.slice(1) + (/[.!?]$/.test(whole) ? "" : ".");
}
