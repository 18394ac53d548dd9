/** Notes of the operating system. The permission is optional: without it the browser has no such interface at all. */
import { api } from "./api";
import { extensionUrl } from "./runtime";

const PERMISSION = { permissions: ["notifications" as const] };

export async function mayNotify(): Promise<boolean> {
  return api.permissions.contains(PERMISSION);
}

/** Shows the browser's own question; must be called directly from a click. False when the user or the browser says no. */
export async function requestNotifications(): Promise<boolean> {
  try {
    return await api.permissions.request(PERMISSION);
  } catch {
    return false;
  }
}

/** Gives the permission back. */
export async function revokeNotifications(): Promise<void> {
  await api.permissions.remove(PERMISSION).catch(() => false);
}

/** False where the browser has no notifications or shows none now. */
export async function notify(id: string, title: string, message: string): Promise<boolean> {
  try {
    if (!(await mayNotify()) || !api.notifications) return false;
    await api.notifications.create(id, { type: "basic", iconUrl: extensionUrl("icons/128.png"), title, message });
    return true;
  } catch {
    return false;
  }
}

/** Calls back with the note's id, also for notes of before the worker was stopped. */
export function onNotificationClicked(listener: (id: string) => void): void {
  let listening = false;
  const listen = (): void => {
    if (listening || !api.notifications) return;
    listening = true;
    api.notifications.onClicked.addListener((id) => {
      void api.notifications.clear(id);
      listener(id);
    });
  };
  listen();
  api.permissions.onAdded?.addListener(listen);
}
