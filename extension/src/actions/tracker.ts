/**
 * What a reader asked of whom, when and by which way, and what follows from it. A pure model: it is kept on the
 * reader's own computer by others, and changed only by making a new one.
 *
 * A case is its events; everything else (what is due, what to do next) is computed from them, so that nothing can
 * contradict itself. The time limit is copied into the case when the request is sent: the law of that day counts.
 */
import { addDays, dueOn, extendedDueOn, confirmBy, isOverdue, receivedOn, type Day } from "./deadline";
import { fillText } from "./fill";
import { letterDay } from "./letter-values";
import type { Deadline, Language, LetterLanguage, RequestKind, Right, WayOfSending } from "./types";

export type CaseEventKind =
  | "sent"
  | "received"
  | "confirmed"
  | "extended"
  | "answered"
  | "refused"
  | "reminded"
  | "objected"
  | "complained"
  | "note"
  | "closed";

export interface CaseEvent {
  readonly kind: CaseEventKind;
  readonly on: Day;
  /** How it was sent. */
  readonly way?: WayOfSending;
  /** A note, or the reasons of a refusal. */
  readonly text?: string;
  /** The new last day that the company named, or the reader set in a reminder. */
  readonly until?: Day;
}

export interface Case {
  readonly id: string;
  readonly request: RequestKind;
  /** Id of the law, and the place that it was chosen for. */
  readonly law: string;
  readonly place: string;
  readonly right: Right;
  /** The article as the letter named it. */
  readonly article: string | null;
  /** The time to answer when it was sent. */
  readonly deadline: Deadline | null;
  readonly language: Language;
  readonly entity: { readonly id: string; readonly name: string };
  readonly document: { readonly id: string; readonly title: string; readonly url: string | null } | null;
  readonly provision: { readonly id: string; readonly title: string; readonly clause: string | null } | null;
  /** To whom, as shown: an e-mail address, or the first line of a postal one. */
  readonly recipient: string | null;
  readonly authority: { readonly name: string; readonly url: string | null } | null;
  /** In the order of time; the first one is `sent`. */
  readonly events: readonly CaseEvent[];
}

export interface Tracker {
  readonly format: 1;
  readonly cases: readonly Case[];
}

export const EMPTY_TRACKER: Tracker = { format: 1, cases: [] };

/** Days that a reminder gives, and after which it is answered or a complaint follows. */
export const REMINDER_DAYS = 14;

export type Status = "waiting" | "overdue" | "answered" | "refused" | "complained" | "closed";

/**
 * `wait`; `remind`: send the reminder; `complain`: to the authority; `read-answer`: say whether it is what was asked
 * for; `answer-refusal`: write back; `none`.
 */
export type NextStep = "wait" | "remind" | "complain" | "read-answer" | "answer-refusal" | "none";

export interface CaseState {
  readonly status: Status;
  readonly next: NextStep;
  /** What else is open to the reader now. */
  readonly also: readonly NextStep[];
  readonly sentOn: Day;
  readonly receivedOn: Day;
  /** Last day to answer what was sent last; null: no time runs. */
  readonly due: Day | null;
  /** Last day to answer the request itself, with what the company prolonged. */
  readonly requestDue: Day | null;
  /** Whether a law says so, or the letter asked for it. */
  readonly dueBasis: "law" | "asked" | null;
  /** By when receipt must be confirmed, while it is not. */
  readonly confirmBy: Day | null;
  /** The longest that the law allows with an extension. */
  readonly latest: Day | null;
  readonly answeredOn: Day | null;
  readonly refusal: string | null;
}

/** What follows from a case on a day. */
export function stateOf(item: Case, now: Day): CaseState {
  const events = [...item.events];
  const last = (...kinds: CaseEventKind[]): CaseEvent | undefined => events.findLast(({ kind }) => kinds.includes(kind));
  const sent = events.find(({ kind }) => kind === "sent") ?? events[0];
  const sentOn = sent?.on ?? now;
  const received = last("received")?.on ?? receivedOn(sentOn, sent?.way ?? "email");
  const { deadline } = item;
  const latest = deadline ? extendedDueOn(deadline, received) : null;
  const firstDue = deadline ? dueOn(deadline, received) : null;
  const requestDue = last("extended") ? (last("extended")?.until ?? latest ?? firstDue) : firstDue;
  const answer = last("answered", "refused");
  // A letter that follows opens a time of its own, unless the company answered after it.
  const follow = last("reminded", "objected");
  const followDue = follow ? (follow.until ?? addDays(follow.on, REMINDER_DAYS)) : null;
  const after = (one: CaseEvent | undefined, other: CaseEvent | undefined): boolean =>
    one !== undefined && (other === undefined || events.indexOf(one) > events.indexOf(other));

  const facts = {
    sentOn,
    receivedOn: received,
    requestDue,
    latest,
    confirmBy: deadline && !last("confirmed", "answered", "refused", "closed") ? confirmBy(deadline, received) : null,
    answeredOn: answer?.on ?? null,
    refusal: last("refused")?.text ?? null,
  };
  const over = { ...facts, due: null, dueBasis: null };
  if (after(last("closed"), follow) && after(last("closed"), answer)) return { ...over, status: "closed", next: "none", also: [] };
  const complained = last("complained");
  if (after(complained, follow) && after(complained, answer)) return { ...over, status: "complained", next: "wait", also: [] };
  const mayComplain: NextStep[] = item.right === "courtesy" || item.right === "contract" ? [] : ["complain"];
  if (answer?.kind === "answered" && after(answer, follow)) {
    return { ...over, status: "answered", next: "read-answer", also: ["answer-refusal"] };
  }
  if (answer?.kind === "refused" && after(answer, follow)) {
    const wroteBack = last("objected") !== undefined;
    if (!wroteBack) return { ...over, status: "refused", next: "answer-refusal", also: mayComplain };
    return { ...over, status: "refused", next: mayComplain[0] ?? "none", also: [] };
  }
  const due = followDue ?? requestDue;
  const dueBasis = followDue ? "asked" : (deadline?.basis ?? null);
  const running = { ...facts, due, dueBasis };
  if (!due || !isOverdue(due, now)) {
    return { ...running, status: "waiting", next: "wait", also: answer ? mayComplain : [] };
  }
  if (follow) return { ...running, status: "overdue", next: mayComplain[0] ?? "none", also: ["remind"] };
  return { ...running, status: "overdue", next: "remind", also: mayComplain };
}

/** The letter that a step needs; null for steps without one. */
export function letterOf(step: NextStep): RequestKind | null {
  if (step === "remind") return "reminder";
  if (step === "answer-refusal") return "answer-to-refusal";
  return step === "complain" ? "complaint" : null;
}

/** The event that sending such a letter is. */
export function eventOf(letter: RequestKind): CaseEventKind {
  if (letter === "reminder") return "reminded";
  if (letter === "answer-to-refusal") return "objected";
  return letter === "complaint" ? "complained" : "sent";
}

/** The day on which to remind the reader next; null when nothing is awaited. */
export function noticeOn(item: Case, now: Day): Day | null {
  const state = stateOf(item, now);
  if (state.status !== "waiting" && state.status !== "overdue") return null;
  return state.due ? addDays(state.due, 1) : null;
}

/** The case with one more event, kept in the order of time; events of one day stay in the order of their entry. */
export function withEvent(item: Case, event: CaseEvent): Case {
  const events = [...item.events];
  const place = events.findIndex(({ on }) => on > event.on);
  events.splice(place < 0 ? events.length : Math.max(place, 1), 0, event);
  return { ...item, events };
}

/** The case without one of its events; the first, `sent`, stays. */
export function withoutEvent(item: Case, index: number): Case {
  return index === 0 ? item : { ...item, events: item.events.filter((_, position) => position !== index) };
}

export function withCase(tracker: Tracker, item: Case): Tracker {
  const others = tracker.cases.filter(({ id }) => id !== item.id);
  return { ...tracker, cases: [...others, item] };
}

export function withoutCase(tracker: Tracker, id: string): Tracker {
  return { ...tracker, cases: tracker.cases.filter((item) => item.id !== id) };
}

/** The account of what happened, for a complaint: one line an event, in the letter's language. */
export function accountOf(item: Case, now: Day, letters: LetterLanguage, language: Language): string {
  const { requestDue, answeredOn } = stateOf(item, now);
  const lines: { on: Day; text: string }[] = [];
  const line = (kind: keyof LetterLanguage["events"], event: CaseEvent): void => {
    const way = letters.ways[event.way ?? "email"];
    // To whom it went tells the authority how the company can be reached.
    const to = event.kind === "sent" && event.way === "email" && item.recipient ? `${way} (${item.recipient})` : way;
    const text = fillText(letters.events[kind], {
      date: letterDay(event.on, language),
      entity: item.entity.name,
      request: letters.requests[item.request],
      way: to,
      text: event.text ?? "",
    });
    lines.push({ on: event.on, text });
  };
  for (const event of item.events) {
    if (event.kind === "received" || event.kind === "closed" || (event.kind === "note" && !event.text)) continue;
    line(event.kind, event);
  }
  if (requestDue && isOverdue(requestDue, now) && (!answeredOn || answeredOn > requestDue)) {
    const at = lines.findIndex(({ on }) => on > requestDue);
    const before = lines.length;
    line("overdue", { kind: "note", on: requestDue });
    const overdue = lines.splice(before, 1);
    lines.splice(at < 0 ? lines.length : at, 0, ...overdue);
  }
  return lines.map(({ text }) => text).join("\n");
}
