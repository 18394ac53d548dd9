/**
 * The index that is held: in memory ready to be asked, decoded once while the background worker lives, and in storage
 * in its compact form.
 */
import { local } from "../platform/storage";
import { decodeIndex, encodeIndex, type IndexFields, type NamedIndex } from "./index-state";

const KEY = "index";

export interface HeldIndex extends NamedIndex {
  /** Milliseconds since 1970. */
  readonly checkedAt: number;
}

interface StoredIndex {
  readonly source: string;
  readonly checkedAt: number;
  readonly fields: IndexFields;
}

/** Only this worker writes the stored one, so what it holds in memory is never behind. */
let memory: { readonly source: string; readonly held: HeldIndex } | null = null;
let reading: Promise<HeldIndex | null> | null = null;

/** The index of a source, or null. */
export async function keptIndex(source: string): Promise<HeldIndex | null> {
  if (memory?.source === source) return memory.held;
  reading ??= readStored(source).finally(() => {
    reading = null;
  });
  await reading;
  return memory?.source === source ? memory.held : null;
}

export async function keepIndex(source: string, held: HeldIndex): Promise<void> {
  const stored: StoredIndex = { source, checkedAt: held.checkedAt, fields: encodeIndex(held) };
  memory = { source, held };
  try {
    await local.set({ [KEY]: stored });
  } catch (error) {
    console.warn("Clauselight: the list could not be kept", error); // storage is full: works until the browser closes
  }
}

export async function dropIndex(): Promise<void> {
  memory = null;
  await local.remove([KEY]);
}

async function readStored(source: string): Promise<HeldIndex | null> {
  const stored = (await local.get(KEY)) as Partial<StoredIndex> | undefined;
  if (stored?.source !== source || typeof stored.checkedAt !== "number" || !isFields(stored.fields)) return null;
  const verdict = decodeIndex(stored.fields);
  if (!verdict.ok) return null;
  memory ??= { source, held: { index: verdict.index, state: verdict.state, checkedAt: stored.checkedAt } };
  return memory.held;
}

/** Judged when it came from the server; here only whether it is what was written. Decoding checks the numbers. */
function isFields(fields: unknown): fields is IndexFields {
  const { state, data } = (fields ?? {}) as Partial<IndexFields>;
  return typeof state === "string" && /^[0-9a-f]{16}$/.test(state) && typeof data === "string";
}
