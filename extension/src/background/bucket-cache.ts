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
  readonly address: string;
  readonly etag: string | null;
  readonly bytes: number;
  /** Milliseconds since 1970. */
  readonly usedAt: number;
}

type Ledger = Readonly<Record<string, Entry>>;

export interface CachedBucket {
  readonly bucket: Bucket;
  readonly etag: string | null;
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

/** What is held of a bucket of this server; null when there is nothing usable. */
export function cachedBucket(address: string, prefix: string, now = Date.now()): Promise<CachedBucket | null> {
  return inTurn(async () => {
    const ledger = await readLedger();
    const entry = ledger[prefix];
    if (entry?.address !== address) return null;
    const verdict = judgeBucket(await local.get(bucketKey(prefix)));
    if (!verdict.ok) return null;
    await local.set({ [LEDGER_KEY]: { ...ledger, [prefix]: { ...entry, usedAt: now } } });
    return { bucket: verdict.value, etag: entry.etag };
  });
}

export function keepBucket(
  address: string,
  { bucket, etag, bytes }: CachedBucket & { readonly bytes: number },
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
    const entry: Entry = { address, etag, bytes, usedAt: now };
    await local.set({ [bucketKey(bucket.prefix)]: bucket, [LEDGER_KEY]: { ...kept, [bucket.prefix]: entry } });
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
