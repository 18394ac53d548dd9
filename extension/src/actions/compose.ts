/** From a way to a finished letter: the step that an interface takes, in one call. */
import { fillLetter, fillText, cleanValue, type FilledLetter } from "./fill";
import { letterValues, type LetterContext, type LetterSubject } from "./letter-values";
import type { Values } from "./types";

/** Our letter for a request, with what is known. `written` are fill-ins that the reader changed by hand. */
export function composeLetter(context: LetterContext, written: Values = {}): FilledLetter {
  return fillLetter({
    template: context.letters.letters[context.rule.kind],
    language: context.letters,
    values: { ...letterValues(context), ...written },
    law: context.rule.law.id,
    of: context.earlier?.kind ?? null,
  });
}

/** The record's own letter, where none of ours fits: its four places filled in one pass. */
export function composeOwnLetter(
  letter: { readonly subject: string; readonly body: string },
  subject: LetterSubject,
  name: string,
): { subject: string; body: string } {
  const values = {
    entity: cleanValue("entity", subject.entity).text,
    document: cleanValue("document", subject.document).text,
    clause: cleanValue("clause", subject.clause).text,
    name: cleanValue("name", name).text,
  };
  const given = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ""));
  const filled = (text: string): string => fillText(text, given);
  return { subject: filled(letter.subject).replace(/\s+/g, " ").trim(), body: filled(letter.body).trim() };
}
