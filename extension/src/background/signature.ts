/**
 * Whether an answer was written by the publisher, under the name it was asked for. The rule is written down in the
 * server's `publication/signing.py`: the signature is the last member of the answer, and covers the exact bytes in
 * front of it behind a line that names what was asked for.
 */

/** What an answer was asked for as: never what it says of itself. */
export interface SignedName {
  readonly kind: "index" | "delta" | "bucket";
  /** State of the index, prefix of the bucket; empty for the index. */
  readonly name: string;
}

export type SignatureVerdict = "good" | "refused" | "unsupported";

const CONTEXT = "clauselight/1";
const MEMBER = ',"signature":"';
const SIGNATURE_LENGTH = 88;
const END = '"}';
const TAIL = MEMBER.length + SIGNATURE_LENGTH + END.length;

export async function checkSignature(
  publicKey: string,
  { kind, name }: SignedName,
  body: Uint8Array,
): Promise<SignatureVerdict> {
  const signature = signatureOf(body);
  const signed = body.subarray(0, body.length - TAIL);
  const line = new TextEncoder().encode(`${CONTEXT}/${kind}/${name}\n`);
  const message = new Uint8Array(line.length + signed.length);
  message.set(line);
  message.set(signed, line.length);
  try {
    const key = await crypto.subtle.importKey("raw", bytesOf(publicKey), "Ed25519", false, ["verify"]);
    return signature !== null && (await crypto.subtle.verify("Ed25519", key, signature, message)) ? "good" : "refused";
  } catch (error) {
    // So says a browser without Ed25519 (before Chromium 137 and Firefox 129); any other failure lies in the key.
    return error instanceof DOMException && error.name === "NotSupportedError" ? "unsupported" : "refused";
  }
}

function signatureOf(body: Uint8Array): Uint8Array<ArrayBuffer> | null {
  if (body.length <= TAIL) return null;
  const tail = String.fromCharCode(...body.subarray(body.length - TAIL));
  const text = tail.slice(MEMBER.length, -END.length);
  const wellFormed = tail.startsWith(MEMBER) && tail.endsWith(END) && /^[A-Za-z0-9+/]{86}==$/.test(text);
  // One spelling only: the last character before the padding has bits that mean nothing.
  return wellFormed && btoa(atob(text)) === text ? bytesOf(text) : null;
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}
