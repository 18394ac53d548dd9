/**
 * Once a day, if the reader wants it: which requests were to be answered by now? Each last day is told once. All of it
 * on this computer; the badge belongs to pages and is left alone.
 */
import { today, type Day } from "../actions/deadline";
import { noticeOn, stateOf, type Case } from "../actions/tracker";
import { hasAlarm, setAlarm } from "../platform/alarms";
import { t } from "../platform/i18n";
import { notify } from "../platform/notifications";
import { extensionUrl } from "../platform/runtime";
import { local } from "../platform/storage";
import { openTab } from "../platform/tabs";
import { readSettings } from "../settings-store";
import { trackedCases } from "../tracker-store";
import { showDay } from "../ui/dates";

export const REMINDER_ALARM = "reminders";
const TOLD_KEY = "reminders-told";
const FIRST_MINUTES = 1;
const MINUTES_PER_DAY = 24 * 60;

/** The last day of which each case was told. */
type Told = Readonly<Record<string, Day>>;

export async function startReminders(): Promise<void> {
  const { reminders } = await readSettings();
  if (reminders && !(await hasAlarm(REMINDER_ALARM))) await setAlarm(REMINDER_ALARM, FIRST_MINUTES);
}

/** Tells what is due; returns how many cases it told of. */
export async function remind(now = new Date()): Promise<number> {
  if (!(await readSettings()).reminders) return 0;
  await setAlarm(REMINDER_ALARM, MINUTES_PER_DAY);
  const day = today(now);
  const before = toldOf(await local.get(TOLD_KEY));
  const { cases } = await trackedCases();
  const due = dueCases(cases, before, day);
  const told: Record<string, Day> = {};
  // What is no longer tracked is forgotten with its case.
  for (const { id } of cases) if (before[id]) told[id] = before[id];
  let shown = 0;
  for (const { item, last } of due) {
    if (!(await notify(`case:${item.id}`, t("cases_note_title", item.entity.name), t("cases_note_text", showDay(last))))) break;
    told[item.id] = last;
    shown += 1;
  }
  await local.set({ [TOLD_KEY]: told });
  return shown;
}

/** Cases whose time is over, and of whose last day nobody was told yet. */
export function dueCases(cases: readonly Case[], told: Told, day: Day): { item: Case; last: Day }[] {
  return cases.flatMap((item) => {
    const notice = noticeOn(item, day);
    const last = stateOf(item, day).due;
    return notice !== null && last !== null && notice <= day && told[item.id] !== last ? [{ item, last }] : [];
  });
}

export async function openCases(): Promise<void> {
  await openTab(extensionUrl("cases.html"));
}

function toldOf(stored: unknown): Told {
  if (typeof stored !== "object" || stored === null) return {};
  return Object.fromEntries(Object.entries(stored).filter((entry): entry is [string, Day] => typeof entry[1] === "string"));
}
