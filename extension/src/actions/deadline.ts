/**
 * Days and time limits. All of it on calendar days (YYYY-MM-DD) without times and zones, as laws count.
 *
 * A period in days or months does not count the day of receipt. A month ends on the day with the same number, or
 * on the month's last day where there is none (Regulation (EEC, Euratom) No 1182/71, Art. 3(2)(c); the European
 * Data Protection Board's Guidelines 01/2022 on access count the same way). A last day that is a Saturday or
 * Sunday moves to the Monday. Public holidays differ by place and are not known here: they can add a day, which
 * is why nobody is told "overdue" on the day itself but on the next.
 */
import type { Deadline, Unit, WayOfSending } from "./types";

const DAY = 86_400_000;
/** Of the years in which somebody could write: sums with any of them stay days of four digits. */
const FORM = /^(?:19|20|21)\d{2}-\d{2}-\d{2}$/;

/** Days that a letter takes: our assumption, on the careful side; the reader can enter the real day of receipt. */
export const POST_DAYS = 3;

/** A calendar day, YYYY-MM-DD. */
export type Day = string;

export function isDay(value: unknown): value is Day {
  if (typeof value !== "string") return false;
  if (!FORM.test(value)) return false;
  const date = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 10) === value;
}

/** The day on which it is now where the reader is. */
export function today(now: Date): Day {
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${String(now.getFullYear()).padStart(4, "0")}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

export function addDays(day: Day, days: number): Day {
  return toDay(toTime(day) + days * DAY);
}

/** The same day of a later month, or that month's last day. */
export function addMonths(day: Day, months: number): Day {
  const date = new Date(toTime(day));
  const first = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1);
  const target = new Date(first);
  const last = new Date(Date.UTC(target.getUTCFullYear(), target.getUTCMonth() + 1, 0)).getUTCDate();
  return toDay(first + (Math.min(date.getUTCDate(), last) - 1) * DAY);
}

/** Monday to Friday; public holidays are not known here. */
export function addBusinessDays(day: Day, days: number): Day {
  let found = day;
  for (let left = days; left > 0; ) {
    found = addDays(found, 1);
    if (!isWeekend(found)) left -= 1;
  }
  return found;
}

/** The day itself, or the Monday after a Saturday or Sunday. */
export function workingDay(day: Day): Day {
  let found = day;
  while (isWeekend(found)) found = addDays(found, 1);
  return found;
}

export function daysBetween(from: Day, to: Day): number {
  return Math.round((toTime(to) - toTime(from)) / DAY);
}

/** When a request sent on a day is taken to have arrived. */
export function receivedOn(sentOn: Day, way: WayOfSending): Day {
  return way === "post" ? addBusinessDays(sentOn, POST_DAYS) : sentOn;
}

/** The last day to answer. */
export function dueOn(deadline: Deadline, received: Day): Day {
  return workingDay(add(received, deadline.value, deadline.unit));
}

/** The last day when the company prolongs its time as the law allows; null where it may not, or no limit is named. */
export function extendedDueOn(deadline: Deadline, received: Day): Day | null {
  const { value, unit } = deadline.extension ?? {};
  if (value === undefined || unit === undefined) return null;
  // From receipt in one piece: one month and two are three months, which need not be the same as one, then two.
  if (unit === deadline.unit) return workingDay(add(received, deadline.value + value, unit));
  return workingDay(add(add(received, deadline.value, deadline.unit), value, unit));
}

/** By when receipt must be confirmed; null where no law asks for that. */
export function confirmBy(deadline: Deadline, received: Day): Day | null {
  return deadline.confirm ? add(received, deadline.confirm.value, deadline.confirm.unit) : null;
}

/** Whether the last day is over. */
export function isOverdue(due: Day, now: Day): boolean {
  return now > due;
}

/**
 * The time that a clause gives to opt out, in days from accepting it, read from the clause's words: the number that
 * stands with "days" in a sentence on opting out. Null when there is none, or several that differ.
 */
export function optOutDays(clause: string): number | null {
  const found = new Set<number>();
  for (const sentence of clause.split(/(?<=[.;])\s+/)) {
    if (!/\b(opt(ing|ed|s)?[ -]?out|reject)/i.test(sentence)) continue;
    for (const match of sentence.matchAll(/\b(?:(\d{1,3})|(thirty|sixty|ninety|forty-five|fourteen|fifteen))(?:\s*\(\d{1,3}\))?[\s-]+(?:calendar\s+)?days?\b/gi)) {
      const days = match[1] ? Number(match[1]) : NUMBERS[(match[2] ?? "").toLowerCase()];
      if (days && days <= 365) found.add(days);
    }
  }
  return found.size === 1 ? ([...found][0] ?? null) : null;
}

const NUMBERS: Readonly<Record<string, number>> = { fourteen: 14, fifteen: 15, thirty: 30, "forty-five": 45, sixty: 60, ninety: 90 };

function add(day: Day, value: number, unit: Unit): Day {
  if (unit === "months") return addMonths(day, value);
  return unit === "days" ? addDays(day, value) : addBusinessDays(day, value);
}

function isWeekend(day: Day): boolean {
  return [0, 6].includes(new Date(toTime(day)).getUTCDay());
}

function toTime(day: Day): number {
  return Date.parse(`${day}T00:00:00Z`);
}

function toDay(time: number): Day {
  return new Date(time).toISOString().slice(0, 10);
}
