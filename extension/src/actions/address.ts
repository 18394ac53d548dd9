/**
 * Addresses that come from servers and imported data, judged again before anything is opened or written to: https
 * without a login in it, or one bare e-mail address. Everything else (`javascript:`, header fields) is no address.
 */

const MAX_EMAIL = 254;
const EMAIL = /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$/;

/** The address as the browser reads it, or null. */
export function httpsAddress(address: string | null | undefined): string | null {
  if (!address) return null;
  try {
    const url = new URL(address);
    return url.protocol === "https:" && !url.username && !url.password ? url.href : null;
  } catch {
    return null;
  }
}

/** One bare address, or null: no line breaks, no second recipient, no header fields, no display name. */
export function mailAddress(address: string | null | undefined): string | null {
  return address && address.length <= MAX_EMAIL && EMAIL.test(address) ? address : null;
}
