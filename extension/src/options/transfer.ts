/** Settings as a file: written by one browser, read by another. */
import type { Settings } from "../settings";
import { parseSettings } from "../settings-store";

const KIND = "clauselight-settings";
const VERSION = 1;

/** A settings file has under 2 kB; anything much larger is something else. */
export const MAX_FILE_BYTES = 64 * 1024;

export function exportText(settings: Settings): string {
  return JSON.stringify({ kind: KIND, version: VERSION, settings }, null, 2) + "\n";
}

/** The settings in a file, checked field by field; null when it is no settings file of this version. */
export function importText(text: string): Settings | null {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof data !== "object" || data === null) return null;
  const { kind, version, settings } = data as Record<string, unknown>;
  if (kind !== KIND || version !== VERSION || typeof settings !== "object" || settings === null) return null;
  return parseSettings(settings);
}
