/**
 * Keeps the index of known addresses on this computer: fetched whole, asked locally, renewed once a day at a random
 * moment (so that the time of a request tells nothing about the user), and kept when the server does not answer.
 */
import { judgeUrlIndex } from "../contract/validate";
import type { UrlIndex as EncodedUrlIndex } from "../contract/types";
import type { UrlIndex } from "../match/url-index";
import type { Trouble } from "../page-state";
import { hasAlarm, setAlarm } from "../platform/alarms";
import { local } from "../platform/storage";
import { readSettings } from "../settings-store";
import { decodeIndex } from "./known";
import { fetchIndex } from "./server";
import { trouble, verdictTrouble } from "./trouble";

const KEY = "index";
export const INDEX_ALARM = "index";

const MINUTES_PER_DAY = 24 * 60;
/** Spread of the daily request. */
const JITTER_MINUTES = 4 * 60;
/** After a failure: soon enough to be noticed the same day, late enough not to be a burden. */
const RETRY_MINUTES = 30;
/** As long as there is no index at all, nothing works: whoever starts the server after the browser should not wait. */
const FIRST_RETRY_MINUTES = 1;
const DAY_MS = MINUTES_PER_DAY * 60_000;

/** As kept in storage: the answer as it came, with where and when it was fetched. */
interface StoredIndex {
  readonly address: string;
  readonly etag: string | null;
  /** Milliseconds since 1970. */
  readonly checkedAt: number;
  readonly encoded: EncodedUrlIndex;
}

export interface HeldIndex {
  readonly index: UrlIndex;
  readonly checkedAt: number;
}

export type Refreshed = { readonly ok: true; readonly held: HeldIndex } | { readonly ok: false; readonly trouble: Trouble };

/** Decoding a large index takes a moment, so it is done once while the background worker lives. */
let decoded: { readonly stored: string; readonly index: UrlIndex } | null = null;
let running: Promise<Refreshed> | null = null;

/** Minutes until the next request, after one that succeeded, failed, or failed with nothing held. `random`: 0 to 1. */
export function nextDelayMinutes(last: "succeeded" | "failed" | "nothing-held", random: number): number {
  if (last === "succeeded") return MINUTES_PER_DAY + JITTER_MINUTES * (random - 0.5);
  return (last === "failed" ? RETRY_MINUTES : FIRST_RETRY_MINUTES) * (1 + random);
}

/** The index of the chosen server that is held here; null when there is none (yet). */
export async function heldIndex(): Promise<HeldIndex | null> {
  const stored = await readStored((await readSettings()).serverAddress);
  return stored === null ? null : decodeStored(stored);
}

/** The held index, or the server's when none is held. */
export async function ensureIndex(): Promise<Refreshed> {
  const held = await heldIndex();
  return held === null ? refreshIndex() : { ok: true, held };
}

/** Asks the server now; several callers share one request. */
export function refreshIndex(): Promise<Refreshed> {
  running ??= refresh().finally(() => {
    running = null;
  });
  return running;
}

/**
 * On every start of the worker. The worker is started by browsing too, so nothing is asked while an alarm is waiting:
 * else the moments of the requests would tell when the user opens pages.
 */
export async function startIndexSync(now = Date.now()): Promise<void> {
  if (await hasAlarm(INDEX_ALARM)) return;
  const held = await heldIndex();
  if (held === null || now - held.checkedAt > DAY_MS) await refreshIndex();
  else await setAlarm(INDEX_ALARM, nextDelayMinutes("succeeded", Math.random()));
}

export async function forgetIndex(): Promise<void> {
  decoded = null;
  await local.remove([KEY]);
}

async function refresh(): Promise<Refreshed> {
  const { serverAddress } = await readSettings();
  const stored = await readStored(serverAddress);
  const result = await ask(serverAddress, stored);
  const last = result.ok ? "succeeded" : stored === null ? "nothing-held" : "failed";
  await setAlarm(INDEX_ALARM, nextDelayMinutes(last, Math.random()));
  return result;
}

async function ask(address: string, stored: StoredIndex | null): Promise<Refreshed> {
  const answer = await fetchIndex(address, { etag: stored?.etag ?? null });
  if (answer.kind === "trouble") return { ok: false, trouble: answer.trouble };
  if (answer.kind === "unchanged" && stored === null) return { ok: false, trouble: trouble("server-error", "HTTP 304") };
  const next: StoredIndex =
    answer.kind === "fresh"
      ? { address, etag: answer.etag, checkedAt: Date.now(), encoded: answer.value }
      : { ...(stored as StoredIndex), checkedAt: Date.now() };
  const verdict = decodeIndex(next.encoded);
  if (!verdict.ok) return { ok: false, trouble: verdictTrouble(verdict) };
  // Written only when it is good: a damaged answer never takes the place of an index that works.
  await local.set({ [KEY]: next });
  decoded = { stored: identity(next), index: verdict.index };
  return { ok: true, held: { index: verdict.index, checkedAt: next.checkedAt } };
}

async function readStored(address: string): Promise<StoredIndex | null> {
  const value = (await local.get(KEY)) as Partial<StoredIndex> | undefined;
  if (value?.address !== address || typeof value.checkedAt !== "number") return null;
  const verdict = judgeUrlIndex(value.encoded);
  if (!verdict.ok) return null;
  const etag = typeof value.etag === "string" ? value.etag : null;
  return { address, etag, checkedAt: value.checkedAt, encoded: verdict.value };
}

function decodeStored(stored: StoredIndex): HeldIndex | null {
  const name = identity(stored);
  if (decoded?.stored !== name) {
    const verdict = decodeIndex(stored.encoded);
    if (!verdict.ok) return null;
    decoded = { stored: name, index: verdict.index };
  }
  return { index: decoded.index, checkedAt: stored.checkedAt };
}

function identity({ address, encoded }: StoredIndex): string {
  return `${address} ${encoded.state}`;
}
