/** Which law a request rests on at a place, with the state's own articles and time where states differ. */
import type { Names } from "../contract/types";
import type { Place } from "./place";
import type { Deadline, RequestKind, RequestLaw, Right, Rule, StateLaw } from "./types";

/** A rule as it is at one place: everything looked up. */
export interface PlacedRule {
  readonly kind: RequestKind;
  readonly law: RequestLaw;
  /** The state's law, where laws of one pattern are grouped. */
  readonly state: StateLaw | null;
  readonly right: Right;
  readonly article: Names | null;
  readonly url: string;
  readonly deadline: Deadline | null;
  readonly rule: Rule;
}

const NO_LAW = "elsewhere";

/** The law for people at a place; the one of "elsewhere" when none is chosen or known. */
export function lawFor(laws: readonly RequestLaw[], place: Place | null): RequestLaw {
  for (const code of place?.codes ?? []) {
    const law = code === "worldwide" ? undefined : laws.find((candidate) => candidate.jurisdictions.includes(code));
    if (law) return law;
  }
  const none = laws.find((law) => law.id === NO_LAW);
  if (!none) throw new Error("The law of requests has no entry for elsewhere.");
  return none;
}

/** What the law of a place says of one kind of request. */
export function ruleFor(laws: readonly RequestLaw[], kind: RequestKind, place: Place | null): PlacedRule {
  const law = lawFor(laws, place);
  const rule = law.rules[kind];
  const state = law.states?.find(({ jurisdiction }) => jurisdiction === place?.code) ?? null;
  const lacking = state?.without?.includes(kind) ?? false;
  const right = lacking ? "none" : rule.right;
  // An article of the group itself (such as the federal one on advertising e-mail) says another law than the state's.
  const own = state && rule.article && isOfTheGroup(law, rule.article) ? (state.articles?.[kind] ?? state.article) : null;
  const article = own ? { en: own, de: own, fr: own } : (rule.article ?? null);
  const name = rule.deadline;
  const deadline = right === "none" || !name ? null : (state?.deadlines?.[name] ?? law.deadlines[name] ?? null);
  return {
    kind,
    law,
    state,
    right,
    article: right === "none" ? null : article,
    url: own && state ? state.url : rule.url,
    deadline,
    rule,
  };
}

function isOfTheGroup(law: RequestLaw, article: Names): boolean {
  return article.en === law.rules.access.article?.en;
}
