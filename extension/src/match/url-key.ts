/**
 * A 63-bit key without bigint: its top 31 bits and its low 32 bits as two whole numbers.
 *
 * BLAKE2s (RFC 7693) with 8 bytes, big-endian, without the last bit: the server's `url_key`.
 */

import { blake2s } from "@noble/hashes/blake2.js";

export interface UrlKey {
  /** Bits 62 to 32, below 2^31. */
  readonly hi: number;
  /** Bits 31 to 0, below 2^32. */
  readonly lo: number;
}

export const KEY_BITS = 63;
const utf8 = new TextEncoder();

/** The key of a canonical text. */
export function urlKey(text: string): UrlKey {
  const digest = blake2s(utf8.encode(text), { dkLen: 8 });
  const view = new DataView(digest.buffer, digest.byteOffset, 8);
  const top = view.getUint32(0);
  return { hi: top >>> 1, lo: (((top & 1) << 31) | (view.getUint32(4) >>> 1)) >>> 0 };
}

/** The key as 16 hexadecimal digits. */
export function keyHex({ hi, lo }: UrlKey): string {
  return hi.toString(16).padStart(8, "0") + lo.toString(16).padStart(8, "0");
}

/** The top `bits` (at most 52) of a key as one number. */
export function topBits({ hi, lo }: UrlKey, bits: number): number {
  if (bits <= 31) return hi >>> (31 - bits);
  return hi * 2 ** (bits - 31) + Math.floor(lo / 2 ** (KEY_BITS - bits));
}

/** The top `bits` (at most 52) in lower-case hex with ceil(bits / 4) digits; "0" for 0 bits. */
export function bucketPrefix(key: UrlKey, bits: number): string {
  if (bits === 0) return "0";
  return topBits(key, bits).toString(16).padStart(Math.ceil(bits / 4), "0");
}
