/**
 * Keeps the index of known addresses on this computer: fetched whole once, asked locally, and renewed once a day at a
 * random moment (so that the time of a request tells nothing about the user) by what changed since. It is kept when
 * the server does not answer, or answers something that may not be used.
 */
import type { Trouble } from "../page-state";
import { hasAlarm, setAlarm } from "../platform/alarms";
import type { RequestReason } from "../request-ledger";
import { local } from "../platform/storage";
import { dropIndex, keepIndex, keptIndex, type HeldIndex } from "./index-store";
import { afterDelta, decodeIndex, namedState, type DecodedIndex } from "./index-state";
import { fetchDelta, fetchIndex } from "./server";
import { currentSource, sourceName, type Source } from "./source";
import { trouble, verdictTrouble } from "./trouble";

export type { HeldIndex } from "./index-store";

const DUE_KEY = "index-due";
export const INDEX_ALARM = "index";

const MINUTE_MS = 60_000;
const MINUTES_PER_DAY = 24 * 60;
/** Spread of the daily request. */
const JITTER_MINUTES = 4 * 60;
/** After a failure: soon enough to be noticed the same day, late enough not to be a burden. */
const RETRY_MINUTES = 30;
/** As long as there is no index at all, nothing works: whoever starts the server after the browser should not wait. */
const FIRST_RETRY_MINUTES = 1;
/** A request that became due while the browser was closed is made at some moment of the first hour. */
const OVERDUE_MINUTES = 60;

export type Refreshed = { readonly ok: true; readonly held: HeldIndex } | { readonly ok: false; readonly trouble: Trouble };

let running: Promise<Refreshed> | null = null;

/** Minutes until the next request, after one that succeeded, failed, or failed with nothing held. `random`: 0 to 1. */
export function nextDelayMinutes(last: "succeeded" | "failed" | "nothing-held", random: number): number {
  if (last === "succeeded") return MINUTES_PER_DAY + JITTER_MINUTES * (random - 0.5);
  return (last === "failed" ? RETRY_MINUTES : FIRST_RETRY_MINUTES) * (1 + random);
}

/** Minutes until a request that is due at `dueAt`, when the browser starts at `now`. */
export function startDelayMinutes(dueAt: number, now: number, random: number): number {
  return Math.max((dueAt - now) / MINUTE_MS, FIRST_RETRY_MINUTES + random * OVERDUE_MINUTES);
}

/** The index of the chosen server that is held here; null when there is none (yet). */
export async function heldIndex(): Promise<HeldIndex | null> {
  return keptIndex(sourceName(await currentSource()));
}

/** The held index, or the server's when none is held. */
export async function ensureIndex(): Promise<Refreshed> {
  const held = await heldIndex();
  return held === null ? refreshIndex("first-list") : { ok: true, held };
}

/** Asks the server now; several callers share one request. */
export function refreshIndex(why: RequestReason): Promise<Refreshed> {
  running ??= refresh(why).finally(() => {
    running = null;
  });
  return running;
}

/**
 * On every start of the worker. The worker is started by browsing too, and by the start of the browser: nothing is
 * asked at that moment but the first list of all, or the moments of the requests would tell when the user does what.
 * (Some browsers forget alarms when they are closed.)
 */
export async function startIndexSync(now = Date.now()): Promise<void> {
  if (await hasAlarm(INDEX_ALARM)) return;
  const due = (await local.get(DUE_KEY)) as { source?: unknown; at?: unknown } | undefined;
  if (due?.source !== sourceName(await currentSource()) || typeof due.at !== "number") {
    await refreshIndex("first-list");
    return;
  }
  await setAlarm(INDEX_ALARM, startDelayMinutes(due.at, now, Math.random()));
}

export async function forgetIndex(): Promise<void> {
  await dropIndex();
}

async function refresh(why: RequestReason): Promise<Refreshed> {
  const source = await currentSource();
  const held = await keptIndex(sourceName(source));
  const result = await ask(source, held, why);
  const delay = nextDelayMinutes(result.ok ? "succeeded" : held === null ? "nothing-held" : "failed", Math.random());
  await local.set({ [DUE_KEY]: { source: sourceName(source), at: Date.now() + delay * MINUTE_MS } });
  await setAlarm(INDEX_ALARM, delay);
  return result;
}

/** What changed since the held state; the whole when nothing is held, or what changed is not to be had or of no use. */
async function ask(source: Source, held: HeldIndex | null, why: RequestReason): Promise<Refreshed> {
  if (held !== null) {
    const answer = await fetchDelta(source, held.state, { why });
    if (answer.kind === "fresh") {
      const verdict = await afterDelta(held, answer.value);
      if (verdict.ok) return keep(source, verdict);
    } else if (answer.kind === "trouble" && !mayAskWhole(answer)) {
      return { ok: false, trouble: answer.trouble };
    }
  }
  const answer = await fetchIndex(source, { why });
  if (answer.kind === "trouble") return { ok: false, trouble: answer.trouble };
  if (answer.kind === "unchanged") return { ok: false, trouble: trouble("server-error", "HTTP 304") };
  const verdict = decodeIndex(answer.value);
  if (!verdict.ok) return { ok: false, trouble: verdictTrouble(verdict) };
  // The name is sent back with the next request: one that is not made of the contents could be made for one reader.
  if (verdict.state !== (await namedState(verdict.index))) return { ok: false, trouble: trouble("server-garbage", "/state: const") };
  return keep(source, verdict);
}

/** A server that is down or refuses is not asked twice; a damaged, foreign or missing delta has a whole index beside it. */
function mayAskWhole({ trouble: { kind }, missing }: { readonly trouble: Trouble; readonly missing?: boolean }): boolean {
  return missing === true || ["server-garbage", "contract-mismatch", "signature-refused", "answer-replayed"].includes(kind);
}

/** Written only when it is good: a damaged answer never takes the place of an index that works. */
async function keep(source: Source, { index, state }: Extract<DecodedIndex, { ok: true }>): Promise<Refreshed> {
  const held: HeldIndex = { index, state, checkedAt: Date.now() };
  await keepIndex(sourceName(source), held);
  return { ok: true, held };
}
