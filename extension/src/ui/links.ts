/**
 * Links from records come from a server, so they are judged again before they are shown: https, or a letter to one
 * plain e-mail address. Anything else is shown as text.
 */

/** Letters longer than this are offered for copying: some mail programs cut longer mailto addresses (about 2,000). */
export const MAX_MAILTO = 1_900;

const EMAIL = /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$/;
const LOOPBACK = new Set(["127.0.0.1", "[::1]", "localhost"]);

/** The address when it may be linked, else null. */
export function httpsLink(address: string | null | undefined): string | null {
  if (!address) return null;
  try {
    const url = new URL(address);
    return url.protocol === "https:" && !url.username && !url.password ? url.href : null;
  } catch {
    return null;
  }
}

export function emailAddress(address: string | null | undefined): string | null {
  return address && address.length <= 254 && EMAIL.test(address) ? address : null;
}

/** A mailto link with the whole letter; null when the address is none, or the letter too long for a link. */
export function mailtoLink(address: string | null | undefined, subject = "", body = ""): string | null {
  const to = emailAddress(address);
  if (!to) return null;
  const fields = [
    subject ? `subject=${encodeURIComponent(subject.replace(/[\r\n]+/g, " "))}` : "",
    body ? `body=${encodeURIComponent(body.replace(/\r?\n/g, "\r\n"))}` : "",
  ].filter(Boolean);
  const link = `mailto:${encodeURIComponent(to).replace("%40", "@")}${fields.length ? `?${fields.join("&")}` : ""}`;
  return link.length <= MAX_MAILTO ? link : null;
}

/** A record's permalink: https, or a path on the user's own server (which may be plain http on this computer). */
export function permalinkOf(permalink: string, serverAddress: string | null): string | null {
  const absolute = httpsLink(permalink);
  if (absolute) return absolute;
  if (!serverAddress || !/^\/[^/\\]/.test(permalink)) return null;
  try {
    const server = new URL(serverAddress);
    const url = new URL(permalink, server);
    const allowed = url.protocol === "https:" || (url.protocol === "http:" && LOOPBACK.has(url.hostname));
    return allowed && url.origin === server.origin ? url.href : null;
  } catch {
    return null;
  }
}
