/** Dates as people write them, in the language of the interface. Those of records are days or times in UTC. */
import { language } from "../platform/i18n";

/** A day (YYYY-MM-DD) or a time (RFC 3339), shown as a day; the text itself when it is no date. */
export function showDay(value: string): string {
  const date = new Date(value);
  if (Number.isNaN(date.getTime())) return value;
  return new Intl.DateTimeFormat(language(), { dateStyle: "long", timeZone: "UTC" }).format(date);
}

/** A moment that the reader was there for (milliseconds since 1970): the day that their own clock showed. */
export function showOwnDay(at: number): string {
  return new Intl.DateTimeFormat(language(), { dateStyle: "long" }).format(new Date(at));
}
