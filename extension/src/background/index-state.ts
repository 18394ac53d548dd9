/** From what a server publishes to an index that can be asked, and from one of its states to the next. */
import type { UrlIndex as EncodedUrlIndex, UrlIndexDelta } from "../contract/types";
import { CANONICALISATION_VERSION } from "../match/canonical-url";
import { IndexRefused, UrlIndex } from "../match/url-index";
import { sha256Hex } from "./digest";

/** An index and the name of its state, which the server is asked with for what changed since. */
export interface NamedIndex {
  readonly index: UrlIndex;
  readonly state: string;
}

export type DecodedIndex =
  | ({ readonly ok: true } & NamedIndex)
  | { readonly ok: false; readonly fault: "contract" | "shape"; readonly detail: string };

/** The fields of an index that its values are made of. */
export type IndexFields = Pick<
  EncodedUrlIndex,
  "canonicalisation" | "state" | "count" | "hash_bits" | "rice_parameter" | "bucket_bits" | "data"
>;

/** The index, ready to be asked; refuses one made with other canonical-URL rules. */
export function decodeIndex(fields: IndexFields): DecodedIndex {
  return guarded(fields.canonicalisation, () => {
    const { count, hash_bits: hashBits, rice_parameter: riceParameter, bucket_bits: bucketBits } = fields;
    const data = bytesOf(fields.data);
    return { index: UrlIndex.decode({ count, hashBits, riceParameter, bucketBits, data }), state: fields.state };
  });
}

/** The compact form, for keeping: the same bytes that the server published. */
export function encodeIndex({ index, state }: NamedIndex): IndexFields {
  const { count, hashBits, riceParameter, bucketBits, data } = index.encode();
  return {
    canonicalisation: CANONICALISATION_VERSION,
    state,
    count,
    hash_bits: hashBits,
    rice_parameter: riceParameter,
    bucket_bits: bucketBits,
    data: base64Of(data),
  };
}

/** The next state of an index; refuses a delta that was made for another one or does not lead to the state it names. */
export async function afterDelta(held: NamedIndex, delta: UrlIndexDelta): Promise<DecodedIndex> {
  const verdict = guarded(delta.canonicalisation, () => {
    if (delta.from_state !== held.state) throw new IndexRefused("The delta was made for another state of the index.");
    const index = held.index.applyDelta(
      {
        hashBits: delta.hash_bits,
        oldCount: delta.old_count,
        oldChecksum: delta.old_checksum,
        newCount: delta.new_count,
        newChecksum: delta.new_checksum,
        removedCount: delta.removed_count,
        removedRiceParameter: delta.removed_rice_parameter,
        removed: bytesOf(delta.removed),
        addedCount: delta.added_count,
        addedRiceParameter: delta.added_rice_parameter,
        added: bytesOf(delta.added),
      },
      delta.bucket_bits,
    );
    return { index, state: delta.to_state };
  });
  if (!verdict.ok) return verdict;
  const led = verdict.state === (await namedState(verdict.index));
  return led ? verdict : { ok: false, fault: "shape", detail: "The delta does not lead to the state that it names." };
}

/** The name of an index's state: made of its contents alone (the server's `publication/states.py`). */
export async function namedState(index: UrlIndex): Promise<string> {
  const { hashBits, riceParameter, bucketBits, data } = index.encode();
  const header = new TextEncoder().encode(`${CANONICALISATION_VERSION}/${hashBits}/${riceParameter}/${bucketBits}/`);
  const text = new Uint8Array(header.length + data.length);
  text.set(header);
  text.set(data, header.length);
  return (await sha256Hex(text)).slice(0, 16);
}

function guarded(canonicalisation: number, make: () => NamedIndex): DecodedIndex {
  if (canonicalisation !== CANONICALISATION_VERSION) {
    return { ok: false, fault: "contract", detail: `canonicalisation ${canonicalisation}` };
  }
  try {
    return { ok: true, ...make() };
  } catch (error) {
    if (error instanceof IndexRefused || error instanceof DOMException) {
      return { ok: false, fault: "shape", detail: error.message };
    }
    throw error;
  }
}

function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

/** Bytes put into one call at a time: engines bound the number of arguments. */
const CHUNK = 0x8000;

function base64Of(bytes: Uint8Array): string {
  let text = "";
  for (let start = 0; start < bytes.length; start += CHUNK) {
    text += String.fromCharCode(...bytes.subarray(start, start + CHUNK));
  }
  return btoa(text);
}
