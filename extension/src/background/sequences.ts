/**
 * The newest that was seen of a publisher: anything older under the same name is an old state played again. Kept as
 * long as the key is kept, also when the contents are forgotten; another key begins anew.
 */
import { local } from "../platform/storage";

const KEY = "sequences";

/** `bucket:<prefix>` for a bucket; the index and its deltas share one name. */
export type SequenceName = "index" | `bucket:${string}`;

/** More buckets than anybody opens; beyond it the ones noted first are forgotten. */
const MAX_NAMES = 5_000;

interface Seen {
  readonly publicKey: string;
  readonly newest: Readonly<Record<string, number>>;
}

let queue: Promise<unknown> = Promise.resolve();

/** Notes an answer's sequence; false when it is older than one that was accepted before. */
export function acceptSequence(publicKey: string, name: SequenceName, sequence: number): Promise<boolean> {
  const turn = queue.then(async () => {
    const newest = await read(publicKey);
    const before = Object.hasOwn(newest, name) ? (newest[name] ?? 0) : 0;
    if (sequence < before) return false;
    if (sequence === before) return true;
    const entries = Object.entries({ ...newest, [name]: sequence });
    const kept = entries.filter(([key], place) => key === "index" || place >= entries.length - MAX_NAMES);
    await local.set({ [KEY]: { publicKey, newest: Object.fromEntries(kept) } satisfies Seen });
    return true;
  });
  queue = turn.catch(() => undefined);
  return turn;
}

async function read(publicKey: string): Promise<Seen["newest"]> {
  const stored = (await local.get(KEY)) as Partial<Seen> | undefined;
  return stored?.publicKey === publicKey && typeof stored.newest === "object" ? stored.newest : {};
}
