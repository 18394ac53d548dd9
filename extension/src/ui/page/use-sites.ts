/** The sites that the user has allowed, as they change. */
import { useEffect, useState } from "preact/hooks";
import { ALL_SITES, grantedSites, onSitesChanged } from "../../platform/permissions";

export interface Sites {
  /** Match patterns of single sites, without the ones that every installation has. */
  readonly single: readonly string[];
  readonly all: boolean;
}

/** Part of the manifest, not a choice of the user. */
const OWN_COMPUTER = "http://127.0.0.1/*";

/** Browsers name access to everything in several ways. */
const EVERYTHING: readonly string[] = ["<all_urls>", "*://*/*", ...ALL_SITES];

export function sortSites(granted: readonly string[]): Sites {
  const all = granted.some((pattern) => pattern === "<all_urls>" || pattern === "*://*/*" || pattern === "https://*/*");
  const single = granted.filter((pattern) => pattern !== OWN_COMPUTER && !EVERYTHING.includes(pattern)).sort();
  return { single, all };
}

/** null until the browser has answered. */
export function useSites(): Sites | null {
  const [sites, setSites] = useState<Sites | null>(null);
  useEffect(() => {
    const read = (): void => void grantedSites().then((granted) => setSites(sortSites(granted)));
    read();
    onSitesChanged(read);
  }, []);
  return sites;
}

/** A match pattern as people write a site. */
export function siteName(pattern: string): string {
  return pattern.replace(/^(\*|https?):\/\//, "").replace(/\/\*$/, "");
}
