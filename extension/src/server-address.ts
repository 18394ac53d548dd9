/**
 * What may be the address of a server. Plain http only to the user's own computer, where nobody can listen in;
 * anywhere else the buckets that are asked for would be readable on the way.
 */

export type AddressFault = "empty" | "not-an-address" | "needs-https" | "not-web" | "has-login" | "has-query";

export type ParsedAddress =
  /** `address` is what is kept: the origin, and for a folder of a host the path to it, without a final slash. */
  | { readonly ok: true; readonly origin: string; readonly address: string; readonly loopback: boolean }
  | { readonly ok: false; readonly fault: AddressFault };

/** Names of the user's own computer (IPv6's cannot be named in a content security policy). */
const LOOPBACK_HOSTS: readonly string[] = ["127.0.0.1", "localhost"];

/** Reads what a person typed: the scheme may be left out, a final slash does not matter. */
export function parseServerAddress(text: string): ParsedAddress {
  const typed = text.trim();
  if (typed === "") return { ok: false, fault: "empty" };
  const url = parse(typed);
  if (url === null) return { ok: false, fault: "not-an-address" };
  if (url.protocol !== "http:" && url.protocol !== "https:") return { ok: false, fault: "not-web" };
  if (url.username !== "" || url.password !== "") return { ok: false, fault: "has-login" };
  if (url.search !== "" || url.hash !== "") return { ok: false, fault: "has-query" };
  const loopback = LOOPBACK_HOSTS.includes(url.hostname);
  if (url.protocol === "http:" && !loopback) return { ok: false, fault: "needs-https" };
  return { ok: true, origin: url.origin, address: url.origin + url.pathname.replace(/\/+$/, ""), loopback };
}

function parse(typed: string): URL | null {
  if (/\s/.test(typed)) return null;
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(typed)) return URL.canParse(typed) ? new URL(typed) : null;
  const guess = LOOPBACK_HOSTS.some((host) => new RegExp(`^${host.replaceAll(".", "\\.")}(:|/|$)`, "i").test(typed))
    ? `http://${typed}`
    : `https://${typed}`;
  return URL.canParse(guess) ? new URL(guess) : null;
}
