/**
 * Sorted whole numbers as Rice-coded gaps in two streams; the format is described in the server's
 * `domain/url_index.py`. Bytes come from a server: nothing in them is believed unchecked.
 */

/** Bytes that are no index, or a delta for another list. */
export class IndexRefused extends Error {
  constructor(sentence: string) {
    super(sentence);
    this.name = "IndexRefused";
  }
}

export const MAX_HASH_BITS = 52;
const MAX_COUNT = 20_000_000; // as on the server: 160 MB of memory

/** The sorted values, all below `limit`. Throws `IndexRefused`. */
export function unpack(data: Uint8Array, count: number, k: number, limit: number): Float64Array {
  const whole = Number.isInteger(count) && Number.isInteger(k);
  if (!whole || count < 0 || count > MAX_COUNT || k < 0 || k > MAX_HASH_BITS) {
    throw new IndexRefused("The index has an impossible size.");
  }
  const quotientBytes = data.length - Math.ceil((count * k) / 8);
  if (quotientBytes < Math.ceil(count / 8) || (count === 0 && data.length > 0)) {
    throw new IndexRefused("The index is cut short or too long.");
  }
  const values = new Float64Array(count);
  const remainders = new BitReader(data, quotientBytes);
  const step = 2 ** k;
  let value = -1;
  let found = 0;
  let zeros = 0;
  for (let i = 0; i < quotientBytes; i++) {
    let byte = data[i]!;
    if (byte === 0) {
      zeros += 8;
      continue;
    }
    let left = 8;
    while (byte !== 0) {
      const lead = Math.clz32(byte) - (32 - left); // zeros before the next one
      if (found === count) throw wrongCount();
      value += (zeros + lead) * step + remainders.take(k) + 1;
      if (value >= limit) throw new IndexRefused("The index holds a value that is too large.");
      values[found++] = value;
      left -= lead + 1;
      byte &= (1 << left) - 1;
      zeros = 0;
    }
    zeros = left;
  }
  if (found !== count || zeros >= 8) throw wrongCount();
  if (remainders.rest() !== 0) {
    throw new IndexRefused("The index has something behind its last value.");
  }
  return values;
}

function wrongCount(): IndexRefused {
  return new IndexRefused("The index does not hold the number of values that it names.");
}

class BitReader {
  #offset = 0; // bits of the current byte already taken

  constructor(
    private readonly data: Uint8Array,
    private index: number,
  ) {}

  /** The next `bits` bits, at most 52, as a number. */
  take(bits: number): number {
    if (bits > 25) {
      const high = this.take(bits - 25);
      return high * 0x2000000 + this.take(25);
    }
    if (bits === 0) return 0;
    const { data, index } = this;
    const word =
      (data[index]! << 24) |
      ((data[index + 1] ?? 0) << 16) |
      ((data[index + 2] ?? 0) << 8) |
      (data[index + 3] ?? 0);
    const result = (word << this.#offset) >>> (32 - bits);
    const next = this.#offset + bits;
    this.index = index + (next >>> 3);
    this.#offset = next & 7;
    return result;
  }

  /** What stands in the last byte behind the last value taken. */
  rest(): number {
    return this.#offset === 0 ? 0 : this.data[this.index]! & (0xff >>> this.#offset);
  }
}

/** Rice parameter and bytes for sorted, distinct values: the same bytes as the server's. */
export function pack(values: Float64Array): { riceParameter: number; data: Uint8Array } {
  const count = values.length;
  if (count === 0) return { riceParameter: 0, data: new Uint8Array(0) };
  const last = values[count - 1]!;
  const mean = Math.max(1, Math.floor((last + 1 - count) / count));
  const guess = Math.floor(Math.log2(mean));
  let k = 0;
  let quotientBits = Infinity;
  for (let candidate = Math.max(0, guess - 2); candidate < guess + 2; candidate++) {
    const bits = countQuotientBits(values, candidate);
    if (bits + count * candidate < quotientBits + count * k) [k, quotientBits] = [candidate, bits];
  }
  const quotientBytes = Math.ceil(quotientBits / 8);
  const data = new Uint8Array(quotientBytes + Math.ceil((count * k) / 8));
  const step = 2 ** k;
  let one = -1; // bit position of the last one in the quotient stream
  let bit = quotientBytes * 8;
  let before = -1;
  for (const value of values) {
    const gap = value - before - 1;
    before = value;
    const quotient = Math.floor(gap / step);
    one += quotient + 1;
    data[Math.floor(one / 8)]! |= 0x80 >> (one % 8);
    let rest = gap - quotient * step;
    for (let weight = step / 2; weight >= 1; weight /= 2, bit++) {
      if (rest < weight) continue;
      rest -= weight;
      data[Math.floor(bit / 8)]! |= 0x80 >> (bit % 8);
    }
  }
  return { riceParameter: k, data };
}

function countQuotientBits(values: Float64Array, k: number): number {
  const step = 2 ** k;
  let bits = values.length;
  let before = -1;
  for (const value of values) {
    bits += Math.floor((value - before - 1) / step);
    before = value;
  }
  return bits;
}

/** The sum of all values modulo 2^32: tells two states apart. */
export function checksum(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum = (sum + (value >>> 0)) >>> 0;
  return sum;
}
