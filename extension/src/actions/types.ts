/**
 * The knowledge that the extension carries: the law of requests, the letters, the places. The shapes are those of
 * `server/clauselight/knowledge/{requests,letters}.py`; fields that have their default are left out of the files.
 */
import type { ActionEffect, Names } from "../contract/types";

export const REQUEST_KINDS = [
  "access",
  "erasure",
  "objection-marketing",
  "objection-legitimate-interests",
  "objection-ai-training",
  "consent-withdrawal",
  "portability",
  "rectification",
  "opt-out-sale-sharing",
  "limit-sensitive",
  "arbitration-opt-out",
  "complaint",
  "reminder",
  "answer-to-refusal",
] as const;

export type RequestKind = (typeof REQUEST_KINDS)[number];

/** Whether the law gives it: in full, something close, by the clause itself, only if the company agrees, not at all. */
export type Right = "yes" | "partly" | "contract" | "courtesy" | "none";

export const LANGUAGES = ["en", "de", "fr"] as const;

/** A language that letters are written in. */
export type Language = (typeof LANGUAGES)[number];

export type Unit = "months" | "days" | "business-days";

export interface Deadline {
  readonly value: number;
  readonly unit: Unit;
  /** `law`: the law fixes it; `asked`: the law says less, and this is what the letter asks for. */
  readonly basis: "law" | "asked";
  readonly source?: string;
  readonly url?: string;
  /** How much longer it may take, and when; without a value the law names no longest time. */
  readonly extension?: { readonly value?: number; readonly unit?: Unit; readonly when: string };
  /** An acknowledgement that is due before the answer. */
  readonly confirm?: { readonly value: number; readonly unit: Unit; readonly what: string };
  /** As it stands in a letter. */
  readonly phrase: Names;
}

/** One kind of request under one law. */
export interface Rule {
  readonly right: Right;
  /** As it stands in a letter; absent where no law is cited. */
  readonly article?: Names;
  /** The official text. */
  readonly url: string;
  /** Name of one of the law's deadlines; absent exactly where the right is `none`. */
  readonly deadline?: string;
  readonly effect?: ActionEffect;
  readonly account_lost?: boolean;
  /** What the law lets the company refuse. */
  readonly refuse?: string;
  readonly note?: string;
  /** What comes closest where there is no such right. */
  readonly instead?: readonly RequestKind[];
}

/** A state's own entry in a group of laws of one pattern. */
export interface StateLaw {
  readonly jurisdiction: string;
  readonly name: string;
  readonly url: string;
  readonly article: string;
  readonly articles?: Readonly<Partial<Record<RequestKind, string>>>;
  readonly deadlines?: Readonly<Record<string, Deadline>>;
  readonly without?: readonly RequestKind[];
}

/** Where a complaint goes when the list of authorities knows no nearer one. */
export interface RequestAuthority {
  readonly id: string;
  readonly name: string;
  readonly names?: Names;
  readonly complaint_url: string;
  /** It is no office but a page that leads to one; letters do not name it. */
  readonly directory?: boolean;
}

export interface RequestLaw {
  readonly id: string;
  readonly title: string;
  readonly name: Names;
  readonly url: string;
  readonly jurisdictions: readonly string[];
  readonly authority?: RequestAuthority;
  readonly cost: string;
  /** What the company may ask for to know who writes. */
  readonly identity: string;
  readonly deadlines: Readonly<Record<string, Deadline>>;
  readonly rules: Readonly<Record<RequestKind, Rule>>;
  readonly states?: readonly StateLaw[];
}

export interface RequestsFile {
  readonly format: number;
  /** By clause type: which requests fit it, the most fitting first. */
  readonly requests_for: Readonly<Record<string, readonly RequestKind[]>>;
  /** Clause types about leaving itself: losing the account is no cost there, and erasure ends the matter. */
  readonly leaving: readonly string[];
  readonly laws: readonly RequestLaw[];
}

export const VARIABLES = [
  "name",
  "email",
  "customer_number",
  "address",
  "place",
  "entity",
  "document",
  "document_url",
  "clause",
  "article",
  "deadline",
  "today",
  "authority",
  "request",
  "request_article",
  "sent_on",
  "due_on",
  "until",
  "answered_on",
  "refusal",
  "case",
  "correction",
  "reasons",
  "accepted_on",
  "opt_out_until",
] as const;

/** All that can be filled into a letter. */
export type Variable = (typeof VARIABLES)[number];

/** What is known for a letter; absent or blank values are missing. */
export type Values = Readonly<Partial<Record<Variable, string>>>;

/** A paragraph and when it appears; conditions are joined by "and". */
export interface LetterParagraph {
  readonly text: string;
  readonly needs?: readonly Variable[];
  readonly without?: readonly Variable[];
  /** Only under these laws. */
  readonly laws?: readonly string[];
  /** Only when the earlier request was one of these. */
  readonly of?: readonly RequestKind[];
}

export interface LetterTemplate {
  readonly subject: string;
  readonly paragraphs: readonly LetterParagraph[];
}

export type WayOfSending = "email" | "post" | "form" | "setting";

export type EventLine =
  | "sent"
  | "confirmed"
  | "extended"
  | "answered"
  | "refused"
  | "reminded"
  | "objected"
  | "complained"
  | "overdue"
  | "note";

/** All letters of a language, with the words that they share. */
export interface LetterLanguage {
  /** What stands in the place of a value that is still missing. */
  readonly labels: Readonly<Record<Variable, string>>;
  /** How a later letter names an earlier request. */
  readonly requests: Readonly<Record<RequestKind, string>>;
  readonly ways: Readonly<Record<WayOfSending, string>>;
  /** Lines of the account in a complaint. */
  readonly events: Readonly<Record<EventLine, string>>;
  readonly letters: Readonly<Record<RequestKind, LetterTemplate>>;
}

export interface LettersFile {
  readonly format: number;
  readonly languages: Readonly<Record<Language, LetterLanguage>>;
}
