import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { IndexRefused, UrlIndex, type EncodedDelta, type EncodedIndex } from "./url-index";
import { bucketPrefix, topBits, urlKey, type UrlKey } from "./url-key";

interface WireIndex {
  name: string;
  count: number;
  hash_bits: number;
  rice_parameter: number;
  data: string;
}
interface WireDelta {
  name: string;
  old: string[];
  new: string[];
  hash_bits: number;
  old_count: number;
  old_checksum: number;
  new_count: number;
  new_checksum: number;
  removed_count: number;
  removed_rice_parameter: number;
  removed: string;
  added_count: number;
  added_rice_parameter: number;
  added: string;
}
interface Vectors {
  indexes: (WireIndex & { keys: string[]; values: string[] })[];
  deltas: WireDelta[];
  prefixes: { key: string; bits: number; prefix: string }[];
  refused: WireIndex[];
}

const file = new URL("../../../shared_schema/parity/url_index.json", import.meta.url);
const vectors = JSON.parse(readFileSync(file, "utf-8")) as Vectors;

const bytes = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, "base64"));
const key = (hex: string): UrlKey => ({
  hi: parseInt(hex.slice(0, 8), 16),
  lo: parseInt(hex.slice(8), 16),
});
const encoded = (wire: WireIndex): EncodedIndex => ({
  count: wire.count,
  hashBits: wire.hash_bits,
  riceParameter: wire.rice_parameter,
  bucketBits: 4,
  data: bytes(wire.data),
});
const encodedDelta = (wire: WireDelta): EncodedDelta => ({
  hashBits: wire.hash_bits,
  oldCount: wire.old_count,
  oldChecksum: wire.old_checksum,
  newCount: wire.new_count,
  newChecksum: wire.new_checksum,
  removedCount: wire.removed_count,
  removedRiceParameter: wire.removed_rice_parameter,
  removed: bytes(wire.removed),
  addedCount: wire.added_count,
  addedRiceParameter: wire.added_rice_parameter,
  added: bytes(wire.added),
});

/** An index of keys, written by hand: with as many remainder bits as values have, no coding is left. */
function indexOf(keys: string[], bits: number): UrlIndex {
  const values = [...new Set(keys.map((hex) => topBits(key(hex), bits)))].sort((a, b) => a - b);
  const gaps = values.map((value, i) => value - (values[i - 1] ?? -1) - 1);
  const whole = (text: string): string => text.padEnd(Math.ceil(text.length / 8) * 8, "0");
  const stream =
    whole("1".repeat(values.length)) +
    whole(gaps.map((gap) => gap.toString(2).padStart(bits, "0")).join(""));
  const data = Uint8Array.from(stream.match(/.{8}/g) ?? [], (byte) => parseInt(byte, 2));
  const { length: count } = values;
  return UrlIndex.decode({ count, hashBits: bits, riceParameter: bits, bucketBits: 4, data });
}

describe("the vectors that the server passes too", () => {
  it.each(vectors.indexes)("index: $name", (wire) => {
    const index = UrlIndex.decode(encoded(wire));
    expect(index.count).toBe(wire.count);
    for (const hex of wire.keys) expect(index.has(key(hex))).toBe(true);
    expect(index.encode()).toEqual(encoded(wire));
  });

  it.each(vectors.refused)("refuses: $name", (wire) => {
    expect(() => UrlIndex.decode(encoded(wire))).toThrow(IndexRefused);
  });

  it.each(vectors.deltas)("delta: $name", (wire) => {
    const next = indexOf(wire.old, wire.hash_bits).applyDelta(encodedDelta(wire));
    expect(next.encode()).toEqual(indexOf(wire.new, wire.hash_bits).encode());
    for (const hex of wire.new) expect(next.has(key(hex))).toBe(true);
    const gone = wire.old.filter((hex) => !wire.new.includes(hex));
    for (const hex of gone) expect(next.has(key(hex))).toBe(false);
  });

  it("bucket prefixes", () => {
    for (const { key: hex, bits, prefix } of vectors.prefixes) {
      expect(bucketPrefix(key(hex), bits)).toBe(prefix);
    }
  });
});

describe("UrlIndex", () => {
  const churn = vectors.deltas.find((wire) => wire.name === "churn")!;

  it("knows nothing when empty", () => {
    expect(UrlIndex.empty().has(urlKey("example.com"))).toBe(false);
    expect(UrlIndex.decode(UrlIndex.empty().encode()).count).toBe(0);
  });

  it("refuses a delta for another state and stays usable", () => {
    const other = indexOf(churn.new, churn.hash_bits);
    expect(() => other.applyDelta(encodedDelta(churn))).toThrow(IndexRefused);
    for (const hex of churn.new) expect(other.has(key(hex))).toBe(true);
  });

  it("refuses a delta that was tampered with", () => {
    const old = indexOf(churn.old, churn.hash_bits);
    const good = encodedDelta(churn);
    const flipped = Uint8Array.from(good.added);
    flipped[flipped.length - 2]! ^= 0x10;
    const tampered: EncodedDelta[] = [
      { ...good, added: flipped },
      { ...good, added: good.added.slice(1) },
      { ...good, removed: new Uint8Array(0) },
      { ...good, newCount: good.newCount + 1 },
      { ...good, newChecksum: good.newChecksum ^ 1 },
      { ...good, removedCount: 1e9 },
      { ...good, hashBits: 39 },
    ];
    for (const delta of tampered) expect(() => old.applyDelta(delta)).toThrow(IndexRefused);
  });

  it("survives random bytes", () => {
    let seed = 7;
    const random = (): number => (seed = (seed * 48271) % 2147483647);
    for (let round = 0; round < 500; round++) {
      const data = Uint8Array.from({ length: random() % 64 }, () => random() & 255);
      const wire = { hashBits: 40, riceParameter: random() % 30, bucketBits: 0 };
      try {
        UrlIndex.decode({ ...wire, count: random() % 40, data });
      } catch (error) {
        expect(error).toBeInstanceOf(IndexRefused);
      }
    }
  });
});
