/** Dates as people write them, in the language of the interface; all of them are days or times in UTC. */
import { language } from "../platform/i18n";

/** A day (YYYY-MM-DD) or a time (RFC 3339), shown as a day; the text itself when it is no date. */
export function showDay(value: string): string {
  const date = new Date(value);
  if (Number.isNaN(date.getTime())) return value;
  return new Intl.DateTimeFormat(language(), { dateStyle: "long", timeZone: "UTC" }).format(date);
}
