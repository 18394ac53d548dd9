/**
 * Links from records come from a server, so they are judged again before they are shown: https, or a letter to one
 * plain e-mail address. Anything else is shown as text.
 */

import { httpsAddress } from "../actions/address";
import { mailLink, MAX_LINK } from "../actions/mail-link";

export { httpsAddress as httpsLink, mailAddress as emailAddress } from "../actions/address";

/** Letters longer than this are offered for copying. */
export const MAX_MAILTO = MAX_LINK;

const LOOPBACK = new Set(["127.0.0.1", "[::1]", "localhost"]);

/** A mailto link with the whole letter; null when the address is none, or the letter too long for a link. */
export function mailtoLink(address: string | null | undefined, subject = "", body = ""): string | null {
  const link = mailLink({ to: address, subject, body });
  return link.kind === "link" ? link.href : null;
}

/** A record's permalink: https, or a path on the user's own server (which may be plain http on this computer). */
export function permalinkOf(permalink: string, serverAddress: string | null): string | null {
  const absolute = httpsAddress(permalink);
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
