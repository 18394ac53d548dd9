/**
 * Buckets on this computer, so that known pages work without the server and an unchanged bucket is not sent again.
 * Bounded in number and size; the one not used for longest goes first.
 */
import { judgeBucket } from "../contract/validate";
import type { Bucket } from "../contract/types";
import { local } from "../platform/storage";
import { MAX_CACHE_BYTES, MAX_CACHED_BUCKETS } from "./limits";

const LEDGER_KEY = "buckets";
const bucketKey = (prefix: string): string => `bucket:${prefix}`;

interface Entry {
  readonly source: string;
  readonly etag: string | null;
  readonly bytes: number;
  /** Milliseconds since 1970: until then the server is not asked about it again. */
  readonly askAgainAt: number;
  /** Milliseconds since 1970. */
  readonly usedAt: number;
}

type Ledger = Readonly<Record<string, Entry>>;

export interface CachedBucket {
  readonly bucket: Bucket;
  readonly etag: string | null;
  /** Whether the server need not be asked about it yet. */
  readonly fresh: boolean;
}

/** A bucket as it came. `askAgainAt`: milliseconds since 1970. */
export interface FetchedBucket {
  readonly bucket: Bucket;
  readonly etag: string | null;
  readonly bytes: number;
  readonly askAgainAt: number;
}

/** Changes of the ledger run one after the other, or one would write over another's. */
let queue: Promise<unknown> = Promise.resolve();

function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const turn = queue.then(work);
  queue = turn.catch(() => undefined);
  return turn;
}

async function readLedger(): Promise<Ledger> {
  const value = await local.get(LEDGER_KEY);
  return typeof value === "object" && value !== null ? (value as Ledger) : {};
}

/** What is held of a bucket of this source; null when there is nothing usable. */
export function cachedBucket(source: string, prefix: string, now = Date.now()): Promise<CachedBucket | null> {
  return inTurn(async () => {
    const ledger = await readLedger();
    const entry = ledger[prefix];
    if (entry?.source !== source) return null;
    const verdict = judgeBucket(await local.get(bucketKey(prefix)));
    if (!verdict.ok) return null;
    await local.set({ [LEDGER_KEY]: { ...ledger, [prefix]: { ...entry, usedAt: now } } });
    return { bucket: verdict.value, etag: entry.etag, fresh: now < entry.askAgainAt };
  });
}

export function keepBucket(
  source: string,
  { bucket, etag, bytes, askAgainAt }: FetchedBucket,
  now = Date.now(),
): Promise<void> {
  return inTurn(async () => {
    const { [bucket.prefix]: _replaced, ...others } = await readLedger();
    const { kept, dropped } = makeRoom(others, bytes);
    await local.remove(dropped.map(bucketKey));
    if (bytes > MAX_CACHE_BYTES) {
      await local.remove([bucketKey(bucket.prefix)]);
      await local.set({ [LEDGER_KEY]: kept });
      return;
    }
    const entry: Entry = { source, etag, bytes, askAgainAt, usedAt: now };
    await local.set({ [bucketKey(bucket.prefix)]: bucket, [LEDGER_KEY]: { ...kept, [bucket.prefix]: entry } });
  });
}

/** The server said that what is held has not changed. */
export function confirmBucket(prefix: string, askAgainAt: number): Promise<void> {
  return changeEntries((name, entry) => (name === prefix ? { ...entry, askAgainAt } : entry));
}

/** The user wants to know what is new: every bucket is asked for again when a page needs it. */
export function expireBuckets(): Promise<void> {
  return changeEntries((_name, entry) => ({ ...entry, askAgainAt: 0 }));
}

function changeEntries(change: (name: string, entry: Entry) => Entry): Promise<void> {
  return inTurn(async () => {
    const entries = Object.entries(await readLedger());
    await local.set({ [LEDGER_KEY]: Object.fromEntries(entries.map(([name, entry]) => [name, change(name, entry)])) });
  });
}

export function forgetBuckets(): Promise<void> {
  return inTurn(async () => {
    const ledger = await readLedger();
    await local.remove([LEDGER_KEY, ...Object.keys(ledger).map(bucketKey)]);
  });
}

/** Which entries stay when one of `bytes` comes, the most recently used first. */
export function makeRoom(ledger: Ledger, bytes: number): { kept: Ledger; dropped: string[] } {
  const kept: Record<string, Entry> = {};
  const dropped: string[] = [];
  let total = Math.min(bytes, MAX_CACHE_BYTES);
  let count = 1;
  for (const [prefix, entry] of Object.entries(ledger).sort(([, a], [, b]) => b.usedAt - a.usedAt)) {
    if (count < MAX_CACHED_BUCKETS && total + entry.bytes <= MAX_CACHE_BYTES) {
      kept[prefix] = entry;
      total += entry.bytes;
      count += 1;
    } else {
      dropped.push(prefix);
    }
  }
  return { kept, dropped };
}
