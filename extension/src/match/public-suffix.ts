/**
 * The registrable domain of a host, by the Public Suffix List (https://publicsuffix.org, MPL-2.0).
 *
 * Some 160 kB of rules: for the background worker only, never for a content script.
 */

import list from "../../../server/clauselight/domain/data/public_suffixes.json";

interface Rules {
  readonly plain: ReadonlySet<string>;
  /** What follows the `*.` of a rule. */
  readonly wild: ReadonlySet<string>;
  /** What follows the `!` of an exception. */
  readonly not: ReadonlySet<string>;
}

let icann: Rules | undefined;
let all: Rules | undefined;

function parse(lines: readonly string[]): Rules {
  const marked = (mark: string): ReadonlySet<string> =>
    new Set(lines.filter((line) => line.startsWith(mark)).map((line) => line.slice(mark.length)));
  return { plain: new Set(lines), wild: marked("*."), not: marked("!") };
}

/**
 * The domain that one owner registered, or null: for a public suffix itself, a single label and an
 * IP address. `host` is ASCII, lower case, without port and final dot. Without `withPrivate` the
 * suffixes under which companies give subdomains to strangers (`github.io`) do not count.
 */
export function registrableDomain(host: string, withPrivate = true): string | null {
  if (host === "" || host.startsWith("[") || host.startsWith(".") || host.includes("..")) return null;
  if (!host.includes(".") || /\.(?:[0-9]+)?$/.test(host)) return null;
  icann ??= parse(list.icann.split("\n"));
  all ??= parse([...list.icann.split("\n"), ...list.private.split("\n")]);
  const { plain, wild, not } = withPrivate ? all : icann;
  // The longest matching rule wins: the first one found from the left. `before` starts one label
  // further left than `start`: where the registrable domain begins when `start` is the suffix.
  let before = -1;
  for (let start = 0; ; ) {
    const candidate = host.slice(start);
    if (not.has(candidate)) return candidate;
    const dot = host.indexOf(".", start);
    const last = dot < 0;
    if (last || plain.has(candidate) || wild.has(host.slice(dot + 1))) {
      return before < 0 ? null : host.slice(before);
    }
    before = start;
    start = dot + 1;
  }
}
