/** The public index of known page keys, decoded once and asked for every page. */

import { checksum, IndexRefused, MAX_HASH_BITS, pack, unpack } from "./rice";
import { bucketPrefix, topBits, type UrlKey } from "./url-key";

export { IndexRefused } from "./rice";

export interface EncodedIndex {
  readonly count: number;
  readonly hashBits: number;
  readonly riceParameter: number;
  readonly bucketBits: number;
  readonly data: Uint8Array;
}

/** From one state of the index to the next; fields as in the server's `EncodedDelta`. */
export interface EncodedDelta {
  readonly hashBits: number;
  readonly oldCount: number;
  readonly oldChecksum: number;
  readonly newCount: number;
  readonly newChecksum: number;
  readonly removedCount: number;
  readonly removedRiceParameter: number;
  readonly removed: Uint8Array;
  readonly addedCount: number;
  readonly addedRiceParameter: number;
  readonly added: Uint8Array;
}

export class UrlIndex {
  private constructor(
    private readonly values: Float64Array,
    readonly hashBits: number,
    readonly bucketBits: number,
  ) {}

  /** An index of nothing. */
  static empty(hashBits = 40, bucketBits = 0): UrlIndex {
    return new UrlIndex(new Float64Array(0), hashBits, bucketBits);
  }

  /** Throws `IndexRefused` for anything that is not exactly an index. */
  static decode(index: EncodedIndex): UrlIndex {
    const { count, hashBits, bucketBits, riceParameter, data } = index;
    if (!isWhole(hashBits, 8, MAX_HASH_BITS) || !isWhole(bucketBits, 0, MAX_HASH_BITS)) {
      throw new IndexRefused("The index has an impossible number of hash bits.");
    }
    return new UrlIndex(unpack(data, count, riceParameter, 2 ** hashBits), hashBits, bucketBits);
  }

  get count(): number {
    return this.values.length;
  }

  /** Whether a document may have this key; wrong for one key in 2^hashBits / count. */
  has(key: UrlKey): boolean {
    const wanted = topBits(key, this.hashBits);
    const { values } = this;
    let low = 0;
    let high = values.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (values[middle]! < wanted) low = middle + 1;
      else high = middle;
    }
    return low < values.length && values[low] === wanted;
  }

  /** The name of the bucket that holds a key's documents. */
  bucketPrefix(key: UrlKey): string {
    return bucketPrefix(key, this.bucketBits);
  }

  /** For keeping in storage: the same bytes that the server makes of these values. */
  encode(): EncodedIndex {
    const { hashBits, bucketBits } = this;
    return { count: this.count, hashBits, bucketBits, ...pack(this.values) };
  }

  /**
   * The index after a delta; this one stays as it is. Throws `IndexRefused` when the delta was
   * made for another state, or does not lead where it says.
   */
  applyDelta(delta: EncodedDelta, bucketBits = this.bucketBits): UrlIndex {
    const old = this.values;
    const known =
      delta.hashBits === this.hashBits &&
      delta.oldCount === old.length &&
      delta.oldChecksum === checksum(old);
    if (!known) throw new IndexRefused("The delta was made for another state of the index.");
    const removed = unpack(
      delta.removed,
      delta.removedCount,
      delta.removedRiceParameter,
      Math.max(1, old.length),
    );
    const limit = 2 ** this.hashBits;
    const added = unpack(delta.added, delta.addedCount, delta.addedRiceParameter, limit);
    if (removed.length > old.length || !isWhole(bucketBits, 0, MAX_HASH_BITS)) {
      throw new IndexRefused("The delta has an impossible size.");
    }
    const values = merge(old, removed, added);
    if (values.length !== delta.newCount || checksum(values) !== delta.newChecksum) {
      throw new IndexRefused("The delta does not lead to the state that it names.");
    }
    return new UrlIndex(values, this.hashBits, bucketBits);
  }
}

/** `old` without the positions `removed`, with the values `added`; all three sorted. */
function merge(old: Float64Array, removed: Float64Array, added: Float64Array): Float64Array {
  const values = new Float64Array(old.length - removed.length + added.length);
  let out = 0;
  let skip = 0;
  let take = 0;
  for (let i = 0; i < old.length; i++) {
    if (i === removed[skip]) {
      skip++;
      continue;
    }
    const value = old[i]!;
    while (take < added.length && added[take]! < value) values[out++] = added[take++]!;
    if (added[take] === value) {
      throw new IndexRefused("The delta does not lead to the state that it names.");
    }
    values[out++] = value;
  }
  while (take < added.length) values[out++] = added[take++]!;
  return values;
}

function isWhole(number: number, least: number, most: number): boolean {
  return Number.isInteger(number) && number >= least && number <= most;
}
