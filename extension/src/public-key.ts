/** The public key of a server as a person types or pastes it: 32 bytes in base64 (RFC 4648), as `clauselight key` prints. */

const KEY_BYTES = 32;

/** The key in its one spelling, or null when it is none. Spaces and line ends around it do not matter. */
export function parsePublicKey(text: string): string | null {
  const typed = text.trim();
  if (!/^[A-Za-z0-9+/]{43}=?$/.test(typed)) return null;
  try {
    const bytes = atob(typed);
    // Written again: the last character before the padding has bits that mean nothing.
    return bytes.length === KEY_BYTES ? btoa(bytes) : null;
  } catch {
    return null;
  }
}
