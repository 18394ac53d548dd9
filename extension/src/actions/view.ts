/**
 * The ways about one clause as plain data that the card and the panel draw: without the laws themselves, which are
 * hundreds of kilobytes and stay in the background worker. Nothing of the reader's profile or tracker is in it.
 */
import type { ActionEffect, ActionKind, DirectoryEntry } from "../contract/types";
import type { Choice, Criterion, Leaving } from "./choose";
import { allPlaces, type Place } from "./place";
import type { PlaceList } from "../contract/types";
import type { Language, RequestKind, Right } from "./types";
import type { How, Way } from "./ways";

export interface WayView {
  readonly id: string;
  readonly kind: ActionKind;
  readonly title: string | null;
  readonly how: How;
  readonly url: string | null;
  readonly steps: readonly string[];
  readonly request: RequestKind | null;
  /** There is a letter to write: ours, or the record's own. */
  readonly letter: boolean;
  readonly email: string | null;
  readonly effect: ActionEffect;
  readonly effectNote: string | null;
  readonly right: Right | null;
  /** The article, as letters name it. */
  readonly article: string | null;
  readonly note: string | null;
  readonly refuse: string | null;
  readonly accountLost: boolean;
  readonly minutes: number | null;
  readonly identityDocument: boolean | null;
  readonly fee: string | null;
  /** How long the company may take: the words of the letter, and whether a law says so. */
  readonly deadline: { readonly phrase: string; readonly basis: "law" | "asked" } | null;
  readonly fact: FactView | null;
  readonly stale: boolean;
}

/** Where a fact comes from and how fresh it is. */
export interface FactView {
  readonly kind: DirectoryEntry["kind"];
  readonly project: DirectoryEntry["source"]["project"];
  readonly statedOn: string | null;
  /** It is a page, which may have been visited. */
  readonly page: boolean;
  readonly check: { readonly status: NonNullable<DirectoryEntry["check"]>["status"]; readonly at: string } | null;
}

export interface PlaceChoice {
  readonly group: string;
  readonly places: readonly { readonly code: string; readonly name: string | null }[];
}

export interface ChoiceView {
  /** Code of the reader's place; null: not chosen. */
  readonly place: string | null;
  readonly places: readonly PlaceChoice[];
  readonly law: string;
  readonly best: WayView | null;
  readonly because: Criterion | null;
  readonly more: readonly WayView[];
  /** Requests that would fit and that the law of the place does not give. */
  readonly absent: readonly { readonly request: RequestKind; readonly note: string | null }[];
  readonly leaving: Leaving | null;
}

export function choiceView(choice: Choice, place: Place | null, list: PlaceList, language: Language): ChoiceView {
  return {
    place: place?.code ?? null,
    places: placeChoices(list, language),
    law: choice.law.title,
    best: choice.best && wayView(choice.best, language),
    because: choice.because,
    more: choice.more.map((way) => wayView(way, language)),
    absent: choice.absent.map(({ request, rule }) => ({ request, note: rule.rule.note ?? null })),
    leaving: choice.leaving,
  };
}

export function placeChoices(list: PlaceList, language: Language): PlaceChoice[] {
  return allPlaces(list).map(({ group, places }) => ({
    group: group.names[language],
    places: places.map(({ code, name }) => ({ code, name: places.length === 1 ? group.names[language] : name })),
  }));
}

function wayView(way: Way, language: Language): WayView {
  const { id, kind, title, how, url, steps, request, effect, effectNote, right, note, refuse, cost, entry, stale } = way;
  return {
    id,
    kind,
    title,
    how,
    url,
    steps,
    request,
    letter: request !== null || way.letter !== null,
    email: way.recipient?.email ?? null,
    effect,
    effectNote,
    right,
    article: way.rule?.article?.[language] ?? null,
    note,
    refuse,
    accountLost: cost.accountLost,
    minutes: cost.minutes,
    identityDocument: cost.identityDocument,
    fee: cost.fee,
    deadline: way.deadline && { phrase: way.deadline.phrase[language], basis: way.deadline.basis },
    fact: entry && factView(entry),
    stale,
  };
}

export function factView({ kind, source, check, url }: DirectoryEntry): FactView {
  return {
    kind,
    project: source.project,
    statedOn: source.stated_on ?? null,
    page: Boolean(url),
    check: check ? { status: check.status, at: check.checked_at } : null,
  };
}
