/** From a letter that was sent to a case, and from a case to the letter that follows. */
import type { AuthorityOption } from "./authority";
import { addDays, dueOn, type Day } from "./deadline";
import { ruleFor, type PlacedRule } from "./law";
import type { EarlierRequest, LetterContext } from "./letter-values";
import type { Place } from "./place";
import { accountOf, letterOf, REMINDER_DAYS, stateOf, type Case, type CaseEvent, type NextStep } from "./tracker";
import type { Language, LetterLanguage, RequestKind, RequestLaw, WayOfSending } from "./types";

/** A new case: a request that was sent on a day. */
export function startCase(sent: {
  readonly id: string;
  readonly rule: PlacedRule;
  readonly place: Place | null;
  readonly language: Language;
  readonly entity: Case["entity"];
  readonly document?: Case["document"];
  readonly provision?: Case["provision"];
  readonly recipient?: string | null;
  readonly authority?: AuthorityOption | null;
  readonly on: Day;
  readonly way: WayOfSending;
}): Case {
  const { rule, authority } = sent;
  return {
    id: sent.id,
    request: rule.kind,
    law: rule.law.id,
    place: sent.place?.code ?? "elsewhere",
    right: rule.right,
    article: rule.article?.[sent.language] ?? null,
    deadline: rule.deadline,
    language: sent.language,
    entity: sent.entity,
    document: sent.document ?? null,
    provision: sent.provision ?? null,
    recipient: sent.recipient ?? null,
    authority: authority ? { name: authority.name, url: authority.url } : null,
    events: [{ kind: "sent", on: sent.on, way: sent.way }],
  };
}

/** What a letter that follows says of the request before it. */
export function earlierRequest(item: Case, now: Day, letters: LetterLanguage, language: Language): EarlierRequest {
  const { sentOn, requestDue, answeredOn, refusal } = stateOf(item, now);
  // The end of the time is only worth saying when it is over and nothing came.
  const over = requestDue !== null && requestDue < now && answeredOn === null;
  return {
    kind: item.request,
    article: item.article,
    sentOn,
    dueOn: over ? requestDue : null,
    answeredOn,
    refusal,
    account: accountOf(item, now, letters, language),
  };
}

/** The context of a reminder, an answer to a refusal or a complaint on a case; null where its law knows none. */
export function followUpContext(
  item: Case,
  letter: RequestKind,
  known: {
    readonly laws: readonly RequestLaw[];
    readonly place: Place | null;
    readonly letters: LetterLanguage;
    readonly profile: LetterContext["profile"];
    readonly today: Day;
    readonly authority?: string | null;
    readonly placeName?: string | null;
    readonly customerNumber?: string | null;
    readonly reasons?: string | null;
  },
): LetterContext | null {
  const rule = ruleFor(known.laws, letter, known.place);
  if (rule.right === "none") return null;
  return {
    language: item.language,
    letters: known.letters,
    rule,
    profile: known.profile,
    subject: {
      entity: item.entity.name,
      document: item.document?.title ?? null,
      documentUrl: item.document?.url ?? null,
      clause: item.provision?.clause ?? null,
    },
    today: known.today,
    place: known.placeName ?? null,
    customerNumber: known.customerNumber ?? null,
    authority: known.authority ?? null,
    reasons: known.reasons ?? null,
    earlier: earlierRequest(item, known.today, known.letters, item.language),
    until: letter === "complaint" ? null : followUpUntil(rule, known.today),
  };
}

/** What a reader can do next about a case, the first first: only letters that the law of the place has. */
export function openSteps(item: Case, now: Day, laws: readonly RequestLaw[], place: Place | null): NextStep[] {
  const { next, also } = stateOf(item, now);
  return [next, ...also].filter((step) => {
    const letter = letterOf(step);
    return letter === null || ruleFor(laws, letter, place).right !== "none";
  });
}

/** The event of sending a letter that follows, with the new date that it named. */
export function followUpEvent(rule: FollowUpRule, on: Day, way: WayOfSending): CaseEvent {
  if (rule.kind === "complaint") return { kind: "complained", on, way };
  const kind = rule.kind === "reminder" ? "reminded" : "objected";
  return { kind, on, way, until: followUpUntil(rule, on) };
}

type FollowUpRule = Pick<PlacedRule, "kind" | "deadline">;

/** By when the company should react: the law's own time where it has one (an appeal, a complaint to the company). */
function followUpUntil({ deadline }: FollowUpRule, on: Day): Day {
  return deadline ? dueOn(deadline, on) : addDays(on, REMINDER_DAYS);
}
