/**
 * What a page of the server may keep in the browser: in this tab until it is closed (`session`), or on this computer
 * (`local`), which only happens when the reader ticks that it should. A browser that keeps nothing is no fault.
 */
export type Area = "local" | "session";

const PREFIX = "clauselight:";

/** null where the browser refuses, as it does when people forbid it to keep anything. */
function storageOf(area: Area): Storage | null {
  try {
    return (area === "local" ? globalThis.localStorage : globalThis.sessionStorage) ?? null;
  } catch {
    return null;
  }
}

/** What is kept under a name; undefined for nothing, and for what is not ours. */
export function readKept(area: Area, name: string): unknown {
  try {
    const text = storageOf(area)?.getItem(PREFIX + name) ?? null;
    return text === null ? undefined : (JSON.parse(text) as unknown);
  } catch {
    return undefined;
  }
}

/** False when the browser does not keep it. */
export function keep(area: Area, name: string, value: unknown): boolean {
  try {
    const storage = storageOf(area);
    storage?.setItem(PREFIX + name, JSON.stringify(value));
    return storage !== null;
  } catch {
    return false;
  }
}

export function forget(area: Area, name: string): void {
  try {
    storageOf(area)?.removeItem(PREFIX + name);
  } catch {
    // Nothing was kept then.
  }
}

/** Whether something that is kept on this computer would be there the next time. */
export function canKeep(): boolean {
  const kept = keep("local", "can-keep", true);
  forget("local", "can-keep");
  return kept;
}
