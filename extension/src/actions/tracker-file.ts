/**
 * The tracker as it is stored, exported and imported. What comes in may be anything: it is judged field by field,
 * what is no case is left out and counted, and nothing of it is ever taken for markup or code.
 */
import { isDay, type Day } from "./deadline";
import { EMPTY_TRACKER, withEvent, type Case, type CaseEvent, type CaseEventKind, type Tracker } from "./tracker";
import {
  LANGUAGES,
  REQUEST_KINDS,
  type Deadline,
  type Language,
  type RequestKind,
  type Right,
  type Unit,
  type WayOfSending,
} from "./types";

export const TRACKER_FORMAT = 1;
const KIND = "clauselight-tracker";

/** No reader has so many; a file with more is a mistake or an attack. */
export const MOST_CASES = 2_000;
const MOST_EVENTS = 200;
const LONGEST_TEXT = 8_000;
const LONGEST_NAME = 500;

export type TrackerRead =
  /** `left_out`: entries that were no cases. */
  | { readonly ok: true; readonly tracker: Tracker; readonly leftOut: number }
  /** `newer`: a later version wrote it; `not-a-tracker`; `too-large`. */
  | { readonly ok: false; readonly problem: "newer" | "not-a-tracker" | "too-large" };

type Raw = Readonly<Record<string, unknown>>;

/** Steps from a stored format to the next one; there is only one format so far. */
const MIGRATIONS: Readonly<Record<number, (old: Raw) => Raw>> = {};

/** The text of a file to keep. */
export function exportTracker(tracker: Tracker, on: Day): string {
  return `${JSON.stringify({ kind: KIND, exported_on: on, ...tracker, format: TRACKER_FORMAT }, null, 2)}\n`;
}

/** Reads what was stored, or the text of a file. */
export function readTracker(stored: unknown): TrackerRead {
  let raw = stored;
  if (typeof raw === "string") {
    try {
      raw = JSON.parse(raw);
    } catch {
      return { ok: false, problem: "not-a-tracker" };
    }
  }
  if (raw === null || raw === undefined) return { ok: true, tracker: EMPTY_TRACKER, leftOut: 0 };
  if (!isRaw(raw) || !Array.isArray(raw["cases"]) || (raw["kind"] !== undefined && raw["kind"] !== KIND)) {
    return { ok: false, problem: "not-a-tracker" };
  }
  let file: Raw = raw;
  const format = file["format"];
  if (typeof format !== "number" || !Number.isInteger(format) || format < 1) return { ok: false, problem: "not-a-tracker" };
  if (format > TRACKER_FORMAT) return { ok: false, problem: "newer" };
  for (let step = format; step < TRACKER_FORMAT; step += 1) file = MIGRATIONS[step]?.(file) ?? file;
  const entries: unknown[] = Array.isArray(file["cases"]) ? file["cases"] : [];
  if (entries.length > MOST_CASES) return { ok: false, problem: "too-large" };
  const cases = new Map<string, Case>();
  for (const entry of entries) {
    const item = caseOf(entry);
    if (item && !cases.has(item.id)) cases.set(item.id, item);
  }
  return { ok: true, tracker: { format: TRACKER_FORMAT, cases: [...cases.values()] }, leftOut: entries.length - cases.size };
}

/** Both together: of a case that is in both, the events of both, each once. */
export function mergeTrackers(own: Tracker, other: Tracker): Tracker {
  const cases = new Map(own.cases.map((item) => [item.id, item]));
  for (const item of other.cases) {
    const known = cases.get(item.id);
    cases.set(item.id, known ? merged(known, item) : item);
  }
  return { format: TRACKER_FORMAT, cases: [...cases.values()] };
}

function merged(one: Case, other: Case): Case {
  const has = new Set(one.events.map(keyOf));
  return other.events.filter((event) => !has.has(keyOf(event))).reduce(withEvent, one);
}

function keyOf(event: CaseEvent): string {
  return JSON.stringify([event.kind, event.on, event.way ?? null, event.text ?? null, event.until ?? null]);
}

const EVENT_KINDS: readonly CaseEventKind[] = [
  "sent",
  "received",
  "confirmed",
  "extended",
  "answered",
  "refused",
  "reminded",
  "objected",
  "complained",
  "note",
  "closed",
];
const WAYS: readonly WayOfSending[] = ["email", "post", "form", "setting"];
const RIGHTS: readonly Right[] = ["yes", "partly", "contract", "courtesy", "none"];
const UNITS: readonly Unit[] = ["months", "days", "business-days"];

function caseOf(raw: unknown): Case | null {
  if (!isRaw(raw) || !Array.isArray(raw["events"]) || raw["events"].length > MOST_EVENTS) return null;
  const id = name(raw["id"]);
  const request = oneOf<RequestKind>(REQUEST_KINDS, raw["request"]);
  const law = name(raw["law"]);
  const place = name(raw["place"]);
  const right = oneOf(RIGHTS, raw["right"]);
  const language = oneOf<Language>(LANGUAGES, raw["language"]);
  const entity = named(raw["entity"], "name");
  const events = raw["events"].map(eventFrom);
  if (!id || !request || !law || !place || !right || !language || !entity) return null;
  if (events.some((event) => event === null) || events[0]?.kind !== "sent") return null;
  const source = named(raw["document"], "title");
  const provision = named(raw["provision"], "title");
  const authority = isRaw(raw["authority"]) ? raw["authority"] : null;
  const authorityName = authority && name(authority["name"]);
  const sorted = events.filter((event) => event !== null).map((event, order) => ({ event, order }));
  sorted.sort((a, b) => (a.event.on < b.event.on ? -1 : a.event.on > b.event.on ? 1 : a.order - b.order));
  if (sorted[0]?.event.kind !== "sent") return null;
  return {
    id,
    request,
    law,
    place,
    right,
    article: name(raw["article"]),
    deadline: deadlineOf(raw["deadline"]),
    language,
    entity: { id: entity.id, name: entity.text },
    document: source && { id: source.id, title: source.text, url: https(source.raw["url"]) },
    provision: provision && { id: provision.id, title: provision.text, clause: text(provision.raw["clause"]) },
    recipient: name(raw["recipient"]),
    authority: authority && authorityName ? { name: authorityName, url: https(authority["url"]) } : null,
    events: sorted.map(({ event }) => event),
  };
}

function eventFrom(raw: unknown): CaseEvent | null {
  if (!isRaw(raw)) return null;
  const kind = oneOf(EVENT_KINDS, raw["kind"]);
  const on = raw["on"];
  if (!kind || !isDay(on)) return null;
  const way = oneOf(WAYS, raw["way"]);
  const note = text(raw["text"]);
  const until = raw["until"];
  return { kind, on, ...(way ? { way } : {}), ...(note ? { text: note } : {}), ...(isDay(until) ? { until } : {}) };
}

function deadlineOf(raw: unknown): Deadline | null {
  if (!isRaw(raw) || !isRaw(raw["phrase"])) return null;
  const time = timeOf(raw);
  const basis = oneOf(["law", "asked"] as const, raw["basis"]);
  const [en, de, fr] = LANGUAGES.map((language) => name((raw["phrase"] as Raw)[language]));
  if (!time || !basis || !en || !de || !fr) return null;
  const extension = isRaw(raw["extension"]) ? raw["extension"] : null;
  const when = extension && name(extension["when"]);
  const confirm = isRaw(raw["confirm"]) ? raw["confirm"] : null;
  const confirmTime = confirm && timeOf(confirm);
  const what = confirm && name(confirm["what"]);
  const source = name(raw["source"]);
  const url = https(raw["url"]);
  return {
    ...time,
    basis,
    phrase: { en, de, fr },
    ...(source ? { source } : {}),
    ...(url ? { url } : {}),
    ...(extension && when ? { extension: { ...timeOf(extension), when } } : {}),
    ...(confirmTime && what ? { confirm: { ...confirmTime, what } } : {}),
  };
}

function timeOf(raw: Raw): { value: number; unit: Unit } | null {
  const unit = oneOf(UNITS, raw["unit"]);
  const value = raw["value"];
  return unit && typeof value === "number" && Number.isInteger(value) && value >= 1 && value <= 365 ? { value, unit } : null;
}

function named(raw: unknown, key: string): { id: string; text: string; raw: Raw } | null {
  if (!isRaw(raw)) return null;
  const id = name(raw["id"]);
  const value = name(raw[key]);
  return id && value ? { id, text: value, raw } : null;
}

function name(value: unknown): string | null {
  return typeof value === "string" && value.trim() !== "" && value.length <= LONGEST_NAME ? value : null;
}

function text(value: unknown): string | null {
  return typeof value === "string" && value.trim() !== "" ? value.slice(0, LONGEST_TEXT) : null;
}

function https(value: unknown): string | null {
  return typeof value === "string" && value.length <= LONGEST_TEXT && /^https:\/\/[^\s"<>\\]+$/.test(value) ? value : null;
}

function oneOf<T extends string>(allowed: readonly T[], value: unknown): T | null {
  return allowed.find((item) => item === value) ?? null;
}

function isRaw(value: unknown): value is Raw {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
