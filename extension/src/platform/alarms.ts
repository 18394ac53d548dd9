/** Wakes the background worker after it was stopped. */
import { api } from "./api";

/** Replaces an alarm of the same name. */
export async function setAlarm(name: string, delayMinutes: number): Promise<void> {
  await api.alarms.create(name, { delayInMinutes: delayMinutes });
}

export async function hasAlarm(name: string): Promise<boolean> {
  return (await api.alarms.get(name)) !== undefined;
}

export function onAlarm(listener: (name: string) => void): void {
  api.alarms.onAlarm.addListener(({ name }) => listener(name));
}
