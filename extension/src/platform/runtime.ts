/** The extension itself: its life, its pages, its version. */
import { api } from "./api";

export function extensionVersion(): string {
  return api.runtime.getManifest().version;
}

/** Address of a file of the extension. */
export function extensionUrl(path: string): string {
  return api.runtime.getURL(path);
}

/** The first start after installation; not an update. */
export function onInstalled(listener: () => void): void {
  api.runtime.onInstalled.addListener(({ reason }) => {
    if (reason === "install") listener();
  });
}

export function onBrowserStart(listener: () => void): void {
  api.runtime.onStartup.addListener(() => listener());
}

export async function openOptions(): Promise<void> {
  await api.runtime.openOptionsPage();
}

/** False once the extension was updated, reloaded or removed while this script still lives in a page. */
export function extensionAlive(): boolean {
  try {
    return api.runtime?.id !== undefined;
  } catch {
    return false;
  }
}
