/**
 * The registrable domain of a host, by the Public Suffix List (https://publicsuffix.org, MPL-2.0).
 *
 * Some 160 kB of rules: for the background worker only, never for a content script.
 */

import list from "../../../server/clauselight/domain/data/public_suffixes.json";

let icann: ReadonlySet<string> | undefined;
let all: ReadonlySet<string> | undefined;

/**
 * The domain that one owner registered, or null: for a public suffix itself, a single label and an
 * IP address. `host` is ASCII, lower case, without port and final dot. Without `withPrivate` the
 * suffixes under which companies give subdomains to strangers (`github.io`) do not count.
 */
export function registrableDomain(host: string, withPrivate = true): string | null {
  if (host === "" || host.startsWith("[")) return null;
  const labels = host.split(".");
  if (labels.length < 2 || labels.includes("") || /^[0-9]+$/.test(labels.at(-1) ?? "")) return null;
  icann ??= new Set(list.icann.split("\n"));
  all ??= new Set([...icann, ...list.private.split("\n")]);
  const rules = withPrivate ? all : icann;
  let suffix = 1;
  for (let start = 0; start < labels.length; start++) {
    const candidate = labels.slice(start).join(".");
    if (rules.has(`!${candidate}`)) {
      suffix = labels.length - start - 1;
      break;
    }
    if (rules.has(candidate) || rules.has(`*.${labels.slice(start + 1).join(".")}`)) {
      suffix = labels.length - start;
      break;
    }
  }
  return suffix >= labels.length ? null : labels.slice(-suffix - 1).join(".");
}
