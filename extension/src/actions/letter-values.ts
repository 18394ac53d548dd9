/** What is filled into a letter, gathered from the reader's profile, the clause, the law and an earlier request. */
import { isDay, type Day } from "./deadline";
import type { PlacedRule } from "./law";
import type { Language, LetterLanguage, RequestKind, Values } from "./types";

/** What a reader keeps on this computer to be put into letters; nothing of it is needed, nothing of it leaves. */
export interface Profile {
  readonly name: string;
  readonly email: string;
  readonly address: string;
}

export const EMPTY_PROFILE: Profile = { name: "", email: "", address: "" };

/** The clause that a letter is about. */
export interface LetterSubject {
  readonly entity: string;
  readonly document?: string | null;
  readonly documentUrl?: string | null;
  readonly clause?: string | null;
}

/** An earlier request, for reminders, answers to refusals and complaints. */
export interface EarlierRequest {
  readonly kind: RequestKind;
  readonly article?: string | null;
  readonly sentOn: Day;
  readonly dueOn?: Day | null;
  readonly answeredOn?: Day | null;
  readonly refusal?: string | null;
  /** The account of what happened, one line an event. */
  readonly account?: string | null;
}

export interface LetterContext {
  readonly language: Language;
  readonly letters: LetterLanguage;
  readonly rule: PlacedRule;
  readonly profile: Profile;
  readonly subject: LetterSubject;
  readonly today: Day;
  /** Where the reader lives, as letters name it. */
  readonly place?: string | null;
  readonly customerNumber?: string | null;
  readonly authority?: string | null;
  readonly earlier?: EarlierRequest | null;
  /** New date in reminders. */
  readonly until?: Day | null;
  readonly reasons?: string | null;
  readonly correction?: string | null;
  readonly acceptedOn?: Day | null;
  readonly optOutUntil?: Day | null;
}

const LOCALES: Readonly<Record<Language, string>> = { en: "en-GB", de: "de-DE", fr: "fr-FR" };

/** A day as a letter writes it: 23 November 2026, 23. November 2026, 23 novembre 2026. */
export function letterDay(day: Day, language: Language): string {
  const format = new Intl.DateTimeFormat(LOCALES[language], { dateStyle: "long", timeZone: "UTC" });
  const text = format.format(new Date(`${day}T00:00:00Z`));
  return language === "fr" ? text.replace(/^1 /, "1er ") : text;
}

/** The values of a letter; what is not known is left out. */
export function letterValues(context: LetterContext): Values {
  const { language, rule, profile, subject, earlier, letters } = context;
  const day = (value: Day | null | undefined): string => (isDay(value) ? letterDay(value, language) : "");
  const values: Record<keyof Required<Values>, string | null | undefined> = {
    name: profile.name,
    email: profile.email,
    address: profile.address,
    customer_number: context.customerNumber,
    place: context.place,
    entity: subject.entity,
    document: subject.document,
    document_url: httpsOnly(subject.documentUrl),
    clause: subject.clause,
    article: rule.article?.[language],
    deadline: rule.deadline?.phrase[language],
    today: day(context.today),
    authority: context.authority,
    request: earlier ? letters.requests[earlier.kind] : null,
    request_article: earlier?.article,
    sent_on: day(earlier?.sentOn),
    due_on: day(earlier?.dueOn),
    until: day(context.until),
    answered_on: day(earlier?.answeredOn),
    refusal: earlier?.refusal,
    case: earlier?.account,
    correction: context.correction,
    reasons: context.reasons,
    accepted_on: day(context.acceptedOn),
    opt_out_until: day(context.optOutUntil),
  };
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value && value.trim() !== "")) as Values;
}

/** Addresses come from servers; a letter names none but https. */
function httpsOnly(address: string | null | undefined): string | null {
  return address && /^https:\/\/[^\s"<>\\]+$/.test(address) ? address : null;
}
