/** The letter page without its looks: which letters there are, whom they go to, what they still need. */
import { authoritiesFor, namedAuthority, type AuthorityOption } from "../actions/authority";
import { choose } from "../actions/choose";
import type { followUpContext } from "../actions/case-letters";
import { composeLetter, composeOwnLetter } from "../actions/compose";
import { PLACES, REQUESTS } from "../actions/data";
import { addDays, isDay, optOutDays, type Day } from "../actions/deadline";
import type { FilledLetter } from "../actions/fill";
import { ruleFor, type PlacedRule } from "../actions/law";
import { AUTHORITIES, LETTERS } from "../actions/letter-data";
import type { LetterContext, Profile } from "../actions/letter-values";
import { placeOf, type Place } from "../actions/place";
import { recipientFor, recipientInClause, type Recipient } from "../actions/recipient";
import { REQUEST_KINDS, type Language, type LetterTemplate, type RequestKind, type Values, type Variable } from "../actions/types";
import { ACTION_OF, waysFor, type Way, type WaysInput } from "../actions/ways";
import type { LetterDraft } from "../letter-draft";
import { placeName } from "../ui/provision/places";
import { FOLLOW_UPS, type Source } from "./source";

/** `own`: the record's own letter, where none of ours fits. */
export type LetterKind = RequestKind | "own";

/** What only the reader knows, in the order in which it is asked. */
export const ASKED = [
  "name", "email", "customer_number", "address", "accepted_on", "correction", "reasons", "answered_on", "refusal",
] as const satisfies readonly Variable[];
export type Asked = (typeof ASKED)[number];

export interface Written extends Profile {
  readonly customerNumber: string;
  readonly acceptedOn: string;
  readonly correction: string;
  readonly reasons: string;
  readonly answeredOn: string;
  readonly refusal: string;
}

/** What a letter says of the request before it: only where requests are kept, so a page without them has none of it. */
export type FollowUps = typeof followUpContext;

export interface LetterInput {
  readonly source: Source;
  readonly kind: LetterKind;
  readonly placeCode: string | null;
  readonly language: Language;
  readonly written: Written;
  readonly today: Day;
  /** Of the authorities, the one that was picked; null: the one that is surely right, if any. */
  readonly authorityId: string | null;
  readonly followUps: FollowUps | null;
}

export interface LetterSheet {
  /** null: this law has no such letter. */
  readonly letter: Pick<FilledLetter, "subject" | "body" | "missing" | "shortened"> & Partial<FilledLetter> | null;
  readonly rule: PlacedRule | null;
  readonly place: Place | null;
  readonly recipient: Recipient | null;
  /** Of a complaint: to choose from. */
  readonly authorities: readonly AuthorityOption[];
  readonly authority: AuthorityOption | null;
  readonly asked: readonly Asked[];
  /** Last day of an opt-out that the clause itself sets a time for. */
  readonly optOutUntil: Day | null;
}

/** Letters that say nothing without a clause: what they object to, opt out of or complain about stands in it. */
const ABOUT_A_CLAUSE: readonly RequestKind[] = ["objection-legitimate-interests", "arbitration-opt-out", "complaint"];

/** The letter that opens first: the one of the chosen way. */
export function firstKind(source: Source, placeCode: string | null, language: Language): LetterKind {
  if (source.kind === "case") return source.request;
  const way = wayOf(source.draft, placeCode, language);
  return way?.request ?? (way?.letter ? "own" : "access");
}

/** Letters to choose from: those that fit the clause, the best first, then all others that the law knows. */
export function letterKinds(source: Source, placeCode: string | null, language: Language): { fitting: LetterKind[]; others: LetterKind[] } {
  const place = placeOf(PLACES, source.kind === "case" ? source.item.place : placeCode);
  const possible = (kind: RequestKind): boolean => ruleFor(REQUESTS.laws, kind, place).right !== "none";
  if (source.kind === "case") return { fitting: FOLLOW_UPS.filter(possible), others: [] };
  const clause = waysInput(source.draft, placeCode, language);
  const choice = clause && choose(clause);
  const ways = choice?.best ? [choice.best, ...choice.more] : [];
  const fitting = new Set<LetterKind>(ways.flatMap(({ request, letter }): LetterKind[] => (request ? [request] : letter ? ["own"] : [])));
  const follows = (kind: RequestKind): boolean => kind === "reminder" || kind === "answer-to-refusal";
  const fits = (kind: RequestKind): boolean => clause !== null || !ABOUT_A_CLAUSE.includes(kind);
  const others = REQUEST_KINDS.filter((kind) => !fitting.has(kind) && !follows(kind) && fits(kind) && possible(kind));
  return { fitting: [...fitting], others };
}

export function letterSheet(input: LetterInput): LetterSheet {
  const { source, kind, language, written, today, followUps } = input;
  const place = placeOf(PLACES, source.kind === "case" ? source.item.place : input.placeCode);
  if (kind === "own") return ownLetter(input, place);
  const rule = ruleFor(REQUESTS.laws, kind, place);
  const directory = source.kind === "draft" ? source.draft.directory : null;
  const authorities = authoritiesFor(place, rule.law, AUTHORITIES, directory, language);
  const authority = authorities.find(({ id }) => id === input.authorityId) ?? namedAuthority(authorities);
  const letters = LETTERS.languages[language];
  const until = kind === "arbitration-opt-out" ? optOutUntil(source, written.acceptedOn) : null;
  const named = authority?.directory ? null : (authority?.name ?? null);
  const known = {
    letters,
    profile: written,
    today,
    authority: named,
    placeName: placeIn(place, language),
    customerNumber: written.customerNumber,
    reasons: written.reasons,
  };
  const own = draftContext(input, rule, named, place, until);
  const context = source.kind === "case" ? followUps?.({ ...source.item, language }, kind, { ...known, laws: REQUESTS.laws, place }) : own;
  const letter = context && rule.right !== "none" ? composeLetter(context, valuesOf(written, kind)) : null;
  return {
    letter,
    rule,
    place,
    recipient: kind === "complaint" ? null : recipientOf(source, kind, place, language),
    authorities: kind === "complaint" ? authorities : [],
    authority,
    asked: askedIn(letters.letters[kind], letter, source),
    optOutUntil: until,
  };
}

function draftContext(input: LetterInput, rule: PlacedRule, authority: string | null, place: Place | null, until: Day | null): LetterContext | null {
  const { source, language, written, today } = input;
  if (source.kind !== "draft") return null;
  const { entity, document, provision } = source.draft;
  const recipient = recipientOf(source, rule.kind, place, language);
  return {
    language,
    letters: LETTERS.languages[language],
    rule,
    profile: written,
    subject: {
      entity: rule.kind === "complaint" ? entity.name : (recipient?.name ?? entity.name),
      document: document?.title ?? null,
      documentUrl: document?.url ?? null,
      clause: provision?.clause ?? null,
    },
    today,
    place: placeIn(place, language),
    customerNumber: written.customerNumber,
    authority,
    reasons: written.reasons,
    correction: written.correction,
    // Once the time of the clause is over, the letter neither claims the opposite nor proves it with the day.
    acceptedOn: isDay(written.acceptedOn) && !(until && until < today) ? written.acceptedOn : null,
    optOutUntil: until && until >= today ? until : null,
  };
}

/** The refusal is part of the case once it is entered there; here it can be added or changed for the letter. */
function valuesOf(written: Written, kind: RequestKind): Values {
  return kind === "answer-to-refusal" || kind === "complaint" ? (written.refusal.trim() === "" ? {} : { refusal: written.refusal }) : {};
}

function ownLetter({ source, written, language }: LetterInput, place: Place | null): LetterSheet {
  const draft = source.kind === "draft" ? source.draft : null;
  const way = draft && wayOf(draft, place?.code ?? null, language);
  const subject = draft && { entity: draft.entity.name, document: draft.document?.title ?? null, clause: draft.provision?.clause ?? null };
  const letter = way?.letter && subject ? composeOwnLetter(way.letter, subject, written.name) : null;
  const missing: Variable[] = written.name.trim() === "" ? ["name"] : [];
  return {
    letter: letter && { ...letter, missing, shortened: [] },
    rule: null,
    place,
    recipient: way?.recipient ?? null,
    authorities: [],
    authority: null,
    asked: ["name"],
    optOutUntil: null,
  };
}

export function recipientOf(source: Source, kind: RequestKind, place: Place | null, language: Language): Recipient | null {
  if (source.kind === "case") return null;
  const { directory, provision } = source.draft;
  const actions = provision?.actions ?? [];
  const action = actions.find((one) => one.kind === ACTION_OF[kind] && one.email) ?? actions.find(({ email }) => email);
  const known = recipientFor(kind, directory, place, language, action ?? null);
  // As the ways have it: an opt-out counts only where the clause wants it.
  return known ?? (kind === "arbitration-opt-out" ? recipientInClause(provision?.clause) : null);
}

/** What the reader is asked: what the template has a place for, as far as only they know it. */
function askedIn(template: LetterTemplate, letter: LetterSheet["letter"], source: Source): Asked[] {
  const words = template.paragraphs.flatMap(({ text, needs = [] }) => [...needs, ...[...text.matchAll(/\{([a-z_]+)\}/g)].map(([, name]) => name)]);
  const used = new Set<string | undefined>(words);
  const known = source.kind === "case" ? new Set<Variable>(["answered_on"]) : new Set<Variable>(["answered_on", "refusal"]);
  return ASKED.filter((name) => used.has(name) && (!known.has(name) || letter?.missing.includes(name)));
}

/** How the letter names where the reader lives. */
function placeIn(place: Place | null, language: Language): string | null {
  if (place === null || place.group === "elsewhere") return null;
  return place.name ?? placeName(place.code, language);
}

function optOutUntil(source: Source, acceptedOn: string): Day | null {
  const clause = source.kind === "draft" ? source.draft.provision?.clause : null;
  const days = clause ? optOutDays(clause) : null;
  return days !== null && isDay(acceptedOn) ? addDays(acceptedOn, days) : null;
}

/** The way that was chosen, where the place has it. */
function wayOf(draft: LetterDraft, placeCode: string | null, language: Language): Way | null {
  const clause = waysInput(draft, placeCode, language);
  return (clause && waysFor(clause).ways.find(({ id }) => id === draft.wayId)) ?? null;
}

/** null for a letter about no clause. */
function waysInput(draft: LetterDraft, placeCode: string | null, language: Language): WaysInput | null {
  if (draft.provision === null) return null;
  const { actions, type, severity } = draft.provision;
  return {
    provision: { actions: [...actions], clause_type: type, severity },
    directory: draft.directory,
    place: placeOf(PLACES, placeCode),
    requests: REQUESTS,
    language,
  };
}
