/** Access to sites, asked for when it is needed and taken back at any time. Origins are match patterns. */
import { api } from "./api";

/** Every site, as the manifest's optional host permissions name it. */
export const ALL_SITES: readonly string[] = ["https://*/*", "http://*/*"];

/** Match pattern of one origin (no port: match patterns of Chromium and Firefox differ on ports). */
export function sitePattern(url: string): string | null {
  if (!URL.canParse(url)) return null;
  const { protocol, hostname } = new URL(url);
  return protocol === "https:" || protocol === "http:" ? `${protocol}//${hostname}/*` : null;
}

/** Shows the browser's own question; must be called directly from a click. False when the user says no. */
export async function requestSites(origins: readonly string[]): Promise<boolean> {
  return api.permissions.request({ origins: [...origins] });
}

export async function hasSites(origins: readonly string[]): Promise<boolean> {
  return api.permissions.contains({ origins: [...origins] });
}

export async function grantedSites(): Promise<string[]> {
  return (await api.permissions.getAll()).origins ?? [];
}

/** False when the browser keeps it (a permission that the manifest requires). */
export async function revokeSites(origins: readonly string[]): Promise<boolean> {
  try {
    return await api.permissions.remove({ origins: [...origins] });
  } catch {
    return false;
  }
}

/** Also called when another permission came or went. */
export function onSitesChanged(listener: () => void): void {
  api.permissions.onAdded.addListener(() => listener());
  api.permissions.onRemoved.addListener(() => listener());
}
